"""Signing in with a browser at an OpenID provider, and out again."""

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest
import sqlalchemy as sa

import models
from resolvers import sign_in
from server.answer import Code
from tests import signing_in
from tests.asking import is_refused
from tests.signing_in import COOKIE, EMAIL, HOME, Browser, Provider, heading, person


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with signing_in.providing() as found:
        yield found


@pytest.fixture
async def browser(database_url: str, tmp_path: Path, provider: Provider) -> AsyncIterator[Browser]:
    async with signing_in.browser(database_url, tmp_path, provider) as found:
        yield found


async def subject(browser: Browser, user: models.User) -> str | None:
    async with browser.world.database.read() as session:
        return await session.scalar(sa.select(models.User.subject).where(models.User.id == user.id))


async def test_who_signs_in_at_the_provider_is_signed_in_here(browser: Browser):
    await person(browser.world)
    answer = await browser.sign_in()
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert (await browser.ask()).json()["data"] == {"viewer": {"name": "Quinn"}}
    page = await browser.get("/account")
    assert heading(page) == "Your account"
    assert all(word in page.text for word in ("Quinn", EMAIL, "QA user", "Workspace"))


async def test_the_provider_is_asked_with_pkce_and_shown_the_secret(browser: Browser):
    await person(browser.world)
    there = httpx2.URL(await browser.leave())
    assert {"code_challenge", "state", "nonce"} <= dict(there.params).keys()
    assert there.params["code_challenge_method"] == "S256"
    assert there.params["redirect_uri"] == f"{HOME}/sign-in/callback"
    await browser.sign_in()
    assert browser.provider.set() == ["authorize openid email"] * 2 + ["token basic"]


async def test_a_client_without_a_secret_signs_people_in_as_well(
    database_url: str, tmp_path: Path, provider: Provider
):
    public = {"oidc_client_id": "public", "oidc_client_secret": None}
    async with signing_in.browser(database_url, tmp_path, provider, **public) as browser:
        await person(browser.world)
        assert (await browser.sign_in()).status_code == 303
        assert provider.set()[-1] == "token none"


async def test_a_provider_that_takes_secrets_in_forms_only_gets_it_so(browser: Browser):
    browser.provider.set(metadata={"token_endpoint_auth_methods_supported": ["client_secret_post"]})
    await person(browser.world)
    assert (await browser.sign_in()).status_code == 303
    assert browser.provider.set()[-1] == "token post"


async def test_the_session_is_in_a_cookie_that_no_script_and_no_other_host_gets(browser: Browser):
    await person(browser.world)
    answer = await browser.sign_in()
    by_name = {each.partition("=")[0]: each for each in answer.headers.get_list("set-cookie")}
    assert by_name.keys() == {COOKIE, "__Secure-coaching-id-token", "__Host-coaching-sign-in"}
    for cookie in by_name.values():
        attributes = {each.strip().lower() for each in cookie.split(";")[1:]}
        assert {"httponly", "secure", "samesite=lax"} <= attributes
        assert not any(each.startswith("domain") for each in attributes)
    assert "; Max-Age=28800; Path=/;" in by_name[COOKIE]
    assert "Path=/sign-out" in by_name["__Secure-coaching-id-token"]
    assert by_name["__Host-coaching-sign-in"].startswith("__Host-coaching-sign-in=null;")


async def test_the_root_leads_to_signing_in_or_to_the_api(browser: Browser):
    await person(browser.world)
    assert (await browser.get("/")).headers["location"] == "/sign-in"
    await browser.sign_in()
    assert (await browser.get("/")).headers["location"] == "/graphql"
    assert (await browser.get("/sign-in?next=/graphql")).headers["location"] == "/graphql"


async def test_who_is_signed_in_can_sign_in_as_somebody_else(browser: Browser):
    await person(browser.world)
    await person(browser.world, "olga@tests.example")
    await browser.sign_in()
    assert (await browser.sign_in("olga@tests.example", "/sign-in?anew=yes")).status_code == 303
    assert "olga@tests.example" in (await browser.get("/account")).text
    assert "authorize openid email login" in browser.provider.set()


async def test_after_a_new_key_of_the_provider_people_still_sign_in(browser: Browser):
    await person(browser.world)
    assert (await browser.sign_in()).status_code == 303
    browser.provider.set(new_key=True)
    async with signing_in.another(browser.world, browser.provider) as fresh:
        assert (await fresh.sign_in()).status_code == 303


async def test_an_address_that_only_the_userinfo_has_counts_too(browser: Browser):
    user = await person(browser.world)
    browser.provider.set(without=["email", "email_verified"])
    assert (await browser.sign_in()).status_code == 303
    assert await subject(browser, user) == f"sub of {EMAIL}"
    assert "userinfo" in browser.provider.set()


# --- Who it is ---


async def test_the_first_time_the_address_tells_who_it_is_and_then_the_subject_does(
    browser: Browser,
):
    user = await person(browser.world)
    browser.provider.set(people={"Quinn@Tests.EXAMPLE": {"sub": "q-1"}})
    await browser.sign_in("Quinn@Tests.EXAMPLE")
    assert await subject(browser, user) == "q-1"
    browser.provider.set(people={"other@tests.example": {"sub": "q-1", "email_verified": False}})
    async with signing_in.another(browser.world, browser.provider) as later:
        assert (await later.sign_in("other@tests.example")).status_code == 303
        assert (await later.ask("{ viewer { name } }")).json()["data"]["viewer"]["name"] == "Quinn"


async def refused(browser: Browser, email: str = EMAIL) -> None:
    answer = await browser.sign_in(email)
    assert (answer.status_code, heading(answer)) == (403, "No access")
    assert browser.session is None
    assert is_refused(await browser.ask(), 401, Code.UNAUTHENTICATED)


async def test_who_has_no_user_here_has_no_access(browser: Browser):
    await person(browser.world)
    await refused(browser, "stranger@tests.example")


async def test_who_is_disabled_has_no_access(browser: Browser):
    now = dt.datetime.now(dt.UTC)
    user = await person(browser.world, disabled_at=now)
    await refused(browser)
    assert await subject(browser, user) is None


async def test_who_is_disabled_and_known_by_subject_has_no_access_even_by_another_address(
    browser: Browser,
):
    now = dt.datetime.now(dt.UTC)
    await person(browser.world, "gone@tests.example", subject="q-1", disabled_at=now)
    user = await person(browser.world)
    browser.provider.set(people={EMAIL: {"sub": "q-1"}})
    await refused(browser)
    assert await subject(browser, user) is None


@pytest.mark.parametrize("verified", [False, None, "true", 1])
async def test_an_address_that_the_provider_has_not_verified_tells_nothing(
    browser: Browser, verified: object
):
    user = await person(browser.world)
    browser.provider.set(people={EMAIL: {"email_verified": verified}})
    await refused(browser)
    assert await subject(browser, user) is None


async def test_a_second_subject_with_the_same_address_has_no_access(browser: Browser):
    user = await person(browser.world, subject="the first")
    await refused(browser)
    assert await subject(browser, user) == "the first"


async def test_of_two_subjects_that_come_at_once_for_an_address_one_gets_it(browser: Browser):
    user = await person(browser.world)
    database = browser.world.database
    found = await asyncio.gather(*(sign_in.claim(database, EMAIL, f"sub {n}") for n in range(8)))
    assert [each for each in found if each is not None] == [user.id]
    assert await subject(browser, user) == f"sub {found.index(user.id)}"


async def test_of_two_addresses_that_come_at_once_for_a_subject_one_gets_it(browser: Browser):
    users = [await person(browser.world, f"user-{n}@tests.example") for n in range(8)]
    database = browser.world.database
    found = await asyncio.gather(*(sign_in.claim(database, user.email, "sub") for user in users))
    assert len([each for each in found if each is not None]) == 1
    assert sorted([await subject(browser, user) or "" for user in users]) == [*[""] * 7, "sub"]


async def test_what_the_provider_says_of_roles_changes_nothing(browser: Browser):
    await person(browser.world)
    browser.provider.set(claims={"role": "AGENT", "permissions": ["MANAGE_SETTINGS"], "scope": "x"})
    await browser.sign_in()
    asked = await browser.ask("{ viewer { role permissions } }")
    assert asked.json()["data"]["viewer"]["role"] == "QA"
    assert "MANAGE_SETTINGS" not in asked.text


# --- Signing out ---


async def test_who_signs_out_is_signed_out_here_and_at_the_provider(browser: Browser):
    await person(browser.world)
    await browser.sign_in()
    asked = await browser.get("/sign-out")
    assert heading(asked) == "Sign out"
    assert browser.session is not None
    answer = await browser.post("/sign-out")
    assert (answer.status_code, heading(answer)) == (200, "Signing out")
    assert browser.session is None
    there = answer.text.partition('href="')[2].partition('"')[0].replace("&amp;", "&")
    back = await browser.get(there)
    assert back.headers["location"].startswith(f"{HOME}/sign-out?state=")
    assert heading(await browser.get(back.headers["location"])) == "Signed out"
    assert browser.provider.set()[-1] == "end coaching with hint"
    assert "password" in (await browser.get(await browser.leave())).text


async def test_where_the_provider_knows_no_way_out_people_are_signed_out_here(browser: Browser):
    browser.provider.set(metadata={"end_session_endpoint": None})
    await person(browser.world)
    await browser.sign_in()
    answer = await browser.post("/sign-out")
    assert answer.headers["location"] == "/sign-out"
    assert heading(await browser.get("/sign-out")) == "Signed out"
    assert (await browser.get("/account")).headers["location"] == "/sign-in?next=/account"


async def test_a_copy_of_the_cookie_is_dead_within_five_seconds_of_signing_out(
    database_url: str, tmp_path: Path, provider: Provider
):
    """As set by default, and for a worker that was not told."""
    async with signing_in.browser(database_url, tmp_path, provider, caller_seconds=2) as browser:
        await person(browser.world)
        await browser.sign_in()
        copied = {"cookie": f"{COOKIE}={browser.session}", "origin": HOME}
        bearer = {"authorization": f"Bearer {browser.session}"}

        async def status(http: httpx2.AsyncClient, headers: dict[str, str]) -> int:
            asked = {"query": "{ viewer { name } }"}
            answer = await http.post(f"{HOME}/graphql", json=asked, headers=headers)
            return answer.status_code

        async with signing_in.worker(database_url, tmp_path, provider, caller_seconds=2) as other:
            assert await status(other, copied) == await status(other, bearer) == 200
            await browser.post("/sign-out")
            signed_out = time.monotonic()
            assert await status(browser.http, copied) == 401
            while 200 in {await status(other, copied), await status(other, bearer)}:
                assert time.monotonic() < signed_out + 5
                await asyncio.sleep(0.2)
            assert await status(other, copied) == await status(other, bearer) == 401
