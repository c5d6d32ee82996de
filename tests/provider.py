"""An OpenID provider to sign in at, in a process of its own: python -m tests.provider PORT.

It is strict where a provider should be, and lies where a test tells it to (`/tests`).
"""

import base64
import hmac
import json
import secrets
import sys
import time
import urllib.parse
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENTS = {"coaching": "a secret/of:ours", "public": None}
PASSWORD = "open sesame"  # noqa: S105 - everybody's, here
SESSION = "provider-session"

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Provider</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body style="font: 1rem sans-serif; max-width: 20rem; margin: 4rem auto">{}</body></html>"""
FORM = """<h1>Log in</h1><form method="post">
<p><label>E-mail<br><input name="email" type="email" autofocus></label></p>
<p><label>Password<br><input name="password" type="password"></label></p>
<p><button>Log in</button></p></form>"""


def new_key() -> ECKey:
    return ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, private=True, auto_kid=True)


@dataclass
class Known:
    """What the provider knows.

    Its lies are `claims`, `without` and `signed` in ID tokens, and `info` and `metadata` elsewhere.
    """

    issuer: str
    homes: list[str] = field(default_factory=list)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: list[Any] = field(default_factory=lambda: [new_key()])
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    without: list[str] = field(default_factory=list)
    signed: str = "ES256"
    info: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    async def configuration(self, _request: Request) -> Response:
        paths = {
            "authorization_endpoint": "/authorize",
            "token_endpoint": "/token",
            "userinfo_endpoint": "/userinfo",
            "end_session_endpoint": "/end",
            "jwks_uri": "/keys",
        }
        told = {
            "issuer": self.issuer,
            **{name: self.issuer + path for name, path in paths.items()},
            "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
            **self.metadata,
        }
        return JSONResponse({name: value for name, value in told.items() if value is not None})

    async def published(self, _request: Request) -> Response:
        keys = KeySet(self.keys).as_dict(private=False)["keys"]
        return JSONResponse({"keys": [*keys, {"kty": "LATTICE", "kid": "strange"}]})

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        is_known = asked.get("client_id") in CLIENTS and asked.get("redirect_uri") in {
            f"{home}/sign-in/callback" for home in self.homes
        }
        if not is_known or asked.get("response_type") != "code":
            return HTMLResponse(PAGE.format("No such client"), 400)
        self.seen.append(f"authorize {asked['scope']} {asked.get('prompt', '')}".strip())
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            return _back(asked, error="invalid_request")
        email = request.cookies.get(SESSION)
        if request.method == "POST":
            form = await _form(request)
            if form.get("password") != PASSWORD:
                return _back(asked, error="access_denied")
            email = form["email"]
        elif asked.get("prompt") == "login" or email is None:
            return HTMLResponse(PAGE.format(FORM))
        code = secrets.token_urlsafe()
        self.codes[code] = {**asked, "email": email}
        answer = _back(asked, code=code, iss=self.issuer)
        answer.set_cookie(SESSION, email, httponly=True)
        return answer

    async def token(self, request: Request) -> Response:
        form = await _form(request)
        client, how = _client(request, form)
        self.seen.append(f"token {how}")
        asked = self.codes.pop(form.get("code", ""), None)
        if client is None:
            return JSONResponse({"error": "invalid_client"}, 401)
        if (
            asked is None
            or form.get("grant_type") != "authorization_code"
            or asked["client_id"] != client
            or asked["redirect_uri"] != form.get("redirect_uri")
            or asked["code_challenge"] != create_s256_code_challenge(form.get("code_verifier", ""))
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        access = secrets.token_urlsafe()
        self.tokens[access] = asked["email"]
        answer = {"access_token": access, "token_type": "Bearer", "expires_in": 300}
        if "id_token" not in self.without:
            answer["id_token"] = self.id_token(client, asked)
        return JSONResponse(answer, headers={"cache-control": "no-store"})

    def id_token(self, client: str, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": client,
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            **self.person(asked["email"]),
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if name not in self.without}
        key = self.keys[-1]
        header = {"alg": self.signed, "kid": key.kid}
        match self.signed:
            case "none" | "HS256":
                # By hand: no library would.
                text = ".".join(_base64(json.dumps(part).encode()) for part in (header, claims))
                made = hmac.digest(key.as_pem(private=False), text.encode(), "sha256")
                return f"{text}.{_base64(made) if self.signed == 'HS256' else ''}"
            case "another key":
                return jwt.encode({**header, "alg": "ES256"}, claims, new_key())
            case _:
                return jwt.encode(header, claims, key)

    def person(self, email: str) -> dict[str, Any]:
        return {
            "sub": f"sub of {email}",
            "email": email,
            "email_verified": True,
            **self.people.get(email, {}),
        }

    async def userinfo(self, request: Request) -> Response:
        _, _, access = request.headers.get("authorization", "").partition(" ")
        self.seen.append("userinfo")
        return JSONResponse({**self.person(self.tokens[access]), **self.info})

    async def end(self, request: Request) -> Response:
        asked = request.query_params
        hint = "with" if "id_token_hint" in asked else "without"
        if hint == "with":
            jwt.decode(asked["id_token_hint"], KeySet(self.keys))
        self.seen.append(f"end {asked['client_id']} {hint} hint")
        to = asked["post_logout_redirect_uri"]
        if to not in {f"{home}/sign-out" for home in self.homes}:
            return HTMLResponse(PAGE.format("You are logged out."))
        answer = RedirectResponse(f"{to}?{urllib.parse.urlencode({'state': asked['state']})}", 303)
        answer.delete_cookie(SESSION, httponly=True)
        return answer

    async def tests(self, request: Request) -> Response:
        """Take what a test sets, as new; give what was seen since."""
        fresh, given, seen = Known(self.issuer), await request.json(), self.seen
        if given.pop("new_key", False):
            self.keys = [new_key()]
        for name in ("homes", "people", "claims", "without", "signed", "info", "metadata", "seen"):
            setattr(self, name, given.get(name, getattr(fresh, name)))
        return JSONResponse(seen)


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _client(request: Request, form: dict[str, str]) -> tuple[str | None, str]:
    """Which client this is, if it is one, and how it said so."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        name, _, secret = base64.b64decode(given).decode().partition(":")
        name, secret, how = urllib.parse.unquote(name), urllib.parse.unquote(secret), "basic"
    else:
        name, secret = form.get("client_id", ""), form.get("client_secret", "")
        how = "post" if secret else "none"
    return (name if (CLIENTS.get(name, "-") or "") == secret else None), how


def _back(asked: dict[str, str], **told: str) -> Response:
    query = urllib.parse.urlencode({**told, "state": asked["state"]})
    return RedirectResponse(f"{asked['redirect_uri']}?{query}", 303)


async def _form(request: Request) -> dict[str, str]:
    return dict(urllib.parse.parse_qsl((await request.body()).decode()))


def application(issuer: str) -> Starlette:
    known = Known(issuer)
    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", known.configuration),
            Route("/keys", known.published),
            Route("/authorize", known.authorize, methods=["GET", "POST"]),
            Route("/token", known.token, methods=["POST"]),
            Route("/userinfo", known.userinfo),
            Route("/end", known.end),
            Route("/tests", known.tests, methods=["POST"]),
        ]
    )


if __name__ == "__main__":
    port = int(sys.argv[1])
    uvicorn.run(application(f"http://127.0.0.1:{port}"), port=port, log_level="warning")
