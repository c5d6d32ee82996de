/**
 * @generated SignedSource<<4193a3100f619d743e6325ed75f3c897>>
 * @lightSyntaxTransform
 */

/* eslint-disable */

'use strict';

var node = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "CoachingGroupChanged",
    "kind": "LinkedField",
    "name": "coachingGroupChanged",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "coachingGroupId",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "CoachingGroup",
        "kind": "LinkedField",
        "name": "coachingGroup",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "id",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "name",
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "relayChangedSubscription",
    "selections": (v0/*:: as any*/),
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "relayChangedSubscription",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "cacheID": "6bacab11f124ac53ed28477b689eeeca",
    "id": null,
    "metadata": {},
    "name": "relayChangedSubscription",
    "operationKind": "subscription",
    "text": "subscription relayChangedSubscription {\n  coachingGroupChanged {\n    coachingGroupId\n    coachingGroup {\n      id\n      name\n    }\n  }\n}\n"
  }
};
})();

node.hash = "cca696d0c4206df2156be9a4e6a3ae61";

export default node;
