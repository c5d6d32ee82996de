"""Somebody signed in, who sends operations over HTTP, and what comes back."""

from dataclasses import dataclass
from typing import Any

import httpx2

from server import operations


@dataclass
class Answer:
    """What came back over HTTP."""

    response: httpx2.Response

    @property
    def body(self) -> Any:
        return self.response.json()

    @property
    def data(self) -> Any:
        """The data of an answer without errors."""
        assert self.response.status_code == 200, self.response.text
        assert "errors" not in self.body, self.body["errors"]
        return self.body["data"]

    @property
    def errors(self) -> Any:
        return self.body["errors"]


@dataclass
class Client:
    """Somebody signed in."""

    http: httpx2.AsyncClient
    bearer: str

    async def ask(self, text: str, /, **variables: Any) -> Answer:
        """Send an operation: a document, or the name of one that comes with the product."""
        document = text if "{" in text else operations.text(text)
        return Answer(await self.send({"query": document, "variables": variables}))

    async def send(self, body: Any) -> httpx2.Response:
        headers = {"authorization": f"Bearer {self.bearer}"}
        return await self.http.post("/graphql", json=body, headers=headers)
