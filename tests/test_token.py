"""Access tokens: what proves who is calling, and that nothing else does (V1)."""

import contextlib
import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from joserfc.jwk import ECKey, KeySet, RSAKey

from auth import token
from auth.token import LEEWAY, FixedKeys, InvalidToken, Issuer, Verifier
from models import Role, User
from tests.asking import JSON, NAME, RESPONSE, plain
from tests.tokens import (
    CLAIMS,
    DAY,
    HEADER,
    KEY,
    NOW,
    SECONDS,
    USER,
    authenticated,
    encoded,
    public_parts,
    signed,
    with_header,
)
from tests.world import AUDIENCE, EVERYWHERE, ISSUER, World


def verifier(*keys: Any) -> Verifier:
    public = KeySet.import_key_set(KeySet(list(keys or (KEY,))).as_dict(private=False))
    return Verifier(own(public))


def own(public: KeySet) -> Issuer:
    return Issuer(name=ISSUER, audience=AUDIENCE, keys=FixedKeys(public), is_own=True)


VERIFIER = verifier()


def assert_invalid(text: str, by: Verifier = VERIFIER) -> None:
    with pytest.raises(InvalidToken):
        by.check_now(text)


# --- The token alone ---


@pytest.mark.parametrize(
    ("header", "claims"),
    [
        ({}, {}),
        ({"typ": "AT+JWT"}, {}),
        ({"typ": "application/at+jwt"}, {}),
        ({}, {"aud": ["another", AUDIENCE]}),
        ({}, {"nbf": SECONDS - 5}),
        ({}, {"exp": SECONDS + DAY + 0.5}),
        ({}, {"scope": "a b", "roles": ["x"], "more": {"a": 1}}),
    ],
)
def test_a_good_token_tells_the_user(header: dict[str, Any], claims: dict[str, Any]):
    assert VERIFIER.check_now(signed(header, claims)).user_id == USER


def test_an_issued_token_is_good_for_twelve_hours():
    def issued(now: dt.datetime) -> str:
        return token.issue(KEY, issuer=ISSUER, audience=AUDIENCE, user_id=USER, now=now)

    now = dt.datetime.now(dt.UTC)  # not NOW: the suite may have run for minutes
    almost = dt.timedelta(hours=11, minutes=59)
    assert VERIFIER.check_now(issued(now)).user_id == USER
    assert VERIFIER.check_now(issued(now - almost)).user_id == USER
    assert_invalid(issued(now - dt.timedelta(hours=12, seconds=LEEWAY)))


def test_the_key_is_found_by_its_id_among_several():
    second, rsa = token.new_key(), RSAKey.generate_key(2048, auto_kid=True)
    several = verifier(KEY, second, rsa)
    assert several.check_now(signed()).user_id == USER
    assert several.check_now(signed({"kid": second.kid}, key=second)).user_id == USER
    assert several.check_now(signed({"kid": rsa.kid, "alg": "RS256"}, key=rsa)).user_id == USER
    assert_invalid(signed({"kid": second.kid}), several)
    assert_invalid(signed(without="kid"), several)


@pytest.mark.parametrize(
    ("later", "checked"), [(0, 1), (59, 1), (61, 2), (DAY - 0.1, 2), (DAY - 0.5, 2)]
)
def test_a_good_token_is_not_checked_again_for_a_minute(
    later: float, checked: int, monkeypatch: pytest.MonkeyPatch
):
    moments = iter([float(SECONDS), SECONDS + later])
    by, text = remembering(lambda: next(moments)), signed()
    checks = counted(by, monkeypatch)
    assert [by.check_now(text).user_id, by.check_now(text).user_id] == [USER, USER]
    assert len(checks) == checked


def test_no_token_is_remembered_past_its_end(monkeypatch: pytest.MonkeyPatch):
    end = float(SECONDS + DAY)
    moments = iter([end - 30, end - 0.1, end])
    by, text = remembering(lambda: next(moments)), signed()
    checks = counted(by, monkeypatch)
    assert [by.check_now(text).user_id, by.check_now(text).user_id] == [USER, USER]
    assert len(checks) == 1
    by.check_now(text)
    assert len(checks) == 2


def test_what_is_like_a_good_token_is_not_taken_for_it(monkeypatch: pytest.MonkeyPatch):
    by, text = remembering(lambda: float(SECONDS)), signed()
    assert by.check_now(text).user_id == USER
    for other in (text[:-2], text + "A", text.swapcase(), with_header(HEADER | {"jku": "x"})):
        for _ in range(2):
            assert_invalid(other, by)
    assert by.check_now(text).user_id == USER


def test_no_more_tokens_are_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(token, "MOST", 2)
    by = remembering(lambda: float(SECONDS))
    texts = [signed(claims={"jti": str(number)}) for number in range(3)]
    checks = counted(by, monkeypatch)
    for text in (*texts, texts[2], texts[1], texts[0]):
        assert by.check_now(text).user_id == USER
    assert checks == [*texts, texts[0]]


def remembering(clock: Callable[[], float]) -> Verifier:
    public = KeySet.import_key_set(KeySet([KEY]).as_dict(private=False))
    return Verifier(own(public), clock=clock)


def counted(by: Verifier, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tokens whose signature is checked from now on."""
    checks: list[str] = []
    whole = by._checked  # noqa: SLF001

    def check(text: str, now: int) -> Any:
        checks.append(text)
        return whole(text, now)

    monkeypatch.setattr(by, "_checked", check)
    return checks


WRONG_CLAIMS: list[dict[str, Any]] = [
    {"exp": SECONDS - LEEWAY - 1}, {"exp": 0}, {"exp": "never"}, {"exp": True},
    {"exp": float("nan")}, {"exp": float("inf")}, {"exp": [SECONDS + 60]},
    {"nbf": SECONDS + DAY}, {"nbf": "x"},
    {"iat": SECONDS + DAY}, {"iat": None}, {"aud": "another"}, {"aud": ["another"]}, {"aud": []},
    {"aud": {AUDIENCE: 1}}, {"aud": AUDIENCE + "x"}, {"iss": "another"}, {"iss": [ISSUER]},
    {"iss": ISSUER + "/"}, {"sub": "Ann"}, {"sub": ""}, {"sub": 5}, {"sub": [str(USER)]},
    {"sub": str(USER) + "0"}, {"jti": 5}, {"jti": ""}, {"client_id": ""}, {"amr": "x"},
    {"auth_time": "x"},
]  # fmt: skip


# Named by what is wrong and a number: their values differ from process to process.
@pytest.mark.parametrize(
    "claims",
    [
        pytest.param(claims, id=f"{' '.join(claims)} {number}")
        for number, claims in enumerate(WRONG_CLAIMS, 1)
    ],
)
def test_wrong_claims_prove_nothing(claims: dict[str, Any]):
    assert_invalid(signed(claims=claims))


@pytest.mark.parametrize("name", ["sub", "exp", "iat", "jti", "client_id", "iss", "aud", "typ"])
def test_a_token_that_lacks_a_member_proves_nothing(name: str):
    assert_invalid(signed(without=name))


@pytest.mark.parametrize("typ", ["JWT", "", "id+jwt", "at+jwt2", 5, None, ["at+jwt"], True])
def test_a_token_of_another_type_proves_nothing(typ: Any):
    assert_invalid(with_header({**HEADER, "typ": typ}))
    if isinstance(typ, str):
        assert_invalid(signed({"typ": typ}))


def test_a_token_signed_with_another_key_proves_nothing():
    other = token.new_key()
    assert_invalid(signed(key=other))
    assert_invalid(signed({"kid": other.kid}, key=other))
    assert_invalid(signed({"jwk": other.as_dict(private=False)}, key=other))
    assert_invalid(signed({"alg": "ES384"}, key=ECKey.generate_key("P-384")))


def test_an_unsigned_token_proves_nothing():
    for alg in ("none", "None", "NONE", ""):
        for signature in ("", signed().rpartition(".")[2]):
            assert_invalid(f"{encoded({**HEADER, 'alg': alg})}.{encoded(CLAIMS)}.{signature}")


@pytest.mark.parametrize("alg", ["HS256", "HS512"])
@pytest.mark.parametrize("key", [KEY, RSAKey.generate_key(2048, auto_kid=True)])
def test_the_public_key_is_no_shared_secret(alg: str, key: Any):
    for secret in public_parts(key):
        assert_invalid(authenticated(alg, key, secret), verifier(key))


def test_a_token_that_was_changed_proves_nothing():
    header, claims, signature = signed().split(".")
    other = encoded({**CLAIMS, "sub": str(uuid.uuid4())})
    assert_invalid(f"{header}.{other}.{signature}")
    assert_invalid(f"{header}.{claims}.")
    assert_invalid(f"{header}.{claims}.{signature[:-4]}")
    assert_invalid(f"{header}.{claims}")
    assert_invalid(f"{header}.{claims}.{signature}.{signature}")


ODD: list[Any] = [None, 5, -1, 1e300, True, "", "x", "x" * 5_000, [], ["x"], ["b64"], ["exp"],
                  [[]], {}, {"a": 1}]  # fmt: skip
MEMBERS = ("alg", "kid", "crit", "b64", "jku", "jwk", "x5u", "x5c", "x5t", "cty", "zip", "enc")


@pytest.mark.parametrize("name", MEMBERS)
def test_a_mangled_member_of_the_header_proves_nothing(name: str):
    for value in ODD:
        assert_invalid(with_header({**HEADER, name: value}))


@pytest.mark.parametrize(
    "header",
    [b"", b"null", b"5", b'"alg"', b'["alg"]', b"[]", b"{}", b"\xff", b"{", b"[" * 100_000,
     b'{"alg": "ES256", "a": ' + b"[" * 50_000, b'{"alg": "ES256", "a": ' + b"9" * 5_000 + b"}"],
    ids=lambda header: repr(header[:20]),
)  # fmt: skip
def test_a_header_that_is_none_proves_nothing(header: bytes):
    assert_invalid(with_header(header))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(text=st.text())
@example("..")
@example("....")
@example("\ud800")
@example("e30.e30.e30")
def test_no_text_at_all_is_a_token_by_chance(text: str):
    assert_invalid(text)


@given(parts=st.lists(st.binary() | JSON_VALUES, min_size=1, max_size=6))
def test_no_encoded_parts_are_a_token_by_chance(parts: list[Any]):
    assert_invalid(".".join(map(encoded, parts)))


@given(header=st.dictionaries(st.sampled_from([*MEMBERS, "typ"]), JSON_VALUES))
def test_no_other_header_makes_a_token(header: dict[str, Any]):
    assert_invalid(with_header({**HEADER, "alg": "none", **header}))


@given(claims=st.dictionaries(st.sampled_from([*CLAIMS, "nbf", "amr"]), JSON_VALUES, min_size=1))
def test_odd_claims_raise_nothing_else(claims: dict[str, Any]):
    """Signed well, by an issuer who says strange things."""
    try:
        text = signed(claims=claims)
    except UnicodeEncodeError:
        return  # nobody can sign that
    with contextlib.suppress(InvalidToken):
        assert VERIFIER.check_now(text).user_id == USER


# --- Over HTTP ---

REFUSED = {
    "errors": [
        {"message": "The access token is not valid.", "extensions": {"code": "UNAUTHENTICATED"}}
    ]
}


async def asked(world: World, authorization: bytes | str | None) -> Any:
    headers = {b"accept": RESPONSE.encode(), b"content-type": JSON.encode()}
    if authorization is not None:
        raw = authorization.encode() if isinstance(authorization, str) else authorization
        headers[b"authorization"] = raw
    return await world.http.post("/graphql", json={"query": NAME}, headers=headers)


def assert_refused(response: Any) -> None:
    """401, and not a word about why."""
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer realm="coaching"'
    assert response.json() == REFUSED


async def bearer(world: World, *, key: Any = None, **claims: Any) -> str:
    key = key or world.key
    return "Bearer " + signed({"kid": key.kid}, claims, key=key)


async def test_a_good_token_is_let_in_whatever_the_case_of_the_scheme(world: World):
    user = await world.user(Role.QA, *EVERYWHERE)
    good = (await bearer(world, sub=str(user.id))).removeprefix("Bearer ")
    for scheme in ("Bearer ", "bearer ", "BEARER ", "Bearer   "):
        response = await asked(world, scheme + good)
        assert plain(response) == {"data": {"viewer": {"name": user.name}}}


async def test_every_other_token_gets_the_same_401(world: World):
    user = await world.user(Role.QA, *EVERYWHERE)
    sub, past = str(user.id), SECONDS - 60
    good = (await bearer(world, sub=sub)).removeprefix("Bearer ")
    refused: list[bytes | str] = [
        await bearer(world, sub=sub, exp=past),
        await bearer(world, sub=sub, nbf=SECONDS + DAY),
        await bearer(world, sub=sub, iss="another"),
        await bearer(world, sub=sub, aud="another"),
        await bearer(world, sub=sub, key=token.new_key()),
        await bearer(world, sub=str(uuid.uuid4())),
        await bearer(world, sub="x"),
        "Bearer x", "Bearer ..", f"Bearer {good}x", f"Bearer {good} {good}",
        f"Bearer Bearer {good}",
        b"Bearer \xff", b"Bearer \xc3\xa9.\xc3\xa9.\xc3\xa9", "Bearer " + "." * 10_000,
        f"Bearer {with_header({**HEADER, 'crit': 5})}", f"Bearer {with_header(b'[' * 20_000)}",
    ]  # fmt: skip
    for authorization in refused:
        assert_refused(await asked(world, authorization))


async def test_a_disabled_user_is_refused_at_once(world: World):
    user = await world.user(Role.QA, *EVERYWHERE)
    good = await bearer(world, sub=str(user.id))
    assert (await asked(world, good)).status_code == 200
    async with world.database.write() as session:
        stored = await session.get(User, (user.workspace_id, user.id))
        assert stored is not None
        stored.disabled_at = NOW
    assert_refused(await asked(world, good))


async def test_without_a_token_one_is_asked_for(world: World):
    for authorization in (None, "", "Bearer", "Bearer ", "Bearer   ", "Basic eDp5", "x"):
        response = await asked(world, authorization)
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == 'Bearer realm="coaching"'
        (error,) = response.json()["errors"]
        assert error["extensions"] == {"code": "UNAUTHENTICATED"}
        assert "Bearer" in error["message"]


async def test_nobody_learns_of_the_schema_without_a_token(world: World):
    for query in ("{ __typename }", "{ __schema { types { name } } }", "{ nothing }", "{"):
        response = await world.http.post("/graphql", json={"query": query})
        assert response.status_code == 401
        assert "data" not in response.json()
