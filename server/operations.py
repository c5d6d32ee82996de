"""The named operations that come with the product (`graphql/operations`)."""

import pathlib

HERE = pathlib.Path(__file__).parent
PACKED = HERE / "_graphql"
"""Where the wheel has them; a checkout has them beside its packages."""


def folder() -> pathlib.Path:
    """The folder with the schema files and `operations`."""
    return PACKED if PACKED.is_dir() else HERE.parent / "graphql"


def names() -> list[str]:
    """The names of all operations."""
    return sorted(path.stem for path in (folder() / "operations").glob("*.graphql"))


def text(name: str) -> str:
    """The document of a named operation. Raises FileNotFoundError where there is none."""
    return (folder() / "operations" / f"{name}.graphql").read_text(encoding="utf-8")
