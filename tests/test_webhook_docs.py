"""What docs/webhooks.md says to partners: its tables, its example, and its code, which is run."""

import datetime as dt
import json
import re
import shutil
import subprocess
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import standardwebhooks

from models import EventKind, Webhook, WebhookDelivery, webhook
from server import webhook_sending, webhook_worker
from server.command import main
from server.webhook import group

PAGE = (Path(__file__).parents[1] / "docs" / "webhooks.md").read_text(encoding="utf-8")
SECRET = "whsec_" + "c2VjcmV0" * 5 + "c2U="


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def delivery(kind: EventKind = EventKind.MARK_CHANGED) -> WebhookDelivery:
    return WebhookDelivery(
        event_id=uuid.uuid4(),
        kind=kind,
        at=dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC),
        subject_id=uuid.UUID("00000000-0000-4000-8000-000000000001"),
        agent_id=None,
    )


def sent(now: dt.datetime) -> tuple[dict[str, str], bytes]:
    """Headers and body as they are sent."""
    one = delivery()
    body = webhook.payload(one)
    to = Webhook(url="https://partner.example/hook", secret=SECRET)
    headers = webhook_sending.headers(to, str(one.event_id), body, now)
    return {str(name): str(value) for name, value in headers.items()}, body.encode()


def in_python(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    names: dict[str, Any] = {}
    exec(block("python"), names)  # noqa: S102 - it is the page's own
    return bool(names["verified"](secret, headers, body))


def in_node(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node")
    given = ", ".join(json.dumps(each) for each in (secret, headers, body.decode()))
    script = f"{block('js')}\nconsole.log(verified({given}));"
    done = subprocess.run([node, "-e", script], capture_output=True, check=True, text=True)
    return done.stdout == "true\n"


def by_the_library(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    try:
        standardwebhooks.Webhook(secret).verify(body, dict(headers))
    except standardwebhooks.WebhookVerificationError:
        return False
    return True


@pytest.mark.parametrize("verified", [in_python, in_node, by_the_library])
def test_what_is_sent_is_verified_and_nothing_else_is(verified: Any):
    now = dt.datetime.now(dt.UTC)
    headers, body = sent(now)
    assert verified(SECRET, headers, body)
    signature = headers["webhook-signature"]
    assert verified(SECRET, {**headers, "webhook-signature": f"v1,AAAA {signature}"}, body)
    assert not verified(SECRET, headers, body.replace(b"mark", b"Mark"))
    assert not verified(SECRET, {**headers, "webhook-id": str(uuid.uuid4())}, body)
    assert not verified(SECRET, {**headers, "webhook-signature": "v1,AAAA"}, body)
    assert not verified("whsec_" + "b3RoZXIg" * 5 + "b3Q=", headers, body)
    old = now - dt.timedelta(minutes=6)
    assert not verified(SECRET, *sent(old))


def test_the_example_is_what_is_sent():
    assert json.loads(block("json")) == json.loads(webhook.payload(delivery()))


def test_the_table_of_events_has_every_kind():
    rows = re.findall(r"^\| `([A-Z_]+)` \| `(\S+)` \| `(\w+)` \|$", PAGE, re.MULTILINE)
    assert rows == [
        (
            kind.value,
            webhook.event_type(kind),
            json.loads(webhook.payload(delivery(kind)))["data"]["kind"],
        )
        for kind in EventKind
    ]


def test_the_table_of_waits_is_that_of_the_product():
    rows = re.findall(r"^\| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    assert [(int(number), int(seconds)) for number, seconds in rows] == list(
        enumerate(webhook.WAITS, 1)
    )
    kept = [webhook.KEPT[state].days for state in ("DELIVERED", "DEAD")]
    assert f"after {kept[0]} days, dead letters after {kept[1]}" in PAGE
    for told in (
        f"again, {webhook.TRIES} times in all",
        f"within {webhook_sending.WHOLE_SECONDS} seconds",
        (
            f"at most {webhook_worker.MOST_AT_ONCE} tries at one webhook at once, "
            f"{webhook_sending.MOST_CONNECTIONS} in all"
        ),
        f"{webhook.GONE} disables",
    ):
        assert told in PAGE


def test_every_command_is_told():
    assert main.commands["webhook"] is group
    told = set(re.findall(r"coaching webhook (\w+)", PAGE))
    assert told == set(group.commands)
