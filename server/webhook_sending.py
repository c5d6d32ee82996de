"""Sending one delivery over HTTP, signed as Standard Webhooks has it, and judging the answer.

Signed by the library of those who wrote it down: it is small, and what it signs theirs verify.
"""

import asyncio
import datetime as dt
import email.utils
import re
import ssl
import urllib.parse
from typing import Protocol

import httpcore2
import standardwebhooks

from models import Webhook, WebhookDelivery, webhook
from resolvers.webhook_delivery import Outcome
from server.webhook_address import Forbidden, Guard

CONNECT_SECONDS = 5
WHOLE_SECONDS = 15
"""How long a try may take from its beginning to the end of the answer."""

KEEP_SECONDS = 10
"""For how long a connection that nobody uses is kept for the next delivery."""

MOST_BYTES = 4_096
"""As much of an answer's body is read, and thrown away; what goes on is cut off."""

MOST_CONNECTIONS = 64


class Sender(Protocol):
    """Tries deliveries."""

    async def send(self, to: Webhook, delivery: WebhookDelivery, now: dt.datetime) -> Outcome:
        """Try a delivery once. Raises nothing for whatever the receiver does."""


class HttpSender:
    """Tries deliveries over HTTP. Follows no redirect, and knows no proxy.

    The library below httpx, because that has a place for the guard, and because it brings nothing
    along that would have to be turned off.
    """

    def __init__(self, guard: Guard, tls: ssl.SSLContext | None = None) -> None:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=MOST_CONNECTIONS,
            keepalive_expiry=KEEP_SECONDS,
            network_backend=guard,
        )

    async def send(self, to: Webhook, delivery: WebhookDelivery, now: dt.datetime) -> Outcome:
        """Try a delivery once."""
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                return await self._send(to, delivery, now)
        except httpcore2.ConnectTimeout:
            return Outcome(error=f"no connection within {CONNECT_SECONDS} seconds")
        except (TimeoutError, httpcore2.TimeoutException):
            return Outcome(error=f"no answer within {WHOLE_SECONDS} seconds")
        except Forbidden as error:
            return Outcome(error=_short(f"not allowed: {error}"))
        except httpcore2.ConnectError as error:
            return Outcome(error=_short(f"no connection: {error}"))
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
            return Outcome(error=_short(f"no proper answer: {error}"))

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.aclose()

    async def _send(self, to: Webhook, delivery: WebhookDelivery, now: dt.datetime) -> Outcome:
        body = webhook.payload(delivery)
        async with self._pool.stream(
            "POST",
            to.url,
            headers=headers(to, str(delivery.event_id), body, now),
            content=body.encode(),
            extensions={"timeout": {"connect": CONNECT_SECONDS}},
        ) as answer:
            read = 0
            async for chunk in answer.aiter_stream():
                read += len(chunk)
                if read > MOST_BYTES:
                    break
        return _judged(answer, now)


def headers(
    to: Webhook, event_id: str, body: str, now: dt.datetime
) -> dict[bytes | str, bytes | str]:
    """What is sent before a body: its id, the time of this try, and both signed with it."""
    return {
        # With the brackets of an IPv6 address, which the library leaves out.
        "host": urllib.parse.urlsplit(to.url).netloc,
        "content-type": "application/json",
        "user-agent": "coaching-webhooks",
        "webhook-id": event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": standardwebhooks.Webhook(to.secret).sign(event_id, now, body),
    }


def _judged(answer: httpcore2.Response, now: dt.datetime) -> Outcome:
    status = answer.status
    if 200 <= status < 300:  # noqa: PLR2004 - HTTP's own numbers
        return Outcome(status=status)
    error = f"answered {status}"
    if 300 <= status < 400:  # noqa: PLR2004
        error += ", and redirects are not followed"
    given = {name.lower(): value for name, value in answer.headers}
    return Outcome(status=status, error=error, asked=_asked(given.get(b"retry-after"), now))


def _asked(header: bytes | None, now: dt.datetime) -> float:
    """The seconds of a Retry-After, which has a number of them, or a date."""
    text = (header or b"").decode("latin-1").strip()
    if re.fullmatch("[0-9]{1,9}", text):
        return float(text)
    try:
        until = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return 0
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0, (until - now).total_seconds())


def _short(error: str) -> str:
    return " ".join(error.split())[: webhook.REASON_LENGTH]
