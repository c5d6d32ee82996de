"""What README and docs say: their documents, commands, tables and links."""

import dataclasses
import functools
import re
from pathlib import Path

import click
import pytest

from models.errors import Code
from schema import root
from schema.export import EXPORTS
from schema.view import CALLERS, Views
from server import operations
from server.command import main
from server.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^ {4}.*$", re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")
ASKED = re.compile(r"^ask (\w+)@\S+ '([^']*)'", re.MULTILINE)
COMMAND = re.compile(r"(?<![\w-])coaching ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ROW = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


@functools.cache
def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@functools.cache
def views() -> Views:
    return root.build()


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return INDENTED.sub("", FENCED.sub("", text(page)))


def code(page: Path) -> list[str]:
    """What is printed as code on a page, but for documents and answers."""
    blocks = [
        block for kind, block in FENCED.findall(text(page)) if kind not in {"graphql", "json"}
    ]
    unfenced = FENCED.sub("", text(page))
    return [*blocks, *INDENTED.findall(unfenced), *INLINE.findall(unfenced)]


def problems(caller: str, document: str) -> list[str]:
    """What is wrong with a document in the view of a kind of caller."""
    view = views().of(CALLERS[caller])
    return [error.message for error in view.document(document).errors or ()]


def section(page: Path, heading: str) -> str:
    """The text under a heading, up to the next one of its level."""
    _, found, rest = text(page).partition(f"\n## {heading}\n")
    assert found, f"{page.name} has no heading {heading!r}"
    return rest.partition("\n## ")[0]


def anchors(page: Path) -> set[str]:
    """What a link into a page may point to."""
    names = HEADING.findall(prose(page))
    return {re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-") for name in names}


DOCUMENTS = [
    pytest.param(block, id=f"{page.name} {number}")
    for page in PAGES
    for number, block in enumerate(
        (block for kind, block in FENCED.findall(text(page)) if kind == "graphql"), 1
    )
]
LINKS = [
    pytest.param(page, link, id=f"{page.name} {link}")
    for page in PAGES
    for link in LINK.findall(prose(page))
    if "://" not in link
]
OPERATIONS = ROOT / "docs" / "operations.md"
AUTHENTICATION = ROOT / "docs" / "authentication.md"
WORKFLOW = ROOT / "docs" / "workflow.md"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_printed_document_is_valid_for_somebody(document: str):
    wrong = {caller: problems(caller, document) for caller in CALLERS}
    assert [] in wrong.values(), wrong


@pytest.mark.parametrize(("caller", "query"), ASKED.findall(text(ROOT / "README.md")))
def test_a_query_of_the_readme_is_valid_for_who_asks_it(caller: str, query: str):
    assert problems(caller, query) == []


def test_the_readme_has_a_query_for_each_kind_of_caller():
    asked = [caller for caller, _ in ASKED.findall(text(ROOT / "README.md"))]
    assert sorted(asked) == sorted(CALLERS)


def test_the_table_of_operations_names_all_of_them_and_no_others():
    named = ROW.findall(section(OPERATIONS, "Named operations"))
    assert sorted(named) == operations.names()


@pytest.mark.parametrize("name", operations.names())
def test_the_table_of_operations_has_their_variables(name: str):
    row = rf"^\| `{name}` \| ([^|]*) \|"
    found = re.search(row, section(OPERATIONS, "Named operations"), re.MULTILINE)
    assert found is not None
    assert INLINE.findall(found[1]) == re.findall(
        r"\$(\w+):", operations.text(name).partition("{")[0]
    )


def test_the_table_of_refusals_has_every_code_and_no_other():
    assert ROW.findall(section(WORKFLOW, "Codes of refusals")) == sorted(Code)


def test_the_settings_of_signing_in_with_a_browser_are_those_that_there_are():
    told = ROW.findall(section(AUTHENTICATION, "With a browser"))
    named = [f"COACHING_{field.name.upper()}" for field in dataclasses.fields(Settings)]
    assert told == [name for name in named if "OIDC" in name or "SESSION" in name]


def test_the_table_of_exports_names_all_of_them_and_no_others():
    page = ROOT / "docs" / "exporting.md"
    assert re.findall(r"^\| `/export/(\w+)` \|", text(page), re.MULTILINE) == list(EXPORTS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_printed_exists(page: Path):
    for first, second in COMMAND.findall("\n".join(code(page))):
        assert first in main.commands
        command = main.commands[first]
        if isinstance(command, click.Group):
            assert second in command.commands


@pytest.mark.parametrize(("page", "link"), LINKS)
def test_a_link_leads_to_a_file_and_to_a_heading_in_it(page: Path, link: str):
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    assert target.exists()
    if anchor:
        assert anchor in anchors(target)
