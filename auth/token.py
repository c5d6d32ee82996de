"""Bearer tokens: JWT access tokens of RFC 9068, checked against a set of public keys."""

import datetime as dt
import hashlib
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
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

SECONDS = 60
"""For how long a token that was found good is not checked again, unless it expires before."""

MOST = 10_000
"""Tokens that are remembered; the one that was used longest ago is forgotten first."""


class InvalidToken(Exception):
    """The token does not prove anything."""


class Verifier(JWTBearerTokenValidator):  # type: ignore[misc]  # authlib has no types
    """Checks signature, type, issuer, audience and times of access tokens.

    A token that was found good is remembered for seconds, by its hash: nothing that it says can
    change meanwhile, and the keys stay the same as long as this lives.
    """

    def __init__(
        self,
        *,
        issuer: str,
        audience: str,
        keys: KeySet,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(issuer, audience)
        self._keys = keys
        self._clock = clock
        self._good: OrderedDict[bytes, tuple[uuid.UUID, float]] = OrderedDict()

    def get_jwks(self) -> KeySet:
        """The keys to check with, as authlib asks for them."""
        return self._keys

    def user_id(self, token: str) -> uuid.UUID:
        """The user that a valid token is about. Raises InvalidToken for every other token."""
        known, now = hashlib.sha256(token.encode(errors="surrogatepass")).digest(), self._clock()
        user_id, until = self._good.get(known, (None, 0.0))
        if user_id is None or now >= until:
            user_id, expires = self._checked(token)
            self._good[known] = user_id, min(now + SECONDS, expires)
        self._good.move_to_end(known)
        while len(self._good) > MOST:
            self._good.popitem(last=False)
        return user_id

    def _checked(self, token: str) -> tuple[uuid.UUID, float]:
        """The user, and when the token expires, in seconds since 1970."""
        try:
            claims = self.authenticate_token(token)
            if str(claims.header.get("typ", "")).lower() not in TYPES:
                raise InvalidToken
            self.validate_token(claims, [], None)
            return uuid.UUID(str(claims["sub"])), float(claims["exp"])
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
