"""Who settles the disputes of a form: its pool, and whom it may name (D3)."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from auth import scope
from auth.viewer import Viewer
from models import Action, EvaluationForm, EvaluationFormAuditor, User, mark
from models.errors import Code, Refusal
from models.evaluation import AUDITORS
from models.evaluation_form import POOL
from resolvers import audit
from resolvers.assignment_parts import not_found
from resolvers.audit import About
from resolvers.operation import Operation
from resolvers.page import Listing, Order, Parts

Ids = tuple[uuid.UUID, ...]


def auditors() -> Listing:
    """Those whom a pool may name, by name."""

    def parts(viewer: Viewer) -> Parts:
        audits = User.role.in_(AUDITORS)
        return [(User, scope.select(User, viewer).where(audits, User.disabled_at.is_(None)))]

    return Listing(order=Order(keys=("name", "id"), binding=("auditors",)), parts=parts)


async def update_auditors(
    operation: Operation, *, form_id: uuid.UUID, user_ids: Ids, expected: Ids | None = None
) -> EvaluationForm:
    """Set the pool of a version of a form; nobody named is everybody (D3).

    The list is the whole pool: of two at once the later one stands, never a mixture, and with
    `expected` it is refused unless the pool still is that. Open disputes stay with their
    assignees. A pool given as it is changes nothing. Raises Refusal: NOT_FOUND, STALE, INVALID.
    """
    viewer = operation.viewer
    mark.each_once(user_ids, "userIds", at_least=0, at_most=POOL)
    async with operation.write() as session:
        found = await _locked(session, viewer, form_id)
        before = await _pool(session, found)
        if expected is not None and set(expected) != set(before):
            message = "Somebody changed the auditors of this form."
            raise Refusal(Code.STALE, message, ["expectedUserIds"])
        if set(user_ids) == set(before):
            return found
        await _require_auditors(session, viewer, user_ids)
        await _replace(session, found, user_ids)
        told = {"form_id": form_id, "auditor_ids": await _pool(session, found)}
        action = Action.FORM_UPDATED
        was = {"auditor_ids": before}
        audit.record(session, viewer, action, About(), before=was, after=told)
    return found


async def _locked(session: AsyncSession, viewer: Viewer, form_id: uuid.UUID) -> EvaluationForm:
    """The form, whose pool nobody else changes until the end; it may be scored by meanwhile."""
    reached = scope.select(EvaluationForm, viewer).where(EvaluationForm.id == form_id)
    found = await session.scalar(reached.with_for_update(key_share=True))
    if found is None:
        raise not_found("form", "formId")
    return found


async def _pool(session: AsyncSession, form: EvaluationForm) -> Sequence[uuid.UUID]:
    """Those whom a form's pool names, by name."""
    link = EvaluationFormAuditor
    joined = (User.workspace_id == link.workspace_id) & (User.id == link.user_id)
    rows = await session.scalars(
        sa.select(User.id)
        .join(link, joined)
        .where(link.workspace_id == form.workspace_id, link.form_id == form.id)
        .order_by(User.name, User.id)
    )
    return rows.all()


async def _require_auditors(session: AsyncSession, viewer: Viewer, user_ids: Ids) -> None:
    """Raise Refusal unless all are supervisors or QA users who may sign in."""
    chosen = scope.select(User, viewer).where(User.id.in_(user_ids), User.role.in_(AUDITORS))
    found = {user.id: user for user in await session.scalars(chosen)}
    for number, key in enumerate(user_ids):
        path = ("userIds", str(number))
        if key not in found:
            raise not_found("auditor", *path)
        if found[key].disabled_at is not None:
            raise Refusal(Code.INVALID, "This user may not sign in any more.", path)


async def _replace(session: AsyncSession, form: EvaluationForm, user_ids: Ids) -> None:
    link = EvaluationFormAuditor
    await session.execute(
        sa.delete(link)
        .where(link.workspace_id == form.workspace_id, link.form_id == form.id)
        .execution_options(synchronize_session=False)
    )
    session.add_all(
        link(workspace_id=form.workspace_id, form_id=form.id, user_id=key) for key in user_ids
    )
    await session.flush()
