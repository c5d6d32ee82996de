"""Tokens for tests: good ones, and ones with something wrong."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import uuid
from typing import Any

from joserfc import jwt

from auth import token
from tests.world import AUDIENCE, ISSUER

NOW = dt.datetime.now(dt.UTC)
SECONDS = int(NOW.timestamp())
DAY = 24 * 3600  # far enough away for a suite that runs on for long after NOW
KEY = token.new_key()
USER = uuid.uuid4()
HEADER = {"alg": "ES256", "typ": "at+jwt", "kid": KEY.kid}
CLAIMS = {
    "iss": ISSUER,
    "aud": AUDIENCE,
    "sub": str(USER),
    "client_id": "tests",
    "iat": SECONDS - 10,
    "exp": SECONDS + DAY,
    "jti": "1",
}


def signed(
    header: dict[str, Any] | None = None,
    claims: dict[str, Any] | None = None,
    *,
    key: Any = KEY,
    without: str = "",
) -> str:
    """A good token but for these members of its header and claims, and without that one."""
    head = {k: v for k, v in {**HEADER, **(header or {})}.items() if k != without}
    body = {k: v for k, v in {**CLAIMS, **(claims or {})}.items() if k != without}
    return jwt.encode(head, body, key, algorithms=[head["alg"]], default_type=None)


def encoded(part: Any) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def with_header(header: Any) -> str:
    """A good token whose header was changed after it was signed."""
    _, claims, signature = signed().split(".")
    return f"{encoded(header)}.{claims}.{signature}"


def unsigned(alg: str = "none", signature: str = "", **claims: Any) -> str:
    """A token that names no algorithm, and has no signature."""
    return f"{encoded({**HEADER, 'alg': alg})}.{encoded({**CLAIMS, **claims})}.{signature}"


def public_parts(key: Any) -> list[bytes]:
    """What everybody knows of a key, in all the ways in which it could be taken for a secret."""
    whole = json.dumps(key.as_dict(private=False)).encode()
    return [key.as_pem(private=False), key.as_der(private=False), b"", whole]


def authenticated(alg: str, key: Any, secret: bytes, **claims: Any) -> str:
    """A token with an HMAC by a secret, which names a key of another kind."""
    header = encoded({**HEADER, "alg": alg, "kid": key.kid})
    start = f"{header}.{encoded({**CLAIMS, **claims})}"
    digest = hashlib.sha256 if alg == "HS256" else hashlib.sha512
    return f"{start}.{encoded(hmac.digest(secret, start.encode(), digest))}"
