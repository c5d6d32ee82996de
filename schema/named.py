"""What lists by name have in common."""

from typing import Annotated

import strawberry

Search = Annotated[
    str | None,
    strawberry.argument(description="Only those with this text in the name, in any case."),
]
