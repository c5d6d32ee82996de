"""Operations known by the hash of their text: those that come with the product, and others.

The product's own, in `graphql/operations`, are *trusted*: they are never refused for their cost,
and a deployment may let roles send nothing else. Others are remembered when a client sends text
and hash together (automatic persisted queries), in this process and while there is room.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode, parse

from auth.viewer import Caller
from models import Role
from schema.view import CALLERS, Views
from server import operations
from server.answer import Code

PREFIX = "sha256:"
"""In front of the hash in a `documentId`."""

SIZE = 2_000_000
"""Most characters of all texts that are remembered for clients."""

MANIFEST = "persisted-operations.json"


class Persisted:
    """Texts by their hash. `trusted_only` are the roles that may send nothing but trusted ones."""

    def __init__(self, trusted_only: frozenset[Role] = frozenset()) -> None:
        texts = map(operations.text, operations.names())
        self._trusted = {digest(text): text for text in texts}
        self._texts = frozenset(self._trusted.values())
        self._trusted_only = trusted_only
        self._sent: OrderedDict[str, str] = OrderedDict()
        self._size = 0

    def is_trusted(self, text: str) -> bool:
        """Whether an operation comes with the product."""
        return text in self._texts

    def text(
        self, caller: Caller, query: str | None, document_id: str | None, extensions: Any
    ) -> str:
        """The text that a request means.

        Raises a GraphQLError where the hash is unknown (PERSISTED_OPERATION_NOT_FOUND), is not
        that of the text (BAD_USER_INPUT), or where the caller may not send this (FORBIDDEN).
        """
        known = _hash(document_id, extensions)
        only_trusted = caller.role in self._trusted_only
        if query is None:
            return self._found(known, only_trusted=only_trusted)
        if known is not None and digest(query) != known:
            raise _error(Code.BAD_USER_INPUT, "The hash is not that of the query.")
        if only_trusted and not self.is_trusted(query):
            message = "Only the operations that come with the product may be sent."
            raise _error(Code.FORBIDDEN, message)
        if known is not None and not self.is_trusted(query):
            self._remember(known, query)
        return query

    def _found(self, known: str | None, *, only_trusted: bool) -> str:
        found = None
        if known is not None:
            found = self._trusted.get(known)
            if found is None and not only_trusted and known in self._sent:
                self._sent.move_to_end(known)
                found = self._sent[known]
        if found is None:
            # The words that clients of automatic persisted queries look for.
            raise _error(Code.PERSISTED_OPERATION_NOT_FOUND, "PersistedQueryNotFound")
        return found

    def _remember(self, known: str, text: str) -> None:
        if known not in self._sent:
            self._size += len(text)
        self._sent[known] = text
        self._sent.move_to_end(known)
        while self._size > SIZE:
            _, forgotten = self._sent.popitem(last=False)
            self._size -= len(forgotten)


def digest(text: str) -> str:
    """SHA-256 of a text, in 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def manifest(views: Views) -> str:
    """The trusted operations as JSON, in the form of Apollo's manifests, with their views.

    Raises ValueError for an operation that no view takes.
    """
    listed = []
    for name in operations.names():
        text = operations.text(name)
        taken = [view for view, caller in CALLERS.items() if _is_valid(views, caller, text)]
        if not taken:
            message = f"The operation {name} is valid in no view."
            raise ValueError(message)
        listed.append(
            {
                "id": digest(text),
                "name": name,
                "type": _kind(text),
                "body": text,
                "views": taken,
            }
        )
    whole = {"format": "apollo-persisted-query-manifest", "version": 1, "operations": listed}
    return json.dumps(whole, indent=2) + "\n"


def _is_valid(views: Views, caller: Caller, text: str) -> bool:
    return not views.of(caller).document(text).errors


def _kind(text: str) -> str:
    return next(
        each.operation.value
        for each in parse(text).definitions
        if isinstance(each, OperationDefinitionNode)
    )


def _hash(document_id: str | None, extensions: Any) -> str | None:
    """The hash in a request, as GraphQL over HTTP has it or as automatic persisted queries do."""
    asked = extensions.get("persistedQuery") if isinstance(extensions, Mapping) else None
    if document_id is not None:
        if not document_id.startswith(PREFIX):
            raise _error(Code.BAD_USER_INPUT, f"`documentId` must begin with {PREFIX}")
        return document_id.removeprefix(PREFIX)
    if asked is None:
        return None
    match asked:
        case {"version": 1, "sha256Hash": str(found)}:
            return found
    message = "`persistedQuery` must have `version` 1 and `sha256Hash`."
    raise _error(Code.BAD_USER_INPUT, message)


def _error(code: Code, message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": code})
