"""Where webhooks may go: to no private address, however it is spelled; checked at both times."""

import datetime as dt
import ipaddress
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import httpcore2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from server.webhook_address import EVERY_HOST, Forbidden, Guard, is_public
from server.webhook_sending import HttpSender
from tests.webhooks import Receiver, Scene, ids
from tests.webhooks import scene as scenes
from tests.world import World

PUBLIC = "93.184.215.14"
NAME = "hooks.example"


@pytest.fixture
async def scene(world: World) -> AsyncIterator[Scene]:
    async with scenes(world) as made:
        yield made


def answering(*answers: Sequence[str]) -> Callable[[str, int], Awaitable[Sequence[str]]]:
    """A look-up that gives one answer after the other, and no more than these."""
    left = iter(answers)

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return next(left)

    return resolve


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "0",
        "0.0.0.0",  # noqa: S104 - nobody listens there
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fe80::1%25lo]",
        "[fc00::1]",
        "[fec0::1]",
        "[ff02::1]",
        "localhost",
        "LOCALHOST",
        "localhost.",
    ],
)
async def test_a_private_address_is_refused_in_every_spelling(host: str):
    with pytest.raises(Forbidden):
        await Guard(frozenset()).check(f"https://{host}/hook")
    with pytest.raises((Forbidden, httpcore2.ConnectError)):
        await Guard(frozenset()).connect_tcp(host.strip("[]"), 443, timeout=5)


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["::1", PUBLIC], ["169.254.169.254"]]
)
async def test_a_name_is_refused_of_which_any_address_is_private(addresses: list[str]):
    with pytest.raises(Forbidden, match=f"{NAME} has an address that is not public"):
        await Guard(frozenset(), answering(addresses)).check(f"https://{NAME}/hook")
    with pytest.raises(Forbidden):
        await Guard(frozenset(), answering(addresses)).connect_tcp(NAME, 443)


async def test_a_name_without_an_address_is_refused():
    async def nowhere(_host: str, _port: int) -> Sequence[str]:
        raise OSError

    with pytest.raises(Forbidden, match=f"There is no address for {NAME}"):
        await Guard(frozenset(), nowhere).check(f"https://{NAME}/")
    with pytest.raises(httpcore2.ConnectError):
        await Guard(frozenset(), nowhere).connect_tcp(NAME, 443)


async def test_a_label_that_no_name_may_have_is_a_name_without_an_address():
    with pytest.raises(Forbidden):
        await Guard(frozenset()).check("https://a..example/")


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
async def test_a_public_address_is_allowed_on_any_port(address: str):
    assert is_public(address)
    for port in ("", ":8443"):
        await Guard(frozenset(), answering([address])).check(f"https://{NAME}{port}/hook?a=b")


@pytest.mark.parametrize(
    "url",
    [
        f"http://{NAME}/",
        f"ftp://{NAME}/",
        "file:///etc/passwd",
        f"gopher://{NAME}/",
        f"//{NAME}/",
        NAME,
        "",
        "https://",
        "https:///hook",
        f"https://user:password@{NAME}/",
        f"https://user@{NAME}/",
        f"https://@{NAME}/",
        f"https://{NAME}/#part",
        f"https://{NAME}:99999/",
        f"https://{NAME}:port/",
        f"https://{NAME}/a b",
        f"https://{NAME}/\r\nHost: other.example",
        "https://höoks.example/",
        "https://[::1/",
        f"https://{NAME}/" + "a" * 2_000,
    ],
)
async def test_a_url_of_another_shape_is_refused_before_anything_is_looked_up(url: str):
    with pytest.raises(Forbidden, match="A webhook's URL is https://"):
        await Guard(frozenset(), answering()).check(url)


async def test_an_allowed_host_may_be_private_and_needs_no_tls_and_no_other_may():
    for url in (f"http://{NAME}/", f"https://{NAME}/", f"http://{NAME.upper()}:8080/"):
        await Guard(frozenset({NAME}), answering(["10.0.0.1"])).check(url)
    with pytest.raises(Forbidden):
        await Guard(frozenset({NAME}), answering(["10.0.0.1"])).check(f"https://other.{NAME}/")
    await Guard(frozenset({EVERY_HOST}), answering(["10.0.0.1"])).check("http://any.example/")


async def test_what_was_checked_is_what_is_connected_to_without_a_second_look_up():
    receiver = Receiver()
    with receiver.running():
        # There is one answer: a second look-up would fail.
        guard = Guard(frozenset({NAME}), answering(["127.0.0.1"]))
        stream = await guard.connect_tcp(NAME, receiver.port, timeout=5)
        assert stream.get_extra_info("server_addr")[:2] == ("127.0.0.1", receiver.port)
        await stream.aclose()
    rebound = Guard(frozenset(), answering([PUBLIC], ["127.0.0.1"]))
    await rebound.check(f"https://{NAME}/")
    with pytest.raises(Forbidden):
        await rebound.connect_tcp(NAME, 443)


async def test_the_next_address_is_tried_where_one_does_not_answer():
    receiver = Receiver()
    with receiver.running():
        guard = Guard(frozenset({NAME}), answering(["127.0.0.2", "127.0.0.1"]))
        stream = await guard.connect_tcp(NAME, receiver.port, timeout=5)
        assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
        await stream.aclose()


async def test_a_delivery_to_a_private_address_fails_and_nobody_is_asked(scene: Scene):
    receiver = Receiver()
    with receiver.running():
        await scene.register(f"https://localhost:{receiver.port}/hook")
        await scene.change(*ids(1))
        sender = HttpSender(Guard(frozenset()))
        await scene.deliver(scene.worker(sender))
        await sender.close()
        assert receiver.got == []
    (delivery,) = await scene.deliveries()
    assert delivery.error == "not allowed: localhost has an address that is not public."


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server of this name shows, and what trusts it alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    path = folder / "server.pem"
    path.write_bytes(
        pem
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cadata=pem.decode())


@pytest.mark.parametrize(("shown", "error"), [(NAME, None), ("other.example", "no connection: ")])
async def test_https_is_spoken_with_the_name_and_not_with_the_address(
    scene: Scene, tmp_path: Path, shown: str, error: str | None
):
    server, trusting = certificate(tmp_path, shown)
    asked: list[str | None] = []
    server.sni_callback = lambda _socket, name, _context: asked.append(name)
    receiver = Receiver()
    with receiver.running(server):
        await scene.register(f"https://{NAME}:{receiver.port}/hook")
        await scene.change(*ids(1))
        guard = Guard(frozenset({NAME}), answering(["127.0.0.1"]))
        sender = HttpSender(guard, trusting)
        await scene.deliver(scene.worker(sender))
        await sender.close()
    assert asked == [NAME]
    (delivery,) = await scene.deliveries()
    if error is None:
        assert delivery.state == "DELIVERED"
        assert receiver.got[0].headers["host"] == f"{NAME}:{receiver.port}"
    else:
        assert receiver.got == []
        assert (delivery.error or "").startswith(error)


def test_no_address_of_a_special_network_is_public():
    for network in ("0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "240.0.0.0/4"):
        first = ipaddress.ip_network(network)
        assert not is_public(str(first[0]))
        assert not is_public(str(first[-1]))
    assert not is_public("fe80::1%2")
