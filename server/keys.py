"""The keys that access tokens are signed and checked with."""

import contextlib
import json
import os
import pathlib
import uuid
from typing import Any

from joserfc.errors import JoseError, MissingKeyError
from joserfc.jwk import ECKey, KeySet

from auth import token
from auth.token import Verifier
from server.settings import Settings, SettingsError


def verifier(settings: Settings) -> Verifier:
    """What checks access tokens. Raises SettingsError where there is no key to check with."""
    return Verifier(issuer=settings.issuer, audience=settings.audience, keys=_public(settings))


def _public(settings: Settings) -> KeySet:
    path = settings.jwks_file
    if path is None:
        return KeySet.import_key_set(KeySet([development(settings)]).as_dict(private=False))
    try:
        return KeySet.import_key_set(json.loads(path.read_bytes()))
    except OSError as error:
        message = f"COACHING_JWKS_FILE: {path} can't be read: {error.strerror}."
    except MissingKeyError:
        message = f"COACHING_JWKS_FILE: {path} has no keys of a known kind."
    except (ValueError, TypeError, KeyError, JoseError):
        message = f"COACHING_JWKS_FILE: {path} is not a JSON Web Key Set."
    raise SettingsError(message)


def development(settings: Settings) -> ECKey:
    """The private key for `coaching token`, made on first use, readable by its owner only.

    Raises SettingsError where tokens come from elsewhere, or the file is no key.
    """
    path = settings.development_key
    if path is None:
        message = "There is no development key: tokens come from the issuer of COACHING_JWKS_FILE."
        raise SettingsError(message)
    try:
        return _signing_key(json.loads(_read_or_make(path)))
    except OSError as error:
        message = f"COACHING_DEVELOPMENT_KEY: {path} can't be read or made: {error.strerror}."
    except (ValueError, TypeError, KeyError, JoseError):
        message = f"COACHING_DEVELOPMENT_KEY: {path} is not a private key made by this product."
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
