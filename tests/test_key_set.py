"""Public keys of a provider: fetched from a real server, again and again, and never waited for."""

import asyncio
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, KeySet, OctKey, OKPKey, RSAKey

from auth import token
from auth.token import InvalidToken, Issuer, Verifier
from server import key_set
from server.key_set import REST_SECONDS, FetchedKeys, NoKeySet
from tests import jwks_server, tokens
from tests.jwks_server import CONFIGURATION, KEYS, Provider
from tests.world import AUDIENCE, ISSUER


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def provider() -> Iterator[Provider]:
    with jwks_server.provider() as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock()


def fetched(provider: Provider, clock: Clock, path: str = KEYS) -> FetchedKeys:
    return FetchedKeys(provider.url + path, ISSUER, clock=clock)


def checking(keys: FetchedKeys) -> Verifier:
    return Verifier(Issuer(name=ISSUER, audience=AUDIENCE, keys=keys))


def signed_by(key: Any, alg: str = "ES256", **claims: Any) -> str:
    return tokens.signed({"kid": key.kid, "alg": alg}, {"sub": "ann", **claims}, key=key)


def ids(keys: KeySet) -> set[str | None]:
    return {key.kid for key in keys}


# --- Rotation ---


async def test_a_new_key_is_known_by_the_first_token_that_names_it(
    provider: Provider, clock: Clock
):
    old, new = token.new_key(), token.new_key()
    verifier = checking(fetched(provider, clock))
    provider.publish(old)
    assert (await verifier.check(signed_by(old))).subject == "ann"
    provider.publish(old, new)
    clock.now += REST_SECONDS
    assert (await verifier.check(signed_by(new))).subject == "ann"
    provider.publish(new)
    clock.now += REST_SECONDS
    with pytest.raises(InvalidToken):
        await verifier.check(signed_by(token.new_key()))
    with pytest.raises(InvalidToken):
        await verifier.check(signed_by(old, jti="another"))
    assert (await verifier.check(signed_by(new, jti="another"))).subject == "ann"
    assert len(provider.asked) == 3


async def test_whatever_tokens_name_the_provider_is_asked_once_in_some_seconds(
    provider: Provider, clock: Clock
):
    key = token.new_key()
    provider.publish(key)
    verifier = checking(fetched(provider, clock))
    for clock.now, asked in ((0.0, 1), (REST_SECONDS - 0.1, 1), (REST_SECONDS, 2)):
        unknown = [signed_by(token.new_key()) for _ in range(20)]
        found = await asyncio.gather(*map(verifier.check, unknown), return_exceptions=True)
        assert {type(each) for each in found} == {token.UnknownKey}
        assert len(provider.asked) == asked
    assert (await verifier.check(signed_by(key))).subject == "ann"


async def test_who_asks_meanwhile_waits_for_the_same_answer(provider: Provider, clock: Clock):
    key, provider.seconds = token.new_key(), 0.2
    provider.publish(key)
    verifier = checking(fetched(provider, clock))
    texts = [signed_by(key, jti=str(number)) for number in range(10)]
    assert len(await asyncio.gather(*map(verifier.check, texts))) == 10
    assert len(provider.asked) == 1


async def test_who_goes_away_meanwhile_takes_no_keys_from_others(provider: Provider, clock: Clock):
    key, provider.seconds = token.new_key(), 0.2
    provider.publish(key)
    verifier = checking(fetched(provider, clock))
    gone = asyncio.create_task(verifier.check(signed_by(key, jti="1")))
    stays = asyncio.create_task(verifier.check(signed_by(key, jti="2")))
    await asyncio.sleep(0.05)
    gone.cancel()
    assert (await stays).subject == "ann"
    assert gone.cancelled()


async def test_keys_are_fetched_at_the_start_and_then_by_themselves(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(key_set, "REFRESH_SECONDS", 0.05)
    monkeypatch.setattr(key_set, "REST_SECONDS", 0.0)
    old, new = token.new_key(), token.new_key()
    keys = FetchedKeys(provider.url + KEYS, ISSUER)
    provider.publish(old)
    async with keys.kept():
        assert ids(keys.known) == {old.kid}
        provider.publish(new)
        for _ in range(500):
            await asyncio.sleep(0.01)
            if ids(keys.known) == {new.kid}:
                break
        assert ids(keys.known) == {new.kid}
    asked = len(provider.asked)
    await asyncio.sleep(0.2)
    assert len(provider.asked) == asked


async def test_the_event_loop_goes_on_while_a_provider_is_slow(provider: Provider, clock: Clock):
    provider.publish(token.new_key())
    provider.seconds = 1.0
    waiting = asyncio.create_task(fetched(provider, clock).renew())
    await asyncio.sleep(0)
    longest, last = 0.0, time.perf_counter()
    while not waiting.done():
        await asyncio.sleep(0.01)
        longest, last = max(longest, time.perf_counter() - last), time.perf_counter()
    assert await waiting
    assert longest < 0.5


# --- What goes wrong ---


BROKEN: dict[str, dict[str, Any]] = {
    "an error": {"status": 500},
    "elsewhere": {"status": 302, "headers": {"location": "http://127.0.0.1:9/keys"}},
    "no JSON": {"bodies": {KEYS: b"<html>"}},
    "no set": {"bodies": {KEYS: b"[]"}},
    "no keys in it": {"bodies": {KEYS: b'{"keys": 5}'}},
    "nothing": {"bodies": {KEYS: b""}},
    "nested too deeply": {"bodies": {KEYS: b"[" * 100_000}},
    "too long": {"bodies": {KEYS: b" " * (key_set.MOST_BYTES + 1)}},
    "cut short": {"headers": {"content-length": "100000"}},
}


@pytest.mark.parametrize("broken", BROKEN)
async def test_a_fetch_that_fails_keeps_the_keys_that_are_known(
    provider: Provider, clock: Clock, broken: str
):
    key = token.new_key()
    provider.publish(key)
    keys = fetched(provider, clock)
    assert await keys.renew()
    for name, value in BROKEN[broken].items():
        setattr(provider, name, value)
    clock.now += REST_SECONDS
    assert await keys.renew()
    assert ids(keys.known) == {key.kid}


async def test_a_provider_that_is_not_there_breaks_nothing(clock: Clock):
    keys = FetchedKeys("http://127.0.0.1:9/keys", ISSUER, clock=clock)
    async with keys.kept():
        with pytest.raises(InvalidToken):
            await checking(keys).check(signed_by(token.new_key()))
    assert not keys.known


async def test_a_provider_that_says_nothing_is_given_up(
    provider: Provider, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(key_set, "PATIENCE", 0.1)
    provider.seconds = 1.0
    keys, begun = fetched(provider, clock), time.monotonic()
    assert await keys.renew()
    assert time.monotonic() - begun < 0.9
    assert not keys.known


async def test_an_empty_set_breaks_nothing(provider: Provider, clock: Clock):
    provider.publish()
    verifier = checking(fetched(provider, clock))
    key = token.new_key()
    with pytest.raises(InvalidToken):
        await verifier.check(signed_by(key))
    provider.publish(key)
    clock.now += REST_SECONDS
    assert (await verifier.check(signed_by(key))).subject == "ann"


# --- What is in a set ---


async def test_keys_that_signatures_can_not_be_checked_with_are_left_out(
    provider: Provider, clock: Clock
):
    good, secret = token.new_key(), OctKey.generate_key(256, auto_kid=True)
    with pytest.warns(SecurityWarning):
        weak: Any = RSAKey.generate_key(1024, auto_kid=True).as_dict(private=False)
    for_secrets: Any = ECKey.generate_key("P-256", auto_kid=True).as_dict(private=False)
    beside: tuple[Any, ...] = (
        secret.as_dict(private=True),
        weak,
        {**for_secrets, "use": "enc"},
        {"kty": "LATTICE", "kid": "later"},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        {"kty": "RSA"},
        {},
    )
    provider.publish(good, beside=beside)
    keys = fetched(provider, clock)
    assert await keys.renew()
    assert ids(keys.known) == {good.kid}
    with pytest.raises(InvalidToken):
        await checking(keys).check(signed_by(secret, "HS256"))


@pytest.mark.parametrize(
    ("key", "algorithms"),
    [
        (RSAKey.generate_key(2048, auto_kid=True), ["RS256", "RS512", "PS256", "PS384"]),
        (ECKey.generate_key("P-384", auto_kid=True), ["ES384"]),
        (OKPKey.generate_key("Ed25519", auto_kid=True), ["Ed25519", "EdDSA"]),
    ],
    ids=["RSA", "EC", "OKP"],
)
@pytest.mark.filterwarnings("ignore:EdDSA:Warning")
async def test_signatures_of_every_usual_kind_are_checked(
    provider: Provider, clock: Clock, key: Any, algorithms: list[str]
):
    provider.publish(key)
    verifier = checking(fetched(provider, clock))
    for alg in algorithms:
        assert (await verifier.check(signed_by(key, alg))).subject == "ann"


@pytest.mark.parametrize("content", ["5", "null", '{"keys": [5]}', '{"keys": {"a": 1}}', "{}"])
def test_what_is_no_set_is_told(content: str):
    with pytest.raises(NoKeySet):
        key_set.parse(content)


# --- Where a set is ---


@pytest.mark.parametrize(
    ("issuer", "host", "known"),
    [
        (ISSUER, "127.0.0.1", True),
        ("https://another.example", "127.0.0.1", False),
        (ISSUER, "keys.example", False),
    ],
)
async def test_the_openid_configuration_of_the_same_issuer_leads_to_its_keys(
    provider: Provider, clock: Clock, issuer: str, host: str, known: bool
):
    key = token.new_key()
    provider.publish(key)
    content = {"issuer": issuer, "jwks_uri": provider.url.replace("127.0.0.1", host) + KEYS}
    provider.bodies[CONFIGURATION] = json.dumps(content).encode()
    keys = fetched(provider, clock, CONFIGURATION)
    assert await keys.renew()
    assert ids(keys.known) == ({key.kid} if known else set())
