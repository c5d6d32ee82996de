"""Several issuers at once: a provider, whose users have subjects, and the product itself."""

import datetime as dt
import json
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from joserfc.jwk import KeySet, RSAKey

import models
from auth import token
from auth.token import FixedKeys, InvalidToken, Issuer, Verifier
from models import Role
from models.errors import Refusal
from resolvers import account
from server import keys, settings
from server.settings import Settings, SettingsError
from tests import partners, tokens
from tests import world as worlds
from tests.asking import NAME
from tests.world import AUDIENCE, EVERYWHERE, ISSUER, World

OURS = "https://coaching.example"
PROVIDER = RSAKey.generate_key(2048, auto_kid=True)
OWN = token.new_key()
HEADER = {"alg": "RS256", "kid": PROVIDER.kid}


def fixed(key: Any) -> FixedKeys:
    return FixedKeys(KeySet.import_key_set(KeySet([key]).as_dict(private=False)))


VERIFIER = Verifier(
    Issuer(name=ISSUER, audience=AUDIENCE, keys=fixed(PROVIDER)),
    Issuer(name=OURS, audience=AUDIENCE, keys=fixed(OWN), is_own=True),
)


def theirs(without: str = "", **claims: Any) -> str:
    """A token of the provider's."""
    return tokens.signed(HEADER, {"sub": "auth0|ann", **claims}, key=PROVIDER, without=without)


def ours(without: str = "", **claims: Any) -> str:
    """A token of the product's own."""
    own = {"iss": OURS, **claims}
    return tokens.signed({"kid": OWN.kid}, own, key=OWN, without=without)


def assert_invalid(text: str) -> None:
    with pytest.raises(InvalidToken):
        VERIFIER.check_now(text)


@pytest.mark.parametrize("name", ["client_id", "jti"])
def test_a_provider_may_leave_out_what_we_do_not(name: str):
    assert VERIFIER.check_now(theirs(name)).subject == "auth0|ann"
    assert_invalid(ours(name))


@pytest.mark.parametrize("name", ["sub", "exp", "iat", "iss", "aud"])
def test_no_issuer_may_leave_out_the_rest(name: str):
    assert_invalid(theirs(name))
    assert_invalid(ours(name))


def test_a_subject_is_a_users_id_only_where_we_have_given_it():
    user_id = str(uuid.uuid4())
    found = VERIFIER.check_now(theirs(sub=user_id))
    assert (found.user_id, found.subject) == (None, user_id)
    assert VERIFIER.check_now(ours(sub=user_id)).user_id == uuid.UUID(user_id)


def test_scopes_of_a_provider_say_nothing_here():
    assert VERIFIER.check_now(theirs(scope="openid profile")).scopes is None
    assert VERIFIER.check_now(theirs(scope=["openid"])).scopes is None
    assert VERIFIER.check_now(ours(scope="a b")).scopes == frozenset({"a", "b"})
    assert VERIFIER.check_now(ours(scope="")).scopes == frozenset()
    assert VERIFIER.check_now(ours()).scopes is None
    assert_invalid(ours(scope=["a"]))


@pytest.mark.parametrize("sub", ["", "x" * 256, "a\x00b", "a\nb", "\x7f", 5, None, ["a"], True])
def test_what_no_user_can_be_named_is_no_subject(sub: Any):
    assert_invalid(theirs(sub=sub))
    assert_invalid(theirs(jti=sub) if sub is not None else theirs(sub=sub))


def test_no_issuer_speaks_for_another():
    assert_invalid(tokens.signed({"kid": OWN.kid}, {"iss": ISSUER}, key=OWN))
    assert_invalid(tokens.signed(HEADER, {"iss": OURS}, key=PROVIDER))
    assert_invalid(tokens.signed({**HEADER, "kid": OWN.kid}, {"iss": OURS}, key=PROVIDER))
    others: list[Any] = ["", "x", None, 5, [ISSUER], {}]
    for issuer in others:
        assert_invalid(theirs(iss=issuer))


# --- In the application ---


@pytest.fixture
async def provided(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """The application with a provider beside it."""
    jwks = tmp_path / "jwks.json"
    jwks.write_text(json.dumps(KeySet([PROVIDER]).as_dict(private=False)))
    chosen: dict[str, Any] = {
        "jwks_file": jwks,
        "development_key": None,
        "signing_key": tmp_path / "signing.json",
        "public_url": OURS,
    }
    async with worlds.world(database_url, tmp_path, **chosen) as made:
        yield made


async def asked(world: World, text: str) -> httpx2.Response:
    headers = {"authorization": f"Bearer {text}"}
    return await world.http.post("/graphql", json={"query": NAME}, headers=headers)


async def called(world: World, subject: str) -> models.User:
    user = await world.user(Role.QA, *EVERYWHERE)
    return await account.set_subject(world.database, user.email, subject)


async def test_a_provider_names_users_by_their_subjects(provided: World):
    ann, bob = await called(provided, "auth0|ann"), await called(provided, "auth0|bob")
    for user in (ann, bob):
        answer = await asked(provided, theirs("jti", sub=str(user.subject)))
        assert answer.json()["data"]["viewer"]["name"] == user.name
    for subject in ("auth0|eve", "AUTH0|ann", str(ann.id), "ann", " auth0|ann"):
        assert (await asked(provided, theirs(sub=subject))).status_code == 401


async def test_partners_have_tokens_of_our_own_beside_a_provider(provided: World):
    partner = await partners.register(provided)
    assert (await asked(provided, await partner.token())).status_code == 200
    metadata = (await provided.http.get("/.well-known/oauth-authorization-server")).json()
    assert metadata["issuer"] == OURS
    assert metadata["token_endpoint"] == f"{OURS}/oauth/token"


async def test_a_subject_is_one_users_only(world: World):
    ann, bob = await called(world, "ann"), await world.user(Role.QA, *EVERYWHERE)
    with pytest.raises(Refusal, match="another user"):
        await account.set_subject(world.database, bob.email, "ann")
    assert (await account.set_subject(world.database, ann.email, "ann")).id == ann.id
    with pytest.raises(Refusal, match="There is no user"):
        await account.set_subject(world.database, "nobody@example.com", "eve")
    for subject in ("", "x" * 256, "a\nb"):
        with pytest.raises(Refusal, match="A subject has"):
            await account.set_subject(world.database, bob.email, subject)


async def test_a_token_of_nobody_in_particular_finds_nobody(provided: World):
    """Users without a subject are many; none of them is found by its absence."""
    await provided.user(Role.QA, *EVERYWHERE)
    assert (await asked(provided, theirs(sub="None"))).status_code == 401


# --- Settings ---


def read(**given: str) -> Settings:
    return settings.read({f"COACHING_{name.upper()}": value for name, value in given.items()})


def refusal(**given: str) -> str:
    with pytest.raises(SettingsError) as raised:
        keys.issuers(read(**given))
    return str(raised.value)


@pytest.fixture
def jwks(tmp_path: Path) -> str:
    file = tmp_path / "jwks.json"
    file.write_text(json.dumps(KeySet([PROVIDER]).as_dict(private=False)))
    return str(file)


def test_beside_a_provider_our_own_tokens_need_a_key_and_an_address(jwks: str, tmp_path: Path):
    signing = str(tmp_path / "signing.json")
    assert [each.is_own for each in keys.issuers(read(jwks_file=jwks))] == [False]
    both = read(jwks_file=jwks, signing_key=signing, issuer=ISSUER, public_url=OURS)
    assert [each.name for each in keys.issuers(both)] == [ISSUER, OURS]
    for url in ({}, {"public_url": ISSUER}):
        message = refusal(jwks_file=jwks, signing_key=signing, issuer=ISSUER, **url)
        assert message.startswith("COACHING_SIGNING_KEY needs COACHING_PUBLIC_URL")


def test_the_signing_key_takes_the_place_of_the_development_key(tmp_path: Path):
    chosen = read(signing_key=str(tmp_path / "signing.json"))
    assert [each.is_own for each in keys.issuers(chosen)] == [True]
    with pytest.raises(SettingsError, match="no development key"):
        keys.development(chosen)
    (tmp_path / "signing.json").write_text("x")
    with pytest.raises(SettingsError, match=r"^COACHING_SIGNING_KEY: .+ is not a private key"):
        keys.signing(chosen)


@pytest.mark.parametrize(
    ("given", "types"),
    [
        ({}, {"at+jwt", "application/at+jwt"}),
        ({"token_types": "JWT"}, {"jwt"}),
        ({"token_types": "at+jwt, jwt,none"}, {"at+jwt", "application/at+jwt", "jwt", ""}),
    ],
)
def test_a_provider_may_be_let_off_the_type(jwks: str, given: dict[str, str], types: set[str]):
    (issuer,) = keys.issuers(read(jwks_file=jwks, issuer=ISSUER, audience=AUDIENCE, **given))
    assert issuer.types == types
    for typ in ("at+jwt", "JWT", "id+jwt", None):
        text = tokens.signed({**HEADER, "typ": typ}, {"sub": "ann"}, key=PROVIDER,
                             without="" if typ else "typ")  # fmt: skip
        if (typ or "").lower() in types:
            assert Verifier(issuer).check_now(text).subject == "ann"
        else:
            with pytest.raises(InvalidToken):
                Verifier(issuer).check_now(text)


def test_our_own_tokens_always_have_their_type():
    for header, without in (({"typ": "JWT"}, ""), ({}, "typ")):
        claims = {"iss": OURS, "sub": str(uuid.uuid4())}
        assert_invalid(tokens.signed({"kid": OWN.kid, **header}, claims, key=OWN, without=without))


@pytest.mark.parametrize("name", ["jwks_url", "public_url"])
@pytest.mark.parametrize(
    "text",
    ["", "x", "http://login.example.com", "ftp://login.example.com", "https://", "https://a#b"],
)
def test_an_address_is_one_that_nobody_on_the_way_answers_for(name: str, text: str):
    assert "it must be an address that begins with https://" in refusal(**{name: text})


def test_the_public_address_has_no_path():
    for text in ("https://a.example/coaching", "https://a.example?x=1"):
        assert "without a path" in refusal(public_url=text)
    assert read(public_url="https://a.example/").public_url == "https://a.example"
    assert read(public_url="http://localhost:8001").public_url == "http://localhost:8001"


def test_a_provider_has_a_file_or_an_address(jwks: str):
    message = refusal(jwks_file=jwks, jwks_url="https://login.example.com/keys")
    assert message == "COACHING_JWKS_FILE and COACHING_JWKS_URL can't both be set."
    chosen = read(jwks_url="https://login.example.com/keys")
    assert chosen.development_key is None
    assert [each.is_own for each in keys.issuers(chosen)] == [False]


def test_a_token_type_is_one_of_three():
    for text in ("id+jwt", "", "jwt,"):
        assert "at+jwt, jwt or none" in refusal(token_types=text)


def test_an_issued_token_says_what_it_was_told_to():
    now, user_id = dt.datetime.now(dt.UTC), uuid.uuid4()
    text = token.issue(
        OWN,
        issuer=OURS,
        audience=AUDIENCE,
        user_id=user_id,
        now=now,
        lifetime=dt.timedelta(minutes=5),
        client_id="coaching-browser",
        jti="1",
        scope="a",
    )
    found = VERIFIER.check_now(text)
    assert (found.user_id, found.client_id, found.jti) == (user_id, "coaching-browser", "1")
    assert (found.scopes, found.issuer) == (frozenset({"a"}), OURS)
    assert found.expires == int((now + dt.timedelta(minutes=5)).timestamp())
