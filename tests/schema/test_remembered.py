"""Documents are prepared once, beside the event loop, and forgotten when there are many."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from graphql import DocumentNode, GraphQLError

from schema import remembered
from schema.document import Document
from schema.remembered import Remembered


class Preparing:
    """Counts what it prepares, and in which threads."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.threads: set[threading.Thread] = set()

    def __call__(self, text: str) -> Document:
        self.texts.append(text)
        self.threads.add(threading.current_thread())
        if text == "wrong":
            raise GraphQLError(text)
        return Document(DocumentNode(definitions=()), [])


async def test_a_document_is_prepared_once_in_another_thread_however_many_ask_at_once():
    preparing = Preparing()
    with ThreadPoolExecutor(1) as thread:
        documents = Remembered(preparing, thread)
        found = await asyncio.gather(*(documents.soon("a") for _ in range(5)))
        assert {id(each) for each in found} == {id(documents("a"))}
    assert preparing.texts == ["a"]
    assert threading.current_thread() not in preparing.threads


async def test_one_that_is_none_raises_and_is_not_remembered():
    with ThreadPoolExecutor(1) as thread:
        documents = Remembered(Preparing(), thread)
        for _ in range(2):
            with pytest.raises(GraphQLError, match="wrong"):
                await documents.soon("wrong")
        assert len(documents) == 0


def test_those_that_were_not_asked_for_longest_are_forgotten(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(remembered, "SIZE", 4)
    preparing = Preparing()
    with ThreadPoolExecutor(1) as thread:
        documents = Remembered(preparing, thread)
        for text in ("aa", "bb", "aa", "cc", "aa", "bb"):
            documents(text)
    assert preparing.texts == ["aa", "bb", "cc", "bb"]
    assert len(documents) == 2
