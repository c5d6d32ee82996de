"""What customers and agents say: scripts with a good and a poor answer to each thing said."""

from collections.abc import Iterator
from dataclasses import dataclass

from models import Speaker
from server.synthetic.chance import Chance


@dataclass(frozen=True, slots=True)
class Exchange:
    """Something a customer says, and how an agent answers on a good and on a poor day."""

    customer: str
    good: str
    poor: str


@dataclass(frozen=True, slots=True)
class Script:
    """A conversation that may be had again and again, on one queue."""

    queue: str
    topic: str
    intent: str
    summary: str
    exchanges: tuple[Exchange, ...]


def script(queue: str, topic: str, intent: str, summary: str, *said: str) -> Script:
    """A script from its texts: customer, good answer, poor answer, and so on."""
    exchanges = zip(said[::3], said[1::3], said[2::3], strict=True)
    return Script(queue, topic, intent, summary, tuple(Exchange(*texts) for texts in exchanges))


def speak(
    chance: Chance, chosen: Script, *, agent: str, exchanges: int, quality: float
) -> Iterator[tuple[Speaker, str]]:
    """Play a script's first `exchanges`; `quality`, 0 to 1, is how often the answer is good."""
    slots = {
        "agent": agent.split(maxsplit=1)[0],
        "customer": chance.person().split()[0],
        "order": f"{chance.randint(10_000_000, 99_999_999)}",
        "amount": f"{chance.randint(12, 240)}.{chance.randint(0, 99):02}",
        "product": chance.choice(("router", "tablet", "headset", "smart speaker", "laptop")),
        "day": chance.choice(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")),
    }
    for exchange in chosen.exchanges[:exchanges]:
        yield Speaker.CUSTOMER, exchange.customer.format_map(slots)
        answer = exchange.good if chance.yes(quality) else exchange.poor
        yield Speaker.AGENT, answer.format_map(slots)
