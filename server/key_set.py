"""The public keys of an issuer: read from a file, or fetched and kept up to date."""

import asyncio
import logging
import time
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx2
import orjson
from authlib.common.security import is_secure_transport
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import JWKRegistry, KeySet

log = logging.getLogger("coaching.server")

REFRESH_SECONDS = 300
"""How often keys are fetched without a reason."""

REST_SECONDS = 10
"""How soon keys may be fetched again, whatever tokens name."""

PATIENCE = 5
"""Seconds that one answer may take."""

MOST_BYTES = 1_000_000
"""Of an answer."""


class NoKeySet(Exception):
    """What was read is no set of keys."""


def parse(content: str | bytes) -> KeySet:
    """The keys in a JSON Web Key Set that signatures can be checked with; perhaps none.

    A key of another kind or use, a shared secret, and a key that is broken or too weak are left
    out: the others are as good as without it. Raises NoKeySet.
    """
    try:
        given = orjson.loads(content)["keys"]
        keys = [key for key in map(_key, given) if key is not None]
    except (ValueError, TypeError, KeyError) as error:
        raise NoKeySet from error
    return KeySet(keys)


def _key(given: Any) -> Any:
    if not isinstance(given, dict):
        raise TypeError
    if given.get("kty") not in ("EC", "RSA", "OKP") or given.get("use", "sig") != "sig":
        return None
    try:
        with warnings.catch_warnings(action="error", category=SecurityWarning):
            key = JWKRegistry.import_key(given)
        key.ensure_kid()
    except (ValueError, TypeError, KeyError, JoseError, SecurityWarning):
        return None
    return key


class FetchedKeys:
    """Keys that an issuer publishes at an address, or that its OpenID configuration leads to.

    What was fetched last stays for as long as nothing else can be had.
    """

    def __init__(
        self,
        url: str,
        issuer: str,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.known = KeySet([])
        self._url = url
        self._issuer = issuer
        self._clock = clock
        # Made once, and here: reading the certificates of authorities takes tens of milliseconds.
        self._ssl = httpx2.create_ssl_context()
        self._begun: float | None = None
        self._fetching: asyncio.Task[None] | None = None

    async def renew(self) -> bool:
        """Fetch the keys, unless that was begun less than some seconds ago and has ended.

        Whoever asks meanwhile waits for the same answer. Raises nothing: what goes wrong is logged.
        """
        if self._fetching is None:
            if self._begun is not None and self._clock() < self._begun + REST_SECONDS:
                return False
            self._begun = self._clock()
            self._fetching = asyncio.create_task(self._fetch())
            self._fetching.add_done_callback(self._done)
        await asyncio.shield(self._fetching)
        return True

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Fetch the keys now, and again every some minutes until this ends."""
        await self.renew()
        keeping = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            for task in (keeping, self._fetching):
                if task is not None:
                    task.cancel()
                    with suppress(asyncio.CancelledError):
                        await task

    def _done(self, _task: "asyncio.Task[None]") -> None:
        self._fetching = None

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(REFRESH_SECONDS if self.known else REST_SECONDS)
            await self.renew()

    async def _fetch(self) -> None:
        try:
            async with (
                asyncio.timeout(2 * PATIENCE),
                httpx2.AsyncClient(timeout=PATIENCE, verify=self._ssl) as client,
            ):
                keys = parse(await self._published(client))
        except (httpx2.HTTPError, httpx2.InvalidURL, NoKeySet, TimeoutError) as error:
            log.warning("no keys of %s from %s: %r", self._issuer, self._url, error)
            return
        if not keys:
            log.warning("no keys of %s from %s: the set is empty", self._issuer, self._url)
        self.known = keys

    async def _published(self, client: httpx2.AsyncClient) -> bytes:
        content = await get(client, self._url)
        try:
            found = orjson.loads(content)
        except ValueError as error:
            raise NoKeySet from error
        if isinstance(found, dict) and isinstance(found.get("jwks_uri"), str):
            if found.get("issuer") != self._issuer or not is_secure_transport(found["jwks_uri"]):
                raise NoKeySet(found)
            return await get(client, found["jwks_uri"])
        return content


async def get(client: httpx2.AsyncClient, url: str) -> bytes:
    """What an address answers. Raises NoKeySet for too much of it."""
    content = b""
    async with client.stream("GET", url, headers={"accept": "application/json"}) as response:
        response.raise_for_status()
        async for part in response.aiter_bytes():
            content += part
            if len(content) > MOST_BYTES:
                raise NoKeySet
    return content
