"""What the samples say: ratios of medians, with the quartiles of the rounds."""

import statistics
from collections.abc import Callable, Iterable

from benchmarks.measure import Sample

PEERS = ("postgraphile", "mercurius")
Table = list[list[str]]
COSTS: dict[str, Callable[[Sample], float]] = {
    "p50 ms": lambda each: each.p50,
    "p99 ms": lambda each: each.p99,
    "CPU ms": lambda each: each.cpu,
    "database CPU ms": lambda each: each.database_cpu,
    "load CPU ms": lambda each: each.load_cpu,
}


def chosen(samples: Iterable[Sample], server: str, work: str, connections: int) -> list[Sample]:
    """The rounds of one server at one work."""
    which = (server, work, connections)
    return [each for each in samples if (each.server, each.work, each.connections) == which]


def ratio(mine: list[float], other: list[float]) -> tuple[float, float, float]:
    """The ratio of the medians, and the quartiles of the rounds' own ratios."""
    low, high = quartiles([one / two for one, two in zip(mine, other, strict=True)])
    return statistics.median(mine) / statistics.median(other), low, high


def quartiles(values: list[float]) -> tuple[float, float]:
    """The first and the third; of a single value itself."""
    if len(values) == 1:
        return values[0], values[0]
    low, _, high = statistics.quantiles(values, n=4)
    return low, high


def better(samples: list[Sample], work: str, connections: int) -> str | None:
    """The peer that answers more requests a second."""
    found = {
        peer: statistics.median(each.per_second for each in rounds)
        for peer in PEERS
        if (rounds := chosen(samples, peer, work, connections))
    }
    return max(found, key=lambda peer: found[peer]) if found else None


def ratios(samples: list[Sample]) -> Table:
    """Requests a second of the product, as ratios to each of the others."""
    table = [
        ["work", "connections", *(f"to {peer}" for peer in PEERS), "to the better", "to the limit"]
    ]
    for work, connections in dict.fromkeys((each.work, each.connections) for each in samples):
        mine = [each.per_second for each in chosen(samples, "product", work, connections)]
        row = [work, str(connections)]
        for other in (*PEERS, better(samples, work, connections), "limit"):
            theirs = [each.per_second for each in chosen(samples, other or "", work, connections)]
            row.append(_ratio(mine, theirs))
        table.append(row)
    return table


def _ratio(mine: list[float], theirs: list[float]) -> str:
    if not mine or not theirs:
        return ""
    middle, low, high = ratio(mine, theirs)
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def figures(samples: list[Sample], peaks: dict[str, float]) -> Table:
    """Medians of all that was measured."""
    table = [["work", "connections", "server", "requests/s", *COSTS, "peak MB"]]
    for work, connections, server in dict.fromkeys(
        (each.work, each.connections, each.server) for each in samples
    ):
        rounds = chosen(samples, server, work, connections)
        rate = f"{statistics.median(each.per_second for each in rounds):.0f}"
        costs = [f"{statistics.median(map(cost, rounds)):.2f}" for cost in COSTS.values()]
        peak = f"{peaks[server] / 1e6:.0f}"
        table.append([work, str(connections), server, rate, *costs, peak])
    return table


def counted(statements: dict[str, dict[str, float]]) -> Table:
    """Statements of a request, by work and server."""
    servers = list(next(iter(statements.values()), {}))
    rows = [[work, *(f"{found[each]:g}" for each in servers)] for work, found in statements.items()]
    return [["work", *servers], *rows]


def growth(samples: list[Sample]) -> Table:
    """What a request costs the product at each size, as ratios to size 1.

    Answers differ with the newest rows, such as of how many groups a page tells: so also for each
    byte of the answer.
    """
    sizes = sorted({each.size for each in samples})
    base = 1.0 if 1.0 in sizes else sizes[0]
    table = [["work", "of", *(f"size {size:g}" for size in sizes)]]
    costs: dict[str, Callable[[Sample], float]] = {
        "latency": lambda each: each.p50,
        "CPU": lambda each: each.cpu + each.database_cpu,
        "answer": lambda each: each.length,
        "CPU for each byte": lambda each: (each.cpu + each.database_cpu) / each.length,
    }
    for work in dict.fromkeys(each.work for each in samples):
        for name, cost in costs.items():
            by_size = {
                size: [cost(each) for each in samples if (each.work, each.size) == (work, size)]
                for size in sizes
            }
            table.append([work, name, *(_ratio(by_size[size], by_size[base]) for size in sizes)])
    return table


def markdown(table: Table) -> str:
    """A table for a page, readable as it is."""
    widths = [max(len(row[place]) for row in table) for place in range(len(table[0]))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in table]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines) + "\n"
