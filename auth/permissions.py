"""Who may see and use what: one permission class for each decision, read as one table.

A class is put on a field, type, argument, input field or enum value, and works twice. The view
builder (`schema.view`) asks `allows` and leaves the element out for those who lack it: *absent*,
like a name that never existed, or *stripped*, a field that an operation may carry and that
answers null. At run time it is asked again, as a second lock.
"""

from typing import Any, ClassVar

from strawberry.permission import BasePermission

from auth.viewer import Caller
from models import Permission, Role

COACHES = frozenset({Role.SUPERVISOR, Role.QA})
STAFF = COACHES | {Role.PARTNER}

OWN_COACHING = (Permission.AGENT_DASHBOARD, Permission.COACHING_ASSIGNMENTS)


class Needs(BasePermission):
    """A decision about a kind of thing; which rows of it is another matter (`auth.scope`)."""

    stripped: ClassVar[bool] = False
    message = "You may not use this."
    error_extensions = {"code": "FORBIDDEN"}  # noqa: RUF012 - Strawberry declares it so

    @staticmethod
    def allows(caller: Caller) -> bool:
        """Whether the caller may see and use what carries this class."""
        raise NotImplementedError

    def has_permission(self, source: Any, info: Any, **_: Any) -> bool:  # noqa: ARG002
        """Strawberry's question, asked at run time."""
        return self.allows(info.context.viewer)


def _is_staff(caller: Caller) -> bool:
    return caller.role in STAFF


def _is_coach(caller: Caller) -> bool:
    return caller.role in COACHES


def _acts(caller: Caller) -> bool:
    return _answers_evaluations(caller) or _is_coach(caller)


def _is_agent(caller: Caller) -> bool:
    return caller.is_agent


def _reads_assignments(caller: Caller) -> bool:
    if caller.is_agent:
        return caller.has(*OWN_COACHING)
    return caller.has(Permission.COACHING_ASSIGNMENTS)


def _reviews_own(caller: Caller) -> bool:
    return caller.is_agent and caller.has(*OWN_COACHING)


def _manages_coaching(caller: Caller) -> bool:
    return _is_coach(caller) and caller.has(Permission.QA_FUNCTIONALITIES)


def _reads_marks(caller: Caller) -> bool:
    if caller.is_agent:
        return caller.has(Permission.MARKED_FOR_COACHING_VIEW)
    return _reads_all_marks(caller)


def _reads_all_marks(caller: Caller) -> bool:
    return _is_staff(caller) and caller.has(Permission.QA_FUNCTIONALITIES)


def _reads_dashboard(caller: Caller) -> bool:
    return _is_coach(caller) or (_is_staff(caller) and caller.has(Permission.COACHING_ASSIGNMENTS))


def _answers_evaluations(caller: Caller) -> bool:
    return caller.is_agent and caller.has(Permission.COACHING_ASSIGNMENTS)


def _manages_settings(caller: Caller) -> bool:
    return _is_coach(caller) and caller.has(Permission.MANAGE_SETTINGS)


def _imports(caller: Caller) -> bool:
    return _is_staff(caller) and caller.has(Permission.IMPORT_CONVERSATIONS)


class IsAgent(Needs):
    """Agents only."""

    allows = staticmethod(_is_agent)


class IsStaff(Needs):
    """Supervisors, QA users and partners."""

    allows = staticmethod(_is_staff)


class IsCoach(Needs):
    """Supervisors and QA users: they audit, settle disputes, and bookmark."""

    allows = staticmethod(_is_coach)


class StaffDetail(Needs):
    """A field that only staff have a use for; an agent's answer has null there."""

    allows = staticmethod(_is_staff)
    stripped = True


class CoachDetail(Needs):
    """A field for auditing and settling disputes; agents and partners have null there."""

    allows = staticmethod(_is_coach)
    stripped = True


class ActsOnCoaching(Needs):
    """What one may do to an object: agents who answer and coaches; a partner acts on nothing."""

    allows = staticmethod(_acts)
    stripped = True


class ReadsProgress(Needs):
    """How scores changed since coaching was assigned: the monitor's, by role (C5)."""

    allows = staticmethod(_is_coach)
    stripped = True


class ReadsDashboard(Needs):
    """Figures about all coaching in reach: by role, and for partners who read coaching (B1)."""

    allows = staticmethod(_reads_dashboard)


class ReadsAssignments(Needs):
    """Reading assignments: an agent's own, or those within a supervisor's reach."""

    allows = staticmethod(_reads_assignments)


class ReviewsOwnCoaching(Needs):
    """An agent working through their own coaching (W2 to W4)."""

    allows = staticmethod(_reviews_own)


class AnswersEvaluations(Needs):
    """An agent accepting or disputing the scores of their own evaluations (D2, D5)."""

    allows = staticmethod(_answers_evaluations)


class ReadsMarks(Needs):
    """Marks: an agent's own active ones, or all in reach of who manages coaching or exports it."""

    allows = staticmethod(_reads_marks)


class ReadsAllMarks(Needs):
    """Others' marks, in whatever state."""

    allows = staticmethod(_reads_all_marks)


class ManagesSettings(Needs):
    """Changing the workspace's settings."""

    allows = staticmethod(_manages_settings)


class Imports(Needs):
    """Sending conversations, and what belongs to them, from outside (I1)."""

    allows = staticmethod(_imports)


class ManagesCoaching(Needs):
    """Creating coaching, and everything about groups: roots, types, arguments, values."""

    allows = staticmethod(_manages_coaching)


class SeesGroups(Needs):
    """A field about groups on a type that others see, too (V2): they get null or nothing."""

    allows = staticmethod(_manages_coaching)
    stripped = True


ALL: tuple[type[Needs], ...] = (
    IsAgent,
    IsStaff,
    IsCoach,
    StaffDetail,
    CoachDetail,
    ActsOnCoaching,
    ReadsProgress,
    ReadsDashboard,
    ReadsAssignments,
    ReviewsOwnCoaching,
    AnswersEvaluations,
    ReadsMarks,
    ReadsAllMarks,
    ManagesSettings,
    Imports,
    ManagesCoaching,
    SeesGroups,
)
