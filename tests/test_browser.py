"""Signing in and out in a real browser: at a provider, and in the demo."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import chromium, serving, signing_in
from tests.chromium import Page
from tests.provider import PASSWORD
from tests.signing_in import SECRET, Provider

pytestmark = pytest.mark.skipif(
    not chromium.PROGRAM, reason="there is no Chromium on this machine, named chromium or so"
)

MUTATION = """mutation {
    createBookmark(input: {name: "x", colour: "#00aa55"}) { errors { code } } }"""
EMAIL = "quinn@example.com"


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with chromium.chromium(tmp_path / "browser") as found:
        yield found


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with signing_in.providing() as found:
        yield found


@pytest.fixture
def product(tmp_path: Path, provider: Provider) -> Iterator[str]:
    """Where the product is served, for one user."""
    port = str(serving.free_port())
    home = f"http://127.0.0.1:{port}"
    settings: dict[str, Any] = {
        "database_url": f"sqlite:///{tmp_path}/coaching.sqlite3",
        "development_key": f"{tmp_path}/key.json",
    }
    user = ["user", "add", EMAIL, "--name", "Quinn", "--workspace", "Northwind", "--role", "QA"]
    for arguments in (["migrate"], ["workspace", "add", "Northwind"], user):
        made = serving.start(*arguments, **settings)
        out = made.communicate(timeout=serving.PATIENCE)
        assert made.returncode == 0, out
    settings |= {
        "public_url": home,
        "oidc_issuer": provider.url,
        "oidc_client_id": "coaching",
        "oidc_client_secret": SECRET,
    }
    provider.set(homes=[home])
    with (
        (tmp_path / "server.log").open("w") as log,
        serving.serving("serve", "--port", port, output=log, **settings),
    ):
        yield home


def log_in(page: Page, password: str = PASSWORD) -> None:
    """As a person does at the provider."""
    page.comes_to("Log in")
    page.write("[name=email]", EMAIL)
    page.write("[name=password]", password)
    page.click("button")


def answer(page: Page, home: str, query: str = "{ viewer { name } }") -> Any:
    """What a page of the product is told by the API."""
    page.go(f"{home}/graphql")
    body = json.dumps(json.dumps({"query": query}))
    return page.run(f"""
        fetch('/graphql', {{
            method: 'POST', headers: {{'content-type': 'application/json'}}, body: {body}
        }}).then(answer => answer.json())""")


def test_somebody_signs_in_at_a_provider_asks_and_signs_out(
    page: Page, product: str, provider: Provider
):
    page.go(f"{product}/")
    page.comes_to("Log in")
    assert page.address.startswith(f"{provider.url}/authorize?")
    page.keep_picture("provider")
    log_in(page)
    page.comes_to("Your account")
    assert page.address == f"{product}/account"
    assert EMAIL in page.text
    page.keep_picture("signed-in")
    assert page.run("document.cookie") == ""
    assert answer(page, product)["data"] == {"viewer": {"name": "Quinn"}}

    page.go(f"{product}/account")
    page.click("form button")
    page.comes_to("Signed out")
    assert page.address.startswith(f"{product}/sign-out?state=")
    page.keep_picture("signed-out")
    assert provider.set(homes=[product])[-1] == "end coaching with hint"
    assert answer(page, product)["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    page.tell("Page.navigate", url=f"{product}/")
    page.comes_to("Log in")


def test_who_breaks_off_or_has_no_user_reads_what_to_do(
    page: Page, product: str, provider: Provider
):
    page.go(f"{product}/account")
    log_in(page, "wrong")
    page.comes_to("That did not work")
    page.keep_picture("did-not-work")
    provider.set(homes=[product], people={EMAIL: {"email_verified": False}})
    page.click("a")
    log_in(page)
    page.comes_to("No access")
    page.keep_picture("no-access")
    provider.set(homes=[product])
    page.click("a")
    log_in(page)
    page.comes_to("Your account")


def test_a_page_of_another_origin_of_the_same_site_does_nothing_with_the_session(
    page: Page, product: str, provider: Provider
):
    """A browser sends the cookie along to all ports of a host: only the origin tells."""
    page.go(f"{product}/")
    log_in(page)
    page.comes_to("Your account")
    page.go(f"{provider.url}/nothing")
    mutation = (
        'mutation { createBookmark(input: {name: "x", colour: "#00aa55"}) { errors { code } } }'
    )
    body = json.dumps(json.dumps({"query": mutation}))
    for type_ in ("text/plain", "application/json"):
        sent = page.run(f"""
            fetch('{product}/graphql', {{
                method: 'POST', mode: 'no-cors', credentials: 'include', body: {body},
                headers: {{'content-type': '{type_}'}}
            }}).then(answer => answer.type, error => String(error))""")
        assert sent == "opaque"
    read = page.run(f"""
        fetch('{product}/graphql?query={{viewer{{name}}}}', {{credentials: 'include'}})
            .then(answer => answer.text(), error => String(error))""")
    assert read == "TypeError: Failed to fetch"
    page.run(f"""
        const form = document.createElement('form');
        form.method = 'post';
        form.action = '{product}/sign-out';
        document.body.append(form);
        form.submit()""")
    page.comes_to("Not from here")
    told = answer(page, product, "{ viewer { name } bookmarks(first: 1) { totalCount } }")
    assert told["data"]["viewer"] == {"name": "Quinn"}
    assert told["data"]["bookmarks"]["totalCount"] == 0


def test_in_the_demo_somebody_chooses_whom_to_be_with_the_keyboard_alone(
    page: Page, tmp_path: Path
):
    with serving.demo(tmp_path) as demo:
        home = demo.url.removesuffix("/graphql")
        page.go(f"{home}/")
        page.comes_to("Sign in")
        page.keep_picture("demo")
        page.press("Tab")
        for _ in range(3):
            page.press("ArrowDown")
        assert page.run("document.activeElement.value") == "agent@demo.example"
        page.keep_picture("demo-agent")
        page.press("Tab")
        page.press("Enter")
        page.comes_to("Your account")
        assert "agent@demo.example" in page.text
        page.keep_picture("demo-signed-in")
        found = answer(page, home, "{ viewer { role } assignments(first: 1) { totalCount } }")
        assert found["data"]["viewer"] == {"role": "AGENT"}
        assert found["data"]["assignments"]["totalCount"] > 0
        page.go(f"{home}/account")
        page.click("form button")
        page.comes_to("Signed out")
        page.size(360, 740)
        page.go(f"{home}/sign-in")
        assert page.run("document.documentElement.scrollWidth") <= 360
        page.keep_picture("demo-narrow")
        page.tell(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": "dark"}],
        )
        page.keep_picture("demo-dark")
