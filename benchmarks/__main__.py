"""The product against its peers, and against the limit: `python -m benchmarks --help`."""

import argparse
import datetime as dt
import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import database, equal, measure, plot, report
from benchmarks.measure import Sample
from benchmarks.servers import SERVERS, require_packages, serving
from benchmarks.works import PEERS, WORKS, world

HERE = Path(__file__).parent
OLD = dt.timedelta(days=4)
"""From then on, too little lies in the last seven days, over which current scores are."""
GROWING = ("list", "drill-down", "widget", "monitor")


def say(*words: object) -> None:
    """Tell who waits how far it is."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {' '.join(map(str, words))}\n")


def compare(given: argparse.Namespace) -> dict[str, Any]:
    """All servers on one database."""
    samples: list[Sample] = []
    counts: dict[str, dict[str, float]] = {}
    with ExitStack() as stack:
        cluster = stack.enter_context(database.running(given.data, given.size))
        cluster.execute((PEERS / "views.sql").read_text())
        here = world(cluster)
        if here.age > OLD:
            say(f"the data is of {here.last_day}: remove its folder for current scores")
        servers = [stack.enter_context(serving(name, cluster, here)) for name in given.servers]
        for work in given.works:
            equal.check(servers, here, work)
            counts[work] = {
                each.name: measure.statements(cluster, each, here, work) for each in servers
            }
            for connections in given.connections:
                say(f"{work}, {servers[0].lengths[work]} bytes, {connections} connections")
                samples += measure.rounds(
                    cluster, servers, here, work, connections,
                    count=given.rounds, seconds=given.seconds,
                )  # fmt: skip
            equal.check(servers, here, work)
        peaks = {each.name: each.peak for each in servers}
        filled = cluster.filled
    return {"filled": filled, "samples": samples, "statements": counts, "peaks": peaks}


def grow(given: argparse.Namespace) -> list[Sample]:
    """The product alone, on databases of several sizes in turn, one request after the other."""
    samples: list[Sample] = []
    with ExitStack() as stack:
        served = []
        for size in given.growth:
            cluster = stack.enter_context(database.running(given.data, size))
            here = world(cluster)
            served.append((cluster, stack.enter_context(serving("product", cluster, here)), here))
        for work in [each for each in given.works if each in GROWING]:
            say(f"{work}, sizes {', '.join(f'{size:g}' for size in given.growth)}")
            for number in range(given.rounds):
                for cluster, server, here in served[:: -1 if number % 2 else 1]:
                    samples.append(measure.sample(cluster, server, here, work, 1, given.seconds))
    return samples


def main() -> None:
    """Measure, and print tables."""
    given = _arguments()
    require_packages()
    found = compare(given)
    tables = {
        "Requests a second of the product, as a ratio": report.ratios(found["samples"]),
        "Medians": report.figures(found["samples"], found["peaks"]),
        "Statements of a request": report.counted(found["statements"]),
    }
    if given.plot:
        given.plot.write_text(plot.draw(found["samples"], max(given.connections)))
    results = {
        **found,
        "samples": measure.told(found["samples"]),
        "options": {name: str(value) for name, value in vars(given).items()},
    }
    given.results.write_text(json.dumps(results, indent=1))
    _print(tables)
    if len(given.growth) > 1:
        growth = grow(given)
        given.results.write_text(json.dumps(results | {"growth": measure.told(growth)}, indent=1))
        title = "Cost of a request to the product, as a ratio to size 1"
        _print({title: report.growth(growth)})


def _print(tables: dict[str, report.Table]) -> None:
    for title, table in tables.items():
        sys.stdout.write(f"\n{title}\n\n{report.markdown(table)}")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    def listed(kind: Any, known: Any = None) -> Any:
        def read(text: str) -> list[Any]:
            found = [kind(part) for part in text.split(",") if part]
            if known is not None and not set(found) <= set(known):
                message = f"choose of {', '.join(known)}"
                raise argparse.ArgumentTypeError(message)
            return found

        return read

    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, default=HERE / ".data", help="folder of the databases, which are kept")
    add("--size", type=float, default=1, help="of the database; 1 is 500,000 conversations")
    add("--works", type=listed(str, WORKS), default=list(WORKS), help=", ".join(WORKS))
    add("--servers", type=listed(str, SERVERS), default=list(SERVERS), help=", ".join(SERVERS))
    add("--connections", type=listed(int), default=[1, 16], help="1,16 unless told otherwise")
    add("--rounds", type=int, default=5, help="over all servers, each begun by another")
    add("--seconds", type=float, default=5, help="of load, after a third of it to warm up")
    add("--growth", type=listed(float), default=[0.1, 1, 10], help="sizes; a single one for none")
    add("--results", type=Path, default=HERE / "results.json", help="file for all samples")
    add("--plot", type=Path, help="SVG file for requests a second, at the most connections")
    return parser.parse_args()


if __name__ == "__main__":
    main()
