"""Partners' machines that sign in by themselves: OAuth clients, and tokens taken back."""

import datetime as dt
import hashlib
import hmac
import secrets
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NAME_LENGTH, Base, Identified, InWorkspace, points_to

JTI_LENGTH = 255

SECRET_BYTES = 32
"""Random bytes of a secret."""

MOST_MINUTES = 60
"""How long a client's tokens may be good at most."""


def new_secret() -> str:
    """A secret for a client: 43 characters of the URL-safe alphabet."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest(secret: str) -> bytes:
    """What is stored of a secret: its SHA-256.

    A slow hash, which passwords need, would add nothing: a secret is 256 random bits of our own
    making, which nobody can try out, however fast the hash.
    """
    return hashlib.sha256(secret.encode(errors="surrogatepass")).digest()


class ScopeSet(sa.types.TypeDecorator[frozenset[str]]):
    """Names of scopes, stored as a sorted list."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        return None if value is None else sorted(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> frozenset[str] | None:
        return None if value is None else frozenset(value)


class Client(Identified, Base):
    """A machine that gets tokens for a user, never for more than its scopes.

    `secret` and `old_secret` are digests; the old one is good until `old_secret_until`. Tokens
    are good for `minutes`.
    """

    __tablename__ = "client"
    __table_args__ = (
        points_to("user", "user_id"),
        # Who asks for a token names the client alone.
        sa.UniqueConstraint("id"),
        sa.CheckConstraint(f"minutes BETWEEN 1 AND {MOST_MINUTES}", name="minutes"),
        sa.CheckConstraint(
            "(old_secret IS NULL) = (old_secret_until IS NULL)", name="old_secret_has_its_end"
        ),
    )

    user_id: Mapped[uuid.UUID]
    name: Mapped[str] = mapped_column(sa.String(NAME_LENGTH))
    scopes: Mapped[frozenset[str]] = mapped_column(ScopeSet)
    minutes: Mapped[int] = mapped_column(sa.SmallInteger)
    secret: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    old_secret: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))
    old_secret_until: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]

    def has_secret(self, secret: str, *, now: dt.datetime) -> bool:
        """Whether this is the client's secret, or its old one while that is good.

        Takes as long for a secret that is nearly right as for any other.
        """
        given = digest(secret)
        is_new = hmac.compare_digest(given, self.secret)
        is_old = hmac.compare_digest(given, self.old_secret or self.secret)
        return is_new or (
            is_old and self.old_secret_until is not None and now < self.old_secret_until
        )


class RevokedToken(InWorkspace, Base):
    """A token that is good no more although it has not expired; after `expires_at` of no use."""

    __tablename__ = "revoked_token"
    __table_args__ = (sa.Index(None, "workspace_id", "expires_at"),)

    jti: Mapped[str] = mapped_column(sa.String(JTI_LENGTH), primary_key=True)
    expires_at: Mapped[dt.datetime]
