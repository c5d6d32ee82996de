"""What goes wrong while somebody signs in at a provider: nobody is, and a page says so."""

import logging
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from server.answer import Code
from tests import signing_in
from tests.asking import is_refused
from tests.signing_in import EMAIL, Browser, Provider, heading, person
from tests.world import World


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with signing_in.providing() as found:
        yield found


@pytest.fixture
async def browser(database_url: str, tmp_path: Path, provider: Provider) -> AsyncIterator[Browser]:
    async with signing_in.browser(database_url, tmp_path, provider) as found:
        await person(found.world)
        yield found


async def is_nobody(browser: Browser, answer: httpx2.Response) -> bool:
    """Whether a page says that it did not work, and it did not."""
    assert (answer.status_code, heading(answer)) == (400, "That did not work")
    assert browser.session is None
    return is_refused(await browser.ask(), 401, Code.UNAUTHENTICATED)


# --- What comes back ---


async def test_a_state_that_was_not_begun_here_signs_nobody_in(browser: Browser):
    back = await browser.log_in(await browser.leave())
    state = httpx2.URL(back).params["state"]
    for wrong in ("", "another", state[:-1]):
        assert await is_nobody(browser, await browser.get(back.replace(state, wrong)))
    assert await is_nobody(browser, await browser.get("/sign-in/callback"))


async def test_somebody_else_s_answer_signs_nobody_in(browser: Browser):
    """A page of another site could send people to it, and they would work as somebody else."""
    back = await browser.log_in(await browser.leave())
    async with signing_in.another(browser.world, browser.provider) as victim:
        assert await is_nobody(victim, await victim.get(back))
        await victim.leave()
        assert await is_nobody(victim, await victim.get(back))


async def test_a_code_counts_once(browser: Browser):
    back = await browser.log_in(await browser.leave())
    kept = httpx2.Cookies(browser.http.cookies)
    assert (await browser.get(back)).status_code == 303
    browser.http.cookies = httpx2.Cookies()
    assert await is_nobody(browser, await browser.get(back))
    browser.http.cookies = kept
    assert await is_nobody(browser, await browser.get(back))


async def test_a_code_of_another_sign_in_does_not_count(browser: Browser):
    """It belongs to another verifier, which the provider knows the hash of."""
    async with signing_in.another(browser.world, browser.provider) as other:
        stolen = httpx2.URL(await other.log_in(await other.leave())).params["code"]
    back = httpx2.URL(await browser.log_in(await browser.leave()))
    assert await is_nobody(browser, await browser.get(str(back.copy_set_param("code", stolen))))


async def test_an_answer_of_another_provider_does_not_count(browser: Browser):
    back = httpx2.URL(await browser.log_in(await browser.leave()))
    mixed = back.copy_set_param("iss", "https://other.example")
    assert await is_nobody(browser, await browser.get(str(mixed)))


async def test_who_breaks_off_is_told_so_and_no_more(
    browser: Browser, caplog: pytest.LogCaptureFixture
):
    back = await browser.log_in(await browser.leave(), password="wrong")  # noqa: S106
    said = "&error_description=" + quote("<script>alert(1)</script>\nfaked line")
    answer = await browser.get(back + said)
    assert await is_nobody(browser, answer)
    assert "script" not in answer.text
    assert not any("\n" in record.getMessage() for record in caplog.records)


# --- ID tokens ---

NOW = int(time.time())
WRONG: dict[str, dict[str, Any]] = {
    "for another nonce": {"claims": {"nonce": "another"}},
    "without a nonce": {"without": ["nonce"]},
    "expired": {"claims": {"exp": NOW - 60}},
    "without an end": {"without": ["exp"]},
    "of the future": {"claims": {"iat": NOW + 86_400}},
    "for another audience": {"claims": {"aud": "another"}},
    "for another audience, by our name": {"claims": {"aud": "another", "azp": "coaching"}},
    "for others beside, got by them": {"claims": {"aud": ["coaching", "x"], "azp": "x"}},
    "without an audience": {"without": ["aud"]},
    "of another issuer": {"claims": {"iss": "https://other.example"}},
    "without a subject": {"without": ["sub"]},
    "with an empty subject": {"claims": {"sub": ""}},
    "with a subject that is a number": {"claims": {"sub": 17}},
    "with a subject that no database can hold": {"claims": {"sub": "a\x00b"}},
    "with a subject that is too long": {"claims": {"sub": "a" * 256}},
    "for another access token": {"claims": {"at_hash": "another"}},
    "not signed": {"signed": "none"},
    "signed with the public key": {"signed": "HS256"},
    "signed with another key": {"signed": "another key"},
    "not there": {"without": ["id_token"]},
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_an_id_token_that_is_wrong_signs_nobody_in(browser: Browser, wrong: str):
    browser.provider.set(**WRONG[wrong])
    assert await is_nobody(browser, await browser.sign_in())


async def test_an_id_token_for_others_beside_signs_in_who_got_it_here(browser: Browser):
    browser.provider.set(claims={"aud": ["coaching", "x"], "azp": "coaching"})
    assert (await browser.sign_in()).status_code == 303


async def test_what_the_userinfo_says_of_somebody_else_does_not_count(browser: Browser):
    browser.provider.set(without=["email"], info={"sub": "somebody else"})
    answer = await browser.sign_in()
    assert (answer.status_code, heading(answer)) == (403, "No access")
    assert browser.session is None


# --- Where it leads ---


@pytest.mark.parametrize(
    "path",
    ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere",
     "/\t/elsewhere.example", "/%0d%0aset-cookie:a=b\r\nx: y", "javascript:alert(1)", "graphql", "",
     "/../\\/elsewhere\n", " /graphql", "/sign-in?next=/sign-in", "/sign-out", "/é",
     "/" + "a" * 2001],
)  # fmt: skip
async def test_signing_in_leads_to_no_other_site(browser: Browser, path: str):
    answer = await browser.sign_in(start=f"/sign-in?next={quote(path, safe='')}")
    assert answer.headers["location"] == "/account"


async def test_signing_in_leads_to_where_somebody_wanted_to_go(browser: Browser):
    answer = await browser.sign_in(start=f"/sign-in?next={quote('/graphql?query=a&b=//c')}")
    assert answer.headers["location"] == "/graphql?query=a&b=//c"


async def test_nobody_chooses_whom_to_be_where_there_is_a_provider(browser: Browser):
    sent = {"user": "qa@demo.example", "next": ""}
    assert (await browser.post("/sign-in", sent)).status_code == 405
    assert browser.session is None


# --- A provider that is away, or is none ---


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://other.example"},
        {"authorization_endpoint": None},
        {"jwks_uri": 5},
        {"token_endpoint": "http://elsewhere.example/token"},
    ],
)
async def test_a_provider_that_says_something_else_is_not_asked(
    browser: Browser, metadata: dict[str, Any]
):
    browser.provider.set(metadata=metadata)
    answer = await browser.get("/sign-in")
    assert (answer.status_code, heading(answer)) == (503, "Not at the moment")


async def test_while_the_provider_is_away_nobody_signs_in_and_who_is_signed_in_stays(
    database_url: str, tmp_path: Path, provider: Provider, caplog: pytest.LogCaptureFixture
):
    with signing_in.providing() as leaving:
        opened = signing_in.browser(database_url, tmp_path, leaving)
        browser = await opened.__aenter__()
        await person(browser.world)
        async with signing_in.another(browser.world, leaving) as other:
            back = await other.log_in(await other.leave())
            await browser.sign_in()
            leaving.stop()
            answer = await other.get(back)
            assert (answer.status_code, heading(answer)) == (503, "Not at the moment")
        assert (await browser.ask()).status_code == 200
        assert heading(await browser.post("/sign-out")) == "Signing out"
        assert browser.session is None
        await opened.__aexit__(None, None, None)
    assert any("can't be asked" in record.getMessage() for record in caplog.records)


async def test_no_secret_of_anybody_is_logged(browser: Browser, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    back = await browser.log_in(await browser.leave())
    await browser.get(back)
    assert browser.session is not None
    ours = [record for record in caplog.records if record.name.startswith(("coaching", "authlib"))]
    assert ours
    for record in ours:
        for secret in (browser.session, signing_in.SECRET, EMAIL, "verifier"):
            assert secret not in record.getMessage()


# --- Where nobody signs in with a browser ---


async def test_without_a_provider_there_are_no_such_pages(world: World):
    for path in ("/sign-in", "/sign-in/callback", "/sign-out", "/account"):
        assert (await world.http.get(path)).status_code == 404
        assert (await world.http.post(path)).status_code == 404
    assert (await world.http.get("/")).headers["location"] == "/graphql"
