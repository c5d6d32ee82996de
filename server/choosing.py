"""Signing in to the demo, where a page asks whom somebody would like to be."""

import urllib.parse
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from models.errors import Refusal
from resolvers import account
from server import demo, limits, pages
from server.browsers import SIGN_IN, Browsers, elsewhere, lead, safely, to_path

MOST_BYTES = 16_384
"""Of the form."""


def routes(browsers: Browsers) -> list[Route]:
    """The paths of signing in, for the demo alone: anybody may be anyone."""
    choosing = _Choosing(browsers)
    return [
        Route(SIGN_IN, safely(choosing.ask)),
        Route(SIGN_IN, safely(choosing.take), methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class _Choosing:
    browsers: Browsers

    async def ask(self, request: Request) -> Response:
        database = self.browsers.authority.database.everywhere()
        choices = []
        for email in demo.PEOPLE:
            try:
                user = await account.find_user(database, email)
            except Refusal:
                continue  # another workspace was there before the demo
            choices.append(pages.Choice(email, user.name, demo.WHO[email]))
        if not choices:
            return pages.told(
                "Nobody to sign in as",
                "This database has workspaces of its own, and no demo.",
                status=404,
                href="/graphql",
                label="Open GraphiQL",
            )
        return pages.choose(choices, to_path(request.query_params.get("next")))

    async def take(self, request: Request) -> Response:
        if not self.browsers.is_ours(request):
            return elsewhere(SIGN_IN)
        form = await _form(request)
        if form.get("user") not in demo.PEOPLE:
            return lead(SIGN_IN)
        database = self.browsers.authority.database.everywhere()
        try:
            user = await account.find_user(database, form["user"])
        except Refusal:
            return lead(SIGN_IN)
        return self.browsers.begin(user.id, to_path(form.get("next")))


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form of ours. Raises RequestError for a long one."""
    limited = Request(request.scope, limits.counted(request.receive, MOST_BYTES))
    text = (await limited.body()).decode(errors="replace")
    return dict(urllib.parse.parse_qsl(text))
