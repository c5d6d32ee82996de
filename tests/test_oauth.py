"""Tokens for partners' machines: asked for, limited by scopes, taken back (OAuth 2.0)."""

import base64
import datetime as dt
import urllib.parse
import uuid
from typing import Any

import httpx2
import pytest
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata

import models
from auth.partner_scope import SCOPES
from auth.token import FixedKeys, Issuer, Verifier
from models import Role
from models.availability import Unavailable
from resolvers import client as clients
from server import oauth
from server.key_set import parse
from tests.client import Client
from tests.partners import EVERYWHERE, FORM, READING, assert_refused, register
from tests.world import AUDIENCE, ISSUER, World

ASSIGNMENTS = "{ assignments(first: 9) { edges { node { name } } } }"
PERMISSIONS = "{ viewer { permissions } }"


async def fetched(world: World, path: str) -> Any:
    answer = await world.http.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


async def post(world: World, content: bytes, **headers: str) -> httpx2.Response:
    """A raw form."""
    given = {"content-type": oauth.FORM, **{k.replace("_", "-"): v for k, v in headers.items()}}
    return await world.http.post(oauth.TOKEN, content=content, headers=given)


# --- Asking ---


async def test_a_client_gets_a_token_for_minutes(world: World):
    partner = await register(world, *EVERYWHERE, minutes=7)
    answer = await partner.ask_for_token()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert (answer.headers["cache-control"], answer.headers["pragma"]) == ("no-store", "no-cache")
    body = answer.json()
    assert body.keys() == {"token_type", "access_token", "expires_in", "scope"}
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 7 * 60)
    assert body["scope"] == " ".join(EVERYWHERE)

    content = (await world.http.get(oauth.KEYS)).content
    keys = FixedKeys(parse(content))
    told = Verifier(Issuer(name=ISSUER, audience=AUDIENCE, keys=keys, is_own=True)).check_now(
        body["access_token"]
    )
    assert (told.user_id, told.client_id) == (partner.row.user_id, str(partner.row.id))
    assert told.scopes == frozenset(EVERYWHERE)
    assert told.jti is not None
    left = told.expires - dt.datetime.now(dt.UTC).timestamp()
    assert 6 * 60 < left <= 7 * 60


async def test_a_secret_may_stand_in_the_form(world: World):
    partner = await register(world)
    client_id, secret = partner.credentials
    form = {**FORM, "client_id": client_id, "client_secret": secret}
    assert (await world.http.post(oauth.TOKEN, data=form)).status_code == 200
    assert_refused(
        await world.http.post(oauth.TOKEN, data={**form, "client_secret": "x"}),
        401,
        "invalid_client",
    )


async def test_who_is_not_known_and_whose_secret_is_wrong_are_told_the_same(world: World):
    partner = await register(world)
    client_id, secret = partner.credentials
    revoked = await register(world)
    await clients.revoke(world.database, revoked.row.id, now=dt.datetime.now(dt.UTC))
    disabled = await register(world)
    async with world.database.write() as session:
        user = await session.get(models.User, (disabled.row.workspace_id, disabled.row.user_id))
        assert user is not None
        user.disabled_at = dt.datetime.now(dt.UTC)
    answers = [
        await world.http.post(oauth.TOKEN, data=FORM, auth=auth)
        for auth in (
            (client_id, "x"),
            (client_id, secret + "x"),
            (client_id, secret[:-1]),
            (client_id, secret.swapcase()),
            (client_id, ""),
            (str(uuid.uuid4()), secret),
            ("x", secret),
            ("", ""),
            revoked.credentials,
            disabled.credentials,
        )
    ]
    answers += [
        await world.http.post(oauth.TOKEN, data={**FORM, **form})
        for form in ({}, {"client_id": client_id}, {"client_secret": secret})
    ]
    answers += [
        await post(world, b"grant_type=client_credentials", authorization=authorization)
        for authorization in (
            "Basic", "Basic ", "Basic x", "Basic /////", "Bearer x",
            "Basic " + base64.b64encode(b"\xff\xfe:\xff").decode(),
            "Basic " + base64.b64encode(client_id.encode()).decode(),
        )
    ]  # fmt: skip
    for answer in answers:
        assert_refused(answer, 401, "invalid_client")
        assert answer.headers["www-authenticate"] == 'Basic realm="coaching"'
    assert len({answer.text for answer in answers}) == 1


async def test_another_grant_is_not_supported(world: World):
    partner = await register(world)
    for grant in ("password", "authorization_code", 'x"é\n', "CLIENT_CREDENTIALS"):
        answer = await partner.ask_for_token(grant_type=grant)
        assert_refused(answer, 400, "unsupported_grant_type")


@pytest.mark.parametrize(
    "content",
    [b"\xff", b"grant_type=%ff", b"grant_type=a&grant_type=b", b"&".join([b"a=b"] * 30)],
)
async def test_a_form_that_makes_no_sense_is_refused(world: World, content: bytes):
    assert_refused(await post(world, content), 400, "invalid_request")


@pytest.mark.parametrize("odd", ["%00", "a%00b", "%F0%9F%98%80", "a%0Ab", "%22%5C", "x" * 5_000])
async def test_odd_values_are_only_wrong(world: World, odd: str):
    partner = await register(world)
    right = {
        "grant_type": FORM["grant_type"],
        "client_id": str(partner.row.id),
        "client_secret": partner.secret,
        "scope": READING[0],
    }
    for name in right:
        form = "&".join(f"{each}={odd if each == name else right[each]}" for each in right)
        assert (await post(world, form.encode())).status_code in {400, 401}
    answer = await partner.revoke(urllib.parse.unquote(odd))
    assert answer.status_code == 200


async def test_what_is_no_form_is_refused(world: World):
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain", ""):
        assert_refused(await post(world, b"{}", content_type=kind), 400, "invalid_request")
    long = b"grant_type=" + b"a" * oauth.MOST_BYTES
    assert_refused(await post(world, long), 413, "invalid_request")
    assert (await world.http.get(oauth.TOKEN)).status_code == 405


# --- Scopes ---


async def test_a_token_may_be_asked_for_with_fewer_scopes(world: World):
    partner = await register(world, *EVERYWHERE)
    for asked, given in (
        ("", EVERYWHERE),
        (READING[0], READING),
        (" ".join(EVERYWHERE), EVERYWHERE),
    ):
        answer = await partner.ask_for_token(scope=asked)
        assert answer.json()["scope"] == " ".join(given)
        machine = Client(world.http, answer.json()["access_token"])
        may = (await machine.ask(PERMISSIONS)).data["viewer"]["permissions"]
        assert sorted(may) == sorted(SCOPES[name].value for name in given)


async def test_a_token_is_never_given_for_more_than_the_client_has(world: World):
    partner = await register(world, *READING)
    for scope in ("cross_queue_data_access", "coaching_assignments import_conversations", "x", "*"):
        assert_refused(await partner.ask_for_token(scope=scope), 400, "invalid_scope")


async def test_scopes_narrow_what_is_seen(world: World):
    near, far = await world.queue("Billing"), await world.queue("Sales")
    coach = await world.user(Role.QA, *EVERYONE)
    for queue, name in ((near, "Near"), (far, "Far")):
        agent = await world.agent(name, queue)
        await world.assignment(
            agent, coach, await world.conversation(agent, queue), name=f"{name} coaching"
        )
    partner = await register(world, *EVERYWHERE, queues=(near.external_id,))

    async def names(scope: str) -> Any:
        body = (await (await partner.client(scope=scope)).ask(ASSIGNMENTS)).body
        if "data" not in body:
            return body["errors"][0]["extensions"]["code"]
        return {edge["node"]["name"] for edge in body["data"]["assignments"]["edges"]}

    assert await names(" ".join(EVERYWHERE)) == {"Near coaching", "Far coaching"}
    assert await names("coaching_assignments") == {"Near coaching"}
    assert await names("cross_queue_data_access") == "GRAPHQL_VALIDATION_FAILED"


async def test_a_client_may_work_for_a_partner_who_is_there(world: World):
    user = await world.user(Role.PARTNER, models.Permission.COACHING_ASSIGNMENTS)
    partner = await register(world, *EVERYWHERE, user=user.email)
    may = (await (await partner.client()).ask(PERMISSIONS)).data["viewer"]["permissions"]
    assert may == ["COACHING_ASSIGNMENTS"]


EVERYONE = (
    models.Permission.COACHING_ASSIGNMENTS,
    models.Permission.QA_FUNCTIONALITIES,
    models.Permission.CROSS_QUEUE_DATA_ACCESS,
)


# --- Guessing ---


async def test_guesses_of_a_secret_are_few(world: World):
    partner, other = await register(world), await register(world)
    guesses = [await partner.ask_for_token("guess") for _ in range(oauth.WRONG_SECRETS + 5)]
    let_in = sum(answer.status_code == 401 for answer in guesses)
    assert oauth.WRONG_SECRETS <= let_in <= oauth.WRONG_SECRETS + 2  # some time has passed
    for secret in ("guess", None):  # and nobody learns that the next one is right
        answer = await partner.ask_for_token(secret)
        assert_refused(answer, 429, "slow_down")
        assert 1 <= int(answer.headers["retry-after"]) <= 6
    assert_refused(await partner.revoke("x"), 429, "slow_down")
    assert (await other.ask_for_token()).status_code == 200


async def test_right_secrets_are_not_counted(world: World):
    partner = await register(world)
    for _ in range(oauth.WRONG_SECRETS + 5):
        assert (await partner.ask_for_token()).status_code == 200


# --- Metadata ---


async def test_the_metadata_say_what_there_is(world: World):
    found = await fetched(world, oauth.METADATA)
    assert found == oauth.metadata(ISSUER)
    metadata = AuthorizationServerMetadata(found)
    for name in metadata.REGISTRY_KEYS:
        # authlib wants a type of response, for which a grant by a browser would be needed.
        if name != "response_types_supported":
            getattr(metadata, f"validate_{name}")()
    assert found["scopes_supported"] == sorted(SCOPES)


async def test_the_keys_are_public(world: World):
    (key,) = (await fetched(world, oauth.KEYS))["keys"]
    assert key["kid"] == world.key.kid
    assert not key.keys() & {"d", "k", "p", "q"}


async def test_while_the_database_is_away_a_client_is_told_to_come_again(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    async def away(*_: Any) -> None:
        raise Unavailable

    partner = await register(world)
    monkeypatch.setattr(clients, "find", away)
    answer = await partner.ask_for_token()
    assert_refused(answer, 503, "temporarily_unavailable")
    assert answer.headers["retry-after"] == "5"
