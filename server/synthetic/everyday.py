"""Everyday conversations: those that no coaching is about, most of a busy workspace."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping

from server.synthetic import conversations
from server.synthetic.audits import Audits
from server.synthetic.organisation import Coached, Organisation

DAY = dt.timedelta(days=1)
DAYS = 90
"""How far back they go: as far as those that coaching is about."""

BATCH = 2_000
"""Most conversations that are made before they are written."""

AUDITED = 0.05
"""Share that somebody listens to without coaching in mind."""


def batches(shares: Mapping[Coached, int]) -> Iterator[list[Coached]]:
    """Split conversations, so many for each agent, into batches: an agent for each conversation."""
    agents = itertools.chain.from_iterable(itertools.starmap(itertools.repeat, shares.items()))
    while batch := list(itertools.islice(agents, BATCH)):
        yield batch


def hold(made: Organisation, agents: Iterable[Coached], now: dt.datetime) -> None:
    """Add a conversation for each of these, some of them audited, in the days before `now`."""
    chance, audits = made.rows.chance, Audits(made, now)
    for agent in agents:
        at = now - DAY * chance.randint(1, DAYS)
        at += dt.timedelta(seconds=chance.randint(8 * 3600, 19 * 3600))
        place = conversations.anywhere(made, agent)
        held = conversations.hold(made, agent, at, place=place, exchanges=chance.randint(1, 3))
        if chance.yes(AUDITED):
            audits.settled(held)
