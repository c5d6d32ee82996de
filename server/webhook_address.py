"""Where webhooks may be sent: to public addresses only, unless their host is allowed by name.

Whoever registers a URL must not be able to have this machine ask what is only reachable from
within: services on private addresses, or a cloud's metadata. A name is looked up once for each
connection, and the connection goes to an address of that answer, each of which was checked. So it
does not matter how an address is spelled, or what the name says to whom asks again.
"""

import asyncio
import ipaddress
import socket
import urllib.parse
from collections.abc import Awaitable, Callable, Iterable, Sequence

import httpcore2

from models.text import has_control_characters
from models.webhook import URL_LENGTH

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host and port, as text. Raises OSError where there are none."""

EVERY_HOST = "*"

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that a network's gateway turns into the IPv4 address at their end (RFC 6052)."""


class Forbidden(Exception):
    """A URL to which nothing may be sent; the message is a sentence."""


def is_public(text: str) -> bool:
    """Whether an address is one of the public internet, for one host."""
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif address in _TRANSLATED:
            address = ipaddress.IPv4Address(address.packed[-4:])
        elif address.sixtofour is not None or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


async def resolve(host: str, port: int) -> Sequence[str]:
    """The system's answer."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # such as an empty label
        raise OSError(host) from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Guard(httpcore2.AsyncNetworkBackend):
    """Opens connections to allowed addresses only.

    `private` are hosts, in lower case, that may be anywhere and need no TLS; `EVERY_HOST` among
    them is all.
    """

    def __init__(self, private: frozenset[str], resolve: Resolve = resolve) -> None:
        self._private = private
        self._resolve = resolve
        self._network = httpcore2.AnyIOBackend()

    async def check(self, url: str) -> None:
        """Raise Forbidden for a URL that is none, or leads where nothing may be sent."""
        host, port = self._parts(url)
        try:
            await self._addresses(host, port)
        except OSError:
            message = f"There is no address for {host}."
            raise Forbidden(message) from None

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - as the library has it
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to the first address of a host that answers. Raises Forbidden."""
        try:
            async with asyncio.timeout(timeout):
                return await self._connect(host, port, local_address, socket_options)
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout from error

    async def _connect(
        self,
        host: str,
        port: int,
        local_address: str | None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None,
    ) -> httpcore2.AsyncNetworkStream:
        failed = httpcore2.ConnectError("there is no address")
        try:
            addresses = await self._addresses(host, port)
        except OSError as error:
            raise failed from error
        for address in addresses:
            try:
                return await self._network.connect_tcp(
                    address, port, None, local_address, socket_options
                )
            except httpcore2.ConnectError as error:
                failed = error
        raise failed

    async def _addresses(self, host: str, port: int) -> Sequence[str]:
        addresses = await self._resolve(host, port)
        if not self._may_be_private(host) and not all(map(is_public, addresses)):
            message = f"{host} has an address that is not public."
            raise Forbidden(message)
        return addresses

    def _may_be_private(self, host: str) -> bool:
        return EVERY_HOST in self._private or host.lower() in self._private

    def _parts(self, url: str) -> tuple[str, int]:
        """Host and port of a URL of which the shape is right."""
        message = "A webhook's URL is https://HOST/PATH, in ASCII, without user or fragment."
        try:
            parts = urllib.parse.urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise Forbidden(message) from None
        plain = url.isascii() and " " not in url and not has_control_characters(url)
        if not host or not plain or "@" in parts.netloc or "#" in url or len(url) > URL_LENGTH:
            raise Forbidden(message)
        match parts.scheme:
            case "https":
                return host, port or 443
            case "http" if self._may_be_private(host):
                return host, port or 80
        raise Forbidden(message)
