"""Viewers as statements know them: one stands for all of a kind.

A statement that is made for the stand-in is made once for the kind, and given each viewer's ids.
"""

import dataclasses
from typing import Any

import sqlalchemy as sa

from auth.viewer import Viewer

WORKSPACE, USER, AGENT = "viewer_workspace", "viewer_user", "viewer_agent"


_KIND = ("role", "permissions", "accept_and_dispute", "auto_qa", "hide_auditor_details")


def kind(viewer: Viewer) -> tuple[Any, ...]:
    """What statements depend on of a viewer beside the ids."""
    return tuple([getattr(viewer, name) for name in _KIND])


def stand_in(viewer: Viewer) -> Viewer:
    """Somebody who stands for all viewers of one kind: the ids are parameters of statements."""
    ids: dict[str, Any] = {
        field: sa.bindparam(name, type_=sa.Uuid())
        for field, name in (("workspace_id", WORKSPACE), ("user_id", USER), ("agent_id", AGENT))
    }
    return dataclasses.replace(viewer, **ids)


def ids(viewer: Viewer) -> dict[str, Any]:
    """The values of those parameters for one viewer."""
    return {
        WORKSPACE: viewer.workspace_id,
        USER: viewer.user_id,
        AGENT: viewer.agent_id,
    }
