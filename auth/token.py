"""Bearer tokens: JWT access tokens of RFC 9068, checked against a set of public keys."""

import datetime as dt
import uuid
from typing import Any

from authlib.oauth2.rfc6750.errors import InvalidTokenError
from authlib.oauth2.rfc9068 import JWTBearerTokenValidator
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

TYPES = frozenset({"at+jwt", "application/at+jwt"})
ALGORITHM = "ES256"
CURVE = "P-256"
DEVELOPMENT_CLIENT = "coaching-development"
DEVELOPMENT_LIFETIME = dt.timedelta(hours=12)


class InvalidToken(Exception):
    """The token does not prove anything."""


class Verifier(JWTBearerTokenValidator):  # type: ignore[misc]  # authlib has no types
    """Checks signature, type, issuer, audience and times of access tokens."""

    def __init__(self, *, issuer: str, audience: str, keys: KeySet) -> None:
        super().__init__(issuer, audience)
        self._keys = keys

    def get_jwks(self) -> KeySet:
        """The keys to check with, as authlib asks for them."""
        return self._keys

    def user_id(self, token: str) -> uuid.UUID:
        """The user that a valid token is about. Raises InvalidToken for every other token."""
        try:
            claims = self.authenticate_token(token)
            if str(claims.header.get("typ", "")).lower() not in TYPES:
                raise InvalidToken
            self.validate_token(claims, [], None)
            return uuid.UUID(str(claims["sub"]))
        except (InvalidTokenError, JoseError, TypeError, ValueError) as error:
            raise InvalidToken from error


def new_key() -> ECKey:
    """A new private key to sign tokens with."""
    parameters: Any = {"use": "sig", "alg": ALGORITHM}
    return ECKey.generate_key(CURVE, parameters, private=True, auto_kid=True)


def issue(key: ECKey, *, issuer: str, audience: str, user_id: uuid.UUID, now: dt.datetime) -> str:
    """An access token for a user, for development and tests; valid for twelve hours."""
    header = {"alg": ALGORITHM, "typ": "at+jwt", "kid": key.kid}
    claims = {
        "iss": issuer,
        "aud": audience,
        "sub": str(user_id),
        "client_id": DEVELOPMENT_CLIENT,
        "iat": int(now.timestamp()),
        "exp": int((now + DEVELOPMENT_LIFETIME).timestamp()),
        "jti": str(uuid.uuid4()),
    }
    return jwt.encode(header, claims, key, algorithms=[ALGORITHM])
