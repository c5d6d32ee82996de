"""Rule D9, in one place: how adherence to a form's metrics becomes a score.

Everything is counted in whole numbers and rounded once, half away from zero, to two decimals of
a point, so every database and every re-computation gives the same number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol


class Weights(Protocol):
    """What scoring needs of a metric: weights in parts, to two decimals."""

    @property
    def weight(self) -> float: ...
    @property
    def negative_weight(self) -> float: ...
    @property
    def fatal(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Score:
    """A scored form: `total` in points, -100 to 100, and the points each metric adds to it.

    `total` and `passed` are null where no metric applied; `points` is null for each that did not.
    A failed fatal metric makes the total 0 and leaves the metrics' own points as they are.
    """

    total: float | None
    passed: bool | None
    points: tuple[float | None, ...]


def hundredths(value: float) -> int:
    """A weight or score with two decimals as a whole number."""
    return round(value * 100)


def earned(metric: Weights, adherence: float) -> int:
    """w+ a - w- (1 - a), in hundredths of a weight times ten-thousandths of adherence."""
    kept = round(adherence * 10_000)
    return hundredths(metric.weight) * kept - hundredths(metric.negative_weight) * (10_000 - kept)


def score(
    metrics: Sequence[tuple[Weights, float | None]],
    *,
    pass_score: float,
) -> Score:
    """Score a form from each metric and its adherence, 0 to 1 or null for not applicable."""
    weight = sum(hundredths(metric.weight) for metric, a in metrics if a is not None)
    if weight == 0:
        return Score(None, None, (None,) * len(metrics))
    sums = [None if a is None else earned(metric, a) for metric, a in metrics]
    failed = any(metric.fatal and a == 0 for metric, a in metrics)
    total = 0.0 if failed else _points(sum(part for part in sums if part is not None), weight)
    return Score(
        total,
        not failed and total >= pass_score,
        tuple(None if part is None else _points(part, weight) for part in sums),
    )


def _points(part: int, weight: int) -> float:
    exact = Decimal(part) / (Decimal(weight) * 100)
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
