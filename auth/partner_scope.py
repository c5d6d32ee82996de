"""What the scopes of partners' tokens allow (OAuth's; which rows is `auth.scope`'s matter)."""

from collections.abc import Iterable, Mapping

from models import Permission

SCOPES: Mapping[str, Permission] = {
    permission.lower(): permission
    for permission in (
        Permission.COACHING_ASSIGNMENTS,
        Permission.CROSS_QUEUE_DATA_ACCESS,
        Permission.IMPORT_CONVERSATIONS,
        Permission.QA_FUNCTIONALITIES,
    )
}
"""Each scope by its name, and the permission that it lets through: those that partners use."""


def permissions(scopes: Iterable[str]) -> frozenset[Permission]:
    """The permissions that scopes let through; a scope that there isn't lets nothing through."""
    return frozenset(SCOPES[name] for name in scopes if name in SCOPES)
