"""The kinds of viewers, and the words in which the matrix says which of them it means.

Written from section 2 of the domain, and on purpose not from the product's permission classes:
a decision that repeats the code under test would prove nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from models import Permission, Role


@dataclass(frozen=True)
class Kind:
    """Somebody who signs in: an agent, or staff with one queue, all queues, or none."""

    name: str
    role: Role
    permissions: frozenset[Permission]
    queueless: bool = False

    def has(self, *permissions: Permission) -> bool:
        return self.permissions.issuperset(permissions)

    @property
    def reach(self) -> str:
        """What V1 and V6 tell apart: an agent, staff of one queue, of every queue, of none."""
        if self.role is Role.AGENT:
            return "agent"
        if self.has(Permission.CROSS_QUEUE_DATA_ACCESS):
            return "everywhere"
        return "queueless" if self.queueless else "limited"


def _kind(name: str, role: Role, *permissions: Permission, queueless: bool = False) -> Kind:
    return Kind(name, role, frozenset(permissions), queueless)


COACHING = Permission.COACHING_ASSIGNMENTS
QA = Permission.QA_FUNCTIONALITIES
CROSS = Permission.CROSS_QUEUE_DATA_ACCESS

KINDS = (
    _kind("agent", Role.AGENT, Permission.AGENT_DASHBOARD, COACHING),
    _kind(
        "agent who sees marks",
        Role.AGENT,
        Permission.AGENT_DASHBOARD,
        COACHING,
        Permission.MARKED_FOR_COACHING_VIEW,
    ),
    _kind("agent with all permissions", Role.AGENT, *Permission),
    _kind("agent with marks alone", Role.AGENT, Permission.MARKED_FOR_COACHING_VIEW),
    _kind("agent without the dashboard", Role.AGENT, COACHING),
    _kind(
        "agent with all but the dashboard",
        Role.AGENT,
        *(set(Permission) - {Permission.AGENT_DASHBOARD}),
    ),
    _kind("agent without permissions", Role.AGENT),
    _kind("supervisor without permissions", Role.SUPERVISOR),
    _kind("supervisor of one queue", Role.SUPERVISOR, COACHING),
    _kind("supervisor without queues", Role.SUPERVISOR, COACHING, QA, queueless=True),
    _kind("supervisor with QA functionalities", Role.SUPERVISOR, COACHING, QA),
    _kind("supervisor of all queues", Role.SUPERVISOR, COACHING, QA, CROSS),
    _kind("supervisor who marks only", Role.SUPERVISOR, QA),
    _kind("supervisor of settings", Role.SUPERVISOR, Permission.MANAGE_SETTINGS),
    _kind("supervisor of settings and marks", Role.SUPERVISOR, QA, Permission.MANAGE_SETTINGS),
    _kind("QA user of one queue", Role.QA, COACHING, Permission.MANAGE_SETTINGS),
    _kind("QA user with all but other queues", Role.QA, *(set(Permission) - {CROSS})),
    _kind("QA user with all permissions", Role.QA, *Permission),
    _kind("partner without scopes", Role.PARTNER),
    _kind("partner who imports", Role.PARTNER, Permission.IMPORT_CONVERSATIONS),
    _kind("partner who reads coaching", Role.PARTNER, COACHING),
    _kind("partner who reads marks", Role.PARTNER, QA),
    _kind("partner with all scopes", Role.PARTNER, *Permission),
)

Who = Callable[[Kind], bool]


def everybody(_: Kind) -> bool:
    return True


def agents(kind: Kind) -> bool:
    return kind.role is Role.AGENT


def staff(kind: Kind) -> bool:
    """Supervisors, QA users and partners."""
    return kind.role is not Role.AGENT


def coaches(kind: Kind) -> bool:
    """Supervisors and QA users: they audit and settle disputes by their role."""
    return kind.role in {Role.SUPERVISOR, Role.QA}


def people(kind: Kind) -> bool:
    """All but machine clients, which act on nothing."""
    return kind.role is not Role.PARTNER


def read_coaching(kind: Kind) -> bool:
    """Own assignments need both of an agent's permissions; all assignments need one."""
    if agents(kind):
        return kind.has(Permission.AGENT_DASHBOARD, COACHING)
    return kind.has(COACHING)


def review_coaching(kind: Kind) -> bool:
    """Agents at work on their own assignments (W2)."""
    return agents(kind) and read_coaching(kind)


def answer_evaluations(kind: Kind) -> bool:
    return agents(kind) and kind.has(COACHING)


def manage_coaching(kind: Kind) -> bool:
    """Create coaching, mark, group and dispatch; read whatever is about groups."""
    return coaches(kind) and kind.has(QA)


def read_marks(kind: Kind) -> bool:
    """An agent's own; all others are for who may manage coaching, and for machines to export."""
    return kind.has(Permission.MARKED_FOR_COACHING_VIEW if agents(kind) else QA)


def manage_settings(kind: Kind) -> bool:
    return coaches(kind) and kind.has(Permission.MANAGE_SETTINGS)


def read_figures(kind: Kind) -> bool:
    """The dashboard, which says how much coaching there is (B1)."""
    return coaches(kind) or (staff(kind) and kind.has(COACHING))


def imports(kind: Kind) -> bool:
    """Send conversations from outside (I1)."""
    return staff(kind) and kind.has(Permission.IMPORT_CONVERSATIONS)


def both(*all_of: Who) -> Who:
    return lambda kind: all(who(kind) for who in all_of)
