"""Bearer tokens: JWT access tokens of RFC 9068, checked against the keys of who issued them."""

import base64
import datetime as dt
import hashlib
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

import orjson
from authlib.oauth2.rfc9068.claims import JWTAccessTokenClaimsValidator
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import ECKey, KeySet

TYPES = frozenset({"at+jwt", "application/at+jwt"})
ALGORITHM = "ES256"
CURVE = "P-256"
DEVELOPMENT_CLIENT = "coaching-development"
DEVELOPMENT_LIFETIME = dt.timedelta(hours=12)

ALGORITHMS = (
    *("ES256", "ES384", "ES512"),
    *("RS256", "RS384", "RS512"),
    *("PS256", "PS384", "PS512"),
    *("EdDSA", "Ed25519"),
)
"""Signatures by a private key. `none` is none, and who can check an HMAC can make one."""

LEEWAY = 30
"""Seconds by which the clocks of an issuer and of this server may differ."""

SECONDS = 60
"""For how long a token that was found good is not checked again, unless it expires before."""

MOST = 10_000
"""Tokens that are remembered; the one that was used longest ago is forgotten first."""

LONGEST = 255
"""Characters of a subject, and of the other names in a token, at most."""


class InvalidToken(Exception):
    """The token does not prove anything."""


class UnknownKey(InvalidToken):
    """The token names a key that its issuer is not known to have: perhaps a new one."""

    def __init__(self, keys: "Keys") -> None:
        super().__init__()
        self.keys = keys


class Keys(Protocol):
    """Where the public keys of an issuer are."""

    @property
    def known(self) -> KeySet:
        """The keys as far as they are known."""

    async def renew(self) -> bool:
        """Find out again, unless that was just done; whether it was done. Raises nothing."""


@dataclass(frozen=True, slots=True)
class FixedKeys:
    """Keys that stay as they are."""

    known: KeySet

    async def renew(self) -> bool:
        """Nothing can be found out."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Somebody whose tokens are trusted.

    `is_own` is the product itself: its tokens name users by their ids, and may have scopes. Others
    name users as they like (`User.subject`), and have scopes of their own, which say nothing here.
    `types` are those that a token's header may name, in lower case; "" is for a header that names
    none.
    """

    name: str
    audience: str
    keys: Keys
    is_own: bool = False
    types: Collection[str] = TYPES


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Token:
    """What a good token says.

    Its user is the one with id `user_id`, where it is the product's own, or else the one with
    `subject`. `client_id` is who got it; `scopes` are what it is limited to, None where it isn't.
    It is good until `expires`, in seconds since 1970, unless it is revoked by its `jti`.
    """

    issuer: str
    subject: str
    user_id: uuid.UUID | None
    client_id: str | None
    jti: str | None
    scopes: frozenset[str] | None
    expires: float


class Verifier:
    """Checks signature, type, issuer, audience and times of access tokens.

    A token that was found good is remembered for seconds, by its hash: nothing that it says can
    change meanwhile. That it was revoked is for `auth.viewer.Callers` to find.
    """

    def __init__(self, *issuers: Issuer, clock: Callable[[], float] = time.time) -> None:
        self._issuers = {issuer.name: issuer for issuer in issuers}
        self._clock = clock
        self._good: OrderedDict[bytes, tuple[Token, float]] = OrderedDict()

    async def check(self, text: str) -> Token:
        """What a good token says; the same object for as long as it is remembered.

        Its issuer is asked for its keys where it names one that is not known. Raises InvalidToken
        for every token that isn't good.
        """
        try:
            return self.check_now(text)
        except UnknownKey as unknown:
            if not await unknown.keys.renew():
                raise
        return self.check_now(text)

    def check_now(self, text: str) -> Token:
        """The same by the keys that are known. Raises InvalidToken."""
        known, now = hashlib.sha256(text.encode(errors="surrogatepass")).digest(), self._clock()
        token, until = self._good.get(known, (None, 0.0))
        if token is None or now >= until:
            token = self._checked(text, int(now))
            self._good[known] = token, min(now + SECONDS, token.expires)
        self._good.move_to_end(known)
        while len(self._good) > MOST:
            self._good.popitem(last=False)
        return token

    def _checked(self, text: str, now: int) -> Token:
        issuer = None
        try:
            issuer = self._issuers[_claimed_issuer(text)]
            signed = jwt.decode(text, issuer.keys.known, algorithms=ALGORITHMS)
            if str(signed.header.get("typ", "")).lower() not in issuer.types:
                raise InvalidToken
            _rules(issuer, now).validate(signed.claims)
            return _told(issuer, signed.claims)
        except InvalidKeyIdError as error:
            assert issuer is not None  # noqa: S101 - its keys have been looked through
            raise UnknownKey(issuer.keys) from error
        except (JoseError, KeyError, OverflowError, TypeError, ValueError) as error:
            raise InvalidToken from error


def _claimed_issuer(text: str) -> Any:
    """Whom a token says that it is of: whose keys must have signed it. Proves nothing yet."""
    _, claims, _ = text.split(".")
    return orjson.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["iss"]


def _rules(issuer: Issuer, now: int) -> Any:
    wanted = {name: {"essential": True} for name in ("exp", "iat", "sub")}
    if issuer.is_own:
        wanted |= {"client_id": {"essential": True}, "jti": {"essential": True}}
    return JWTAccessTokenClaimsValidator(
        now=now,
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer.name},
        aud={"essential": True, "value": issuer.audience},
        **wanted,
    )


def _told(issuer: Issuer, claims: dict[str, Any]) -> Token:
    """Raises ValueError for what no user or token can be named."""
    subject = _word(claims["sub"])
    scope = claims.get("scope") if issuer.is_own else None
    if not isinstance(scope, str | None):
        raise ValueError  # noqa: TRY004 - as wrong as any other value
    return Token(
        issuer=issuer.name,
        subject=subject,
        user_id=uuid.UUID(subject) if issuer.is_own else None,
        client_id=_word_if_any(claims, "client_id"),
        jti=_word_if_any(claims, "jti"),
        scopes=None if scope is None else frozenset(scope.split()),
        expires=float(claims["exp"]),
    )


def _word_if_any(claims: dict[str, Any], name: str) -> str | None:
    return _word(claims[name]) if claims.get(name) is not None else None


def _word(value: Any) -> str:
    """Text that a database can be asked for. Raises ValueError for any other."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST or not value.isprintable():
        raise ValueError
    return value


def new_key() -> ECKey:
    """A new private key to sign tokens with."""
    parameters: Any = {"use": "sig", "alg": ALGORITHM}
    return ECKey.generate_key(CURVE, parameters, private=True, auto_kid=True)


def issue(
    key: ECKey,
    *,
    issuer: str,
    audience: str,
    user_id: uuid.UUID,
    now: dt.datetime,
    lifetime: dt.timedelta = DEVELOPMENT_LIFETIME,
    client_id: str = DEVELOPMENT_CLIENT,
    jti: str | None = None,
    scope: str | None = None,
) -> str:
    """An access token of the product's own for a user.

    `client_id` tells who gets it: a registered client's id is looked up whenever the token is
    used, any other name is only a name. `scope` limits it to the scopes that it names, with spaces
    between. By its `jti`, a random one unless given, it may be revoked (`resolvers.revocation`).
    """
    header = {"alg": ALGORITHM, "typ": "at+jwt", "kid": key.kid}
    claims = {
        "iss": issuer,
        "aud": audience,
        "sub": str(user_id),
        "client_id": client_id,
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
        "jti": jti or str(uuid.uuid4()),
    }
    if scope is not None:
        claims["scope"] = scope
    return jwt.encode(header, claims, key, algorithms=[ALGORITHM])
