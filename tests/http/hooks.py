"""What Schemathesis checks besides its own: every answer is JSON that tells of no fault.

Loaded by Schemathesis, in an environment without the product.
"""

import json
import os
from typing import Any

import schemathesis

from tests import inside

CODES = frozenset(os.environ["COACHING_CODES"].split()) - {"INTERNAL"}


def answers_in_json_with_a_known_code(_context: Any, response: Any, _case: Any) -> None:
    """Below 500, of GraphQL's shape, with codes of the closed set, and nothing of the inside."""
    assert response.status_code < 500, response.status_code
    [media] = response.headers["content-type"]
    assert media.endswith("json; charset=utf-8"), media
    body = json.loads(response.content)
    assert body.keys() <= {"data", "errors", "extensions"}, body.keys()
    for error in body.get("errors", ()):
        assert error["extensions"]["code"] in CODES, error
        assert not inside.tells(error["message"]), error


schemathesis.check(answers_in_json_with_a_known_code)
