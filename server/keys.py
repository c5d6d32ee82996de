"""The keys that access tokens are signed and checked with."""

import contextlib
import hmac
import json
import os
import pathlib
import uuid
from collections.abc import Iterator
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from auth import token
from auth.token import FixedKeys, Issuer, Keys, Verifier
from server import key_set
from server.key_set import FetchedKeys, NoKeySet
from server.settings import Settings, SettingsError


def verifier(settings: Settings) -> Verifier:
    """What checks access tokens. Raises SettingsError where there is no key to check with."""
    return Verifier(*issuers(settings))


def issuers(settings: Settings) -> list[Issuer]:
    """Whose tokens are trusted. Raises SettingsError where there is no key to check with."""
    return list(_issuers(settings))


def _issuers(settings: Settings) -> Iterator[Issuer]:
    published = _published(settings)
    if published is not None:
        yield Issuer(
            name=settings.issuer,
            audience=settings.audience,
            keys=published,
            types=_types(settings),
        )
    key = signing(settings)
    if key is not None:
        yield Issuer(
            name=own_issuer(settings),
            audience=settings.audience,
            keys=FixedKeys(public(key)),
            is_own=True,
        )


def own_issuer(settings: Settings) -> str:
    """The issuer of the product's own tokens. Raises SettingsError where that is somebody else."""
    name = settings.public_url or settings.issuer
    if _is_elsewhere(settings) and name == settings.issuer:
        message = "COACHING_SIGNING_KEY needs COACHING_PUBLIC_URL, another than COACHING_ISSUER."
        raise SettingsError(message)
    return name


def signing(settings: Settings) -> ECKey | None:
    """The private key of the product's own tokens; None where all tokens come from elsewhere.

    Made on first use. Raises SettingsError for a file that is no key.
    """
    if settings.signing_key is not None:
        return _stored(settings.signing_key, "COACHING_SIGNING_KEY")
    return None if settings.development_key is None else development(settings)


def development(settings: Settings) -> ECKey:
    """The private key for `coaching token`, made on first use, readable by its owner only.

    Raises SettingsError where tokens come from elsewhere, or the file is no key.
    """
    if settings.development_key is None:
        message = (
            "There is no development key beside COACHING_JWKS_FILE, COACHING_JWKS_URL or"
            " COACHING_SIGNING_KEY."
        )
        raise SettingsError(message)
    return _stored(settings.development_key, "COACHING_DEVELOPMENT_KEY")


def public(key: ECKey) -> KeySet:
    """What everybody may know of a private key."""
    return KeySet.import_key_set(KeySet([key]).as_dict(private=False))


def derived(key: ECKey, purpose: str) -> str:
    """A secret that follows from a private key, another for each purpose."""
    private = str(key.as_dict(private=True)["d"])
    return hmac.digest(private.encode(), purpose.encode(), "sha256").hex()


def _is_elsewhere(settings: Settings) -> bool:
    return settings.jwks_file is not None or settings.jwks_url is not None


def _published(settings: Settings) -> Keys | None:
    if settings.jwks_url is not None:
        return FetchedKeys(settings.jwks_url, settings.issuer)
    if settings.jwks_file is not None:
        return FixedKeys(_read(settings.jwks_file))
    return None


def _read(path: pathlib.Path) -> KeySet:
    try:
        keys = key_set.parse(path.read_bytes())
    except OSError as error:
        message = f"COACHING_JWKS_FILE: {path} can't be read: {error.strerror}."
    except NoKeySet:
        message = f"COACHING_JWKS_FILE: {path} is not a JSON Web Key Set."
    else:
        if keys:
            return keys
        message = f"COACHING_JWKS_FILE: {path} has no keys of a known kind."
    raise SettingsError(message)


def _types(settings: Settings) -> frozenset[str]:
    names = {"at+jwt": {"at+jwt", "application/at+jwt"}, "jwt": {"jwt"}, "none": {""}}
    return frozenset[str]().union(*(names[name] for name in settings.token_types))


def _stored(path: pathlib.Path, setting: str) -> ECKey:
    try:
        return _signing_key(json.loads(_read_or_make(path)))
    except OSError as error:
        message = f"{setting}: {path} can't be read or made: {error.strerror}."
    except (ValueError, TypeError, KeyError, JoseError):
        message = f"{setting}: {path} is not a private key made by this product."
    raise SettingsError(message)


def _signing_key(stored: Any) -> ECKey:
    """The key in a file. Raises ValueError for one that can't sign what `token.issue` makes."""
    key = ECKey.import_key(stored)
    if not key.is_private or key.curve_name != token.CURVE:
        raise ValueError
    key.ensure_kid()
    return key


def _read_or_make(path: pathlib.Path) -> bytes:
    """The file's content; of several processes that start at once, one makes the file.

    A file of another name is written whole and then linked, so nobody reads half a key.
    """
    if not path.exists():
        made = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
        opened = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(opened, "w") as file:
                json.dump(token.new_key().as_dict(private=True), file)
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(made)
        finally:
            made.unlink()
    return path.read_bytes()
