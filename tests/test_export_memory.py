"""A long export by a real server: its memory does not grow with what is exported."""

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import sqlalchemy as sa

import models
from auth import token
from models import Role
from server import keys
from server.settings import Settings
from tests import serving
from tests.exporting import parsed
from tests.world import EVERYWHERE, NOW, World

ROWS = 5_000
MEBIBYTE = 1 << 20


def resident(process_id: int) -> int:
    """Bytes of memory that a process has."""
    return int(Path(f"/proc/{process_id}/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
async def test_memory_does_not_grow_with_an_export(world: World, database_url: str, tmp_path: Path):
    agent = await world.agent()
    user = await world.user(Role.QA, *EVERYWHERE)
    row = {
        "workspace_id": world.workspace_id,
        "agent_id": agent.id,
        "created_by_id": user.id,
        "name": "Coaching",
        "strengths": "Warm. " * 100,
        "assigned_at": NOW,
        "follow_up_on": NOW.date(),
    }
    async with world.database.write() as session:
        await session.execute(
            sa.insert(models.Assignment), [{**row, "id": uuid.uuid4()} for _ in range(ROWS)]
        )
    settings = Settings(development_key=tmp_path / "served.json")
    bearer = token.issue(
        keys.development(settings),
        issuer=settings.issuer,
        audience=settings.audience,
        user_id=user.id,
        now=dt.datetime.now(dt.UTC),
    )
    chosen = {"database_url": database_url, "development_key": str(tmp_path / "served.json")}
    with (
        (tmp_path / "log").open("w") as log,
        serving.serving("serve", output=log, **chosen) as (url, process),
    ):

        def export() -> Iterator[bytes]:
            headers = {"authorization": f"Bearer {bearer}"}
            with httpx2.stream("GET", f"{url}/export/assignments", headers=headers) as answer:
                yield from answer.iter_raw()

        first = b"".join(export())  # which loads whatever is loaded once
        before, peak, body = resident(process.pid), 0, b""
        for piece in export():
            body += piece
            peak = max(peak, resident(process.pid))
    assert body == first
    assert len(parsed(body)) == ROWS + 1
    assert len(body) > 4 * MEBIBYTE
    assert peak - before < 4 * MEBIBYTE
