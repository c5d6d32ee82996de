"""Every way in which a token can be wrong, and its answer: the table of docs/authentication.md."""

import datetime as dt
import re
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import models
from auth import token
from auth.token import LEEWAY
from models import Role
from resolvers import client, revocation
from tests import partners, tokens
from tests.asking import NAME
from tests.tokens import DAY, SECONDS
from tests.world import EVERYWHERE, World

PAGE = Path(__file__).parents[1] / "docs" / "authentication.md"
ANSWER = (401, "UNAUTHENTICATED", 'Bearer realm="coaching"')
"""Status, code, and what HTTP says how to sign in."""

Make = Callable[[World, models.User], Awaitable[str]]


def signed(without: str = "", header: dict[str, Any] | None = None, **claims: Any) -> Make:
    """A good token of the user but for this."""

    async def make(world: World, user: models.User) -> str:
        head = {"kid": world.key.kid, **(header or {})}
        body = {"sub": str(user.id), **claims}
        return tokens.signed(head, body, key=world.key, without=without)

    return make


async def of_another_key(_world: World, user: models.User) -> str:
    key = token.new_key()
    return tokens.signed({"kid": key.kid}, {"sub": str(user.id)}, key=key)


async def of_another_key_with_the_right_name(world: World, user: models.User) -> str:
    key = token.new_key()
    return tokens.signed({"kid": world.key.kid}, {"sub": str(user.id)}, key=key)


async def not_signed(_world: World, user: models.User) -> str:
    return tokens.unsigned(sub=str(user.id))


async def signed_with_the_public_key(world: World, user: models.User) -> str:
    secret = tokens.public_parts(world.key)[0]
    return tokens.authenticated("HS256", world.key, secret, sub=str(user.id))


async def revoked(world: World, user: models.User) -> str:
    jti, now = str(uuid.uuid4()), dt.datetime.now(dt.UTC)
    made = await signed(jti=jti)(world, user)
    await revocation.revoke(
        world.database, user.workspace_id, jti, expires_at=now + dt.timedelta(days=1), now=now
    )
    return made


async def of_a_revoked_client(world: World, _user: models.User) -> str:
    partner = await partners.register(world)
    made = await partner.token()
    await client.revoke(world.database, partner.row.id, now=dt.datetime.now(dt.UTC))
    return made


async def of_an_unknown_client(world: World, user: models.User) -> str:
    return await signed(client_id=str(uuid.uuid4()))(world, user)


async def of_a_client_of_somebody_else(world: World, user: models.User) -> str:
    partner = await partners.register(world)
    return await signed(client_id=str(partner.row.id))(world, user)


async def of_a_disabled_user(world: World, user: models.User) -> str:
    made = await signed()(world, user)
    async with world.database.write() as session:
        gone = sa.update(models.User).values(disabled_at=dt.datetime.now(dt.UTC))
        await session.execute(gone.where(models.User.id == user.id))
    return made


async def changed(world: World, user: models.User) -> str:
    header, _, signature = (await signed()(world, user)).split(".")
    claims = {**tokens.CLAIMS, "sub": str(user.id), "exp": SECONDS + 2 * DAY}
    return f"{header}.{tokens.encoded(claims)}.{signature}"


async def garbage(_world: World, _user: models.User) -> str:
    return "garbage"


WRONG: dict[str, Make] = {
    "expired": signed(exp=SECONDS - LEEWAY - 1),
    "without `exp`": signed("exp"),
    "not valid yet (`nbf`)": signed(nbf=SECONDS + DAY),
    "issued in the future (`iat`)": signed(iat=SECONDS + DAY),
    "for another audience": signed(aud="another"),
    "of another issuer": signed(iss="https://another.example"),
    "signed with another key": of_another_key_with_the_right_name,
    "signed with an unknown key (`kid`)": of_another_key,
    "not signed (`alg` is `none`)": not_signed,
    "signed by HS256 with the public key": signed_with_the_public_key,
    "changed after it was signed": changed,
    "without `typ`": signed("typ"),
    "of another type": signed(header={"typ": "JWT"}),
    "revoked": revoked,
    "of a client that is revoked": of_a_revoked_client,
    "of a client that there isn't": of_an_unknown_client,
    "of a client of somebody else": of_a_client_of_somebody_else,
    "of a user who is disabled": of_a_disabled_user,
    "of a user whom there isn't": signed(sub=str(uuid.uuid4())),
    "no token at all": garbage,
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_token_is_refused_without_a_word_about_why(world: World, wrong: str):
    user = await world.user(Role.QA, *EVERYWHERE)
    text = await WRONG[wrong](world, user)
    headers = {"authorization": f"Bearer {text}"}
    response = await world.http.post("/graphql", json={"query": NAME}, headers=headers)
    (error,) = response.json()["errors"]
    code, challenge = error["extensions"]["code"], response.headers["www-authenticate"]
    assert (response.status_code, code, challenge) == ANSWER
    assert error["message"] == "The access token is not valid."
    assert response.json().keys() == {"errors"}


async def test_clocks_may_differ_by_half_a_minute(world: World):
    user, now = await world.user(Role.QA, *EVERYWHERE), int(dt.datetime.now(dt.UTC).timestamp())
    for good in (signed(), signed(exp=now - LEEWAY + 20), signed(nbf=now + LEEWAY - 5)):
        headers = {"authorization": f"Bearer {await good(world, user)}"}
        response = await world.http.post("/graphql", json={"query": NAME}, headers=headers)
        assert response.status_code == 200


def test_the_table_of_the_docs_has_all_of_them():
    rows = re.findall(r"^\| (.+?) \| 401 \| `UNAUTHENTICATED` \|", PAGE.read_text(), re.MULTILINE)
    assert rows == list(WRONG)
