"""Chance that repeats itself: the same seed gives the same ids, names and numbers."""

import datetime as dt
import random
import uuid
from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def _each(words: str) -> list[str]:
    return words.split()


FIRST_NAMES = _each(
    "Maya Daniel Aisha Lukas Priya Tomas Grace Omar Elena Kenji Sofia Marcus Ingrid Mateo Chloe "
    "Yusuf Hannah Andrei Lucia Samuel Mei Oliver Nadia Victor Amara Felix Rosa Ethan Leila Jonas "
    "Carmen Arjun Freya Diego Zainab Henrik Paula Isaac Noor Emil"
)
LAST_NAMES = _each(
    "Torres Okafor Rahman Weber Sharma Novak Kim Haddad Petrova Sato Rossi Johnson Larsen Silva "
    "Martin Demir Fischer Popescu Garcia Mensah Chen Wright Kowalska Ivanov Diallo Braun Santos "
    "Cooper Karimi Lindqvist Ortega Patel Nilsson Vargas Bello Hansen Moreau Cohen Aziz Keller"
)


class Chance(random.Random):
    """A random generator with the draws that made-up data needs."""

    def uuid(self) -> uuid.UUID:
        """A random id, as `uuid4` would give it."""
        return uuid.UUID(int=self.getrandbits(128), version=4)

    def yes(self, probability: float) -> bool:
        """True with this probability, 0 to 1."""
        return self.random() < probability

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, each as often as its weight says."""
        return self.choices(list(weights), list(weights.values()))[0]

    def between(self, first: dt.datetime, last: dt.datetime) -> dt.datetime:
        """A moment between two others, to the second."""
        seconds = int((last - first).total_seconds())
        return first + dt.timedelta(seconds=self.randint(0, max(0, seconds)))

    def person(self) -> str:
        """A first and a last name."""
        return f"{self.choice(FIRST_NAMES)} {self.choice(LAST_NAMES)}"
