/**
 * @generated SignedSource<<a320e3ccd989d6637ab471e17fae2633>>
 * @lightSyntaxTransform
 */

/* eslint-disable */

'use strict';

var node = (function(){
var v0 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Literal",
        "name": "first",
        "value": 1
      }
    ],
    "concreteType": "AttributeConnection",
    "kind": "LinkedField",
    "name": "attributes",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Attribute",
        "kind": "LinkedField",
        "name": "nodes",
        "plural": true,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "id",
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "storageKey": "attributes(first:1)"
  }
];
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "relayAreaQuery",
    "selections": (v0/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "relayAreaQuery",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "cacheID": "bc0ca075af1f9fcabd6b7e112adb38c1",
    "id": null,
    "metadata": {},
    "name": "relayAreaQuery",
    "operationKind": "query",
    "text": "query relayAreaQuery {\n  attributes(first: 1) {\n    nodes {\n      id\n    }\n  }\n}\n"
  }
};
})();

node.hash = "cf5a2cd6e6aacd5e3e00bde8d26370ab";

export default node;
