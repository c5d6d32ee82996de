"""What a decision about a type consists of."""

from dataclasses import dataclass, field

from tests.matrix.kinds import Who, read_coaching


@dataclass(frozen=True)
class Decided:
    """A type: who has it at all, its plain fields, and those that not all of these have.

    Who lacks one of `stripped` reads null or nothing there (V2); who lacks one of `absent` is
    told what a name that never existed is told. A field may be in both; then stripped is first.
    """

    who: Who
    fields: str
    stripped: dict[str, Who] = field(default_factory=dict)
    absent: dict[str, Who] = field(default_factory=dict)


THREE = "edges nodes pageInfo totalCount"


def page(who: Who) -> Decided:
    return Decided(who, THREE)


def edge(who: Who) -> Decided:
    return Decided(who, "cursor node")


def payload(who: Who, given: str) -> Decided:
    """What a mutation answers: coaching in it is for those only who read coaching."""
    names = given.split()
    coached: dict[str, Who] = {
        name: read_coaching for name in names if name.startswith("assignment")
    }
    others = [name for name in names if name not in coached]
    return Decided(who, " ".join([*others, "errors"]), absent=coached)
