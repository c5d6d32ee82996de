"""The product's own pages in a browser: plain HTML with a little style, and no script."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.responses import HTMLResponse

STYLE = """
:root { color-scheme: light dark; --ink: #1b2430; --soft: #556070; --paper: #f4f6f9;
  --card: #ffffff; --line: #d4dae3; --main: #1f5fbf; --on-main: #ffffff; --focus: #b35300; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecf2; --soft: #aab4c2; --paper: #12161c; --card: #1b212a; --line: #39434f;
    --main: #8ab8ff; --on-main: #0d1a2d; --focus: #ffb066; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; padding: 1rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 28rem; margin: 4vh auto 0; padding: 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: .75rem; }
.product { margin: 0 0 .25rem; color: var(--soft); font-size: .875rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
fieldset { margin: 0 0 1.5rem; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: .5rem; }
label { display: flex; gap: .75rem; padding: .75rem 1rem; margin-bottom: .5rem; cursor: pointer;
  border: 1px solid var(--line); border-radius: .5rem; }
label:hover, label:has(:checked) { border-color: var(--main); }
label small { display: block; color: var(--soft); font-size: .875rem; }
input { margin: .3rem 0 0; flex: none; width: 1rem; height: 1rem; accent-color: var(--main); }
dl { margin: 0 0 1.5rem; }
dt { color: var(--soft); font-size: .875rem; }
dd { margin: 0 0 .75rem; overflow-wrap: anywhere; }
button, .button { display: block; width: 100%; padding: .75rem 1rem; border: 1px solid var(--main);
  border-radius: .5rem; background: var(--main); color: var(--on-main); font: inherit;
  font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
.second { margin-top: .75rem; background: transparent; color: var(--main); }
a { color: var(--main); }
:focus-visible, label:has(:focus-visible) { outline: 3px solid var(--focus); outline-offset: 2px; }
label :focus-visible { outline: none; }
@media (max-width: 30rem) { main { margin-top: 0; padding: 1.25rem; } }
"""

_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    # Not `no-referrer`: with it, a browser does not say of which origin a form is.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}

_PAGE = Markup("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{head}<title>{title} · Coaching</title>
<style>{style}</style>
</head>
<body>
<main>
<p class="product">Coaching</p>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
""")

_CHOICE = Markup("""\
<label><input type="radio" name="user" value="{email}" required{checked}>
<span>{name}<small>{who}</small><small>{email}</small></span></label>
""")

_CHOOSE = Markup("""\
<p>This is the demo: nobody needs a password.</p>
<form method="post" action="/sign-in">
<input type="hidden" name="next" value="{next_path}">
<fieldset>
<legend>Who would you like to be?</legend>
{choices}</fieldset>
<button>Sign in</button>
</form>""")

_ACCOUNT = Markup("""\
<dl>
<dt>Name</dt><dd>{name}</dd>
<dt>E-mail</dt><dd>{email}</dd>
<dt>Role</dt><dd>{role}</dd>
<dt>Workspace</dt><dd>{workspace}</dd>
</dl>
<a class="button" href="/graphql">Open GraphiQL</a>
<form method="post" action="/sign-out"><button class="second">Sign out</button></form>""")

_LINK = Markup('<p>{text}</p>\n<a class="button" href="{href}">{label}</a>')

_SIGN_OUT = Markup("""\
<p>{text}</p>
<form method="post" action="/sign-out"><button>Sign out</button></form>""")

_REFRESH = Markup('<meta http-equiv="refresh" content="0; url={url}">\n')


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody to sign in as in the demo."""

    email: str
    name: str
    who: str


def choose(choices: Sequence[Choice], next_path: str) -> HTMLResponse:
    """Where the demo asks who you are; then it leads to `next_path`."""
    listed = Markup("").join(
        _CHOICE.format(
            email=each.email,
            name=each.name,
            who=each.who,
            checked="" if number else " checked",
        )
        for number, each in enumerate(choices)
    )
    return _page("Sign in", _CHOOSE.format(choices=listed, next_path=next_path))


def account(*, name: str, email: str, role: str, workspace: str) -> HTMLResponse:
    """Who is signed in, and the way out."""
    content = _ACCOUNT.format(name=name, email=email, role=role, workspace=workspace)
    return _page("Your account", content)


def told(title: str, text: str, *, status: int, href: str, label: str) -> HTMLResponse:
    """Something in a sentence, and where to go from there."""
    return _page(title, _LINK.format(text=text, href=href, label=label), status)


def ask_sign_out() -> HTMLResponse:
    """Whether to sign out: only a button of ours does it."""
    return _page("Sign out", _SIGN_OUT.format(text="Do you want to sign out here?"))


def leave(url: str) -> HTMLResponse:
    """The way on to the provider, to sign out there, too.

    The browser goes by itself. No answer to a form could send it there: it holds redirects of
    forms to the page's own policy of where forms go.
    """
    content = _LINK.format(
        text="You are signed out here. One more step signs you out where you signed in.",
        href=url,
        label="Sign out there, too",
    )
    return _page("Signing out", content, head=_REFRESH.format(url=url))


def _page(title: str, content: Markup, status: int = 200, head: str = "") -> HTMLResponse:
    page = _PAGE.format(title=title, content=content, style=Markup(STYLE), head=head)  # noqa: S704
    return HTMLResponse(page, status, HEADERS)
