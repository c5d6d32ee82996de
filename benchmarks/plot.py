"""Requests a second of all servers as an SVG: bars, in ratio to the better peer."""

import statistics
from collections.abc import Iterator
from html import escape

from benchmarks import report
from benchmarks.measure import Sample

COLOURS = {
    "product": "#2f6f4f",
    "postgraphile": "#7f8fa6",
    "mercurius": "#4a5f7f",
    "limit": "#c9b458",
}
BAR, GAP, LEFT, WIDTH, TOP = 14, 22, 110, 720, 56
"""Of the drawing, in pixels: a bar's height, between groups, for names, of all, for the legend."""


def draw(samples: list[Sample], connections: int) -> str:
    """The whole drawing; 1 is the better peer."""
    rows = list(_rows(samples, connections))
    longest = max((high for _, bars in rows for _, _, _, high in bars), default=1)
    scale = (WIDTH - LEFT - 60) / longest
    parts, y = list(_legend(connections)), TOP
    for work, bars in rows:
        middle = y + BAR * len(bars) / 2 + 4
        parts.append(
            f'<text x="{LEFT - 10}" y="{middle:g}" text-anchor="end">{escape(work)}</text>'
        )
        for server, ratio, low, high in bars:
            colour, centre = COLOURS[server], y + BAR / 2
            title = f"{work}, {server}: {ratio:.2f} ({low:.2f} to {high:.2f})"
            parts.append(
                f'<rect x="{LEFT}" y="{y + 1}" width="{ratio * scale:.1f}" height="{BAR - 2}"'
                f' fill="{colour}"><title>{escape(title)}</title></rect>'
                f'<path d="M{LEFT + low * scale:.1f} {centre}H{LEFT + high * scale:.1f}"'
                ' stroke="#222"/>'
                f'<text x="{LEFT + high * scale + 5:.1f}" y="{centre + 4}">{ratio:.2f}</text>'
            )
            y += BAR
        y += GAP
    one = LEFT + scale
    parts.append(
        f'<path d="M{one:.1f} {TOP - 6}V{y - GAP + 6}" stroke="#222" stroke-dasharray="3 3"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}"'
        ' font-family="sans-serif" font-size="12">'
        f'<rect width="{WIDTH}" height="{y}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _legend(connections: int) -> Iterator[str]:
    said = f"Requests a second at {connections} connections, in ratio to the better peer"
    yield f'<text x="{LEFT}" y="18" font-weight="bold">{said}</text>'
    for place, (server, colour) in enumerate(COLOURS.items()):
        x = LEFT + 130 * place
        yield f'<rect x="{x}" y="28" width="12" height="12" fill="{colour}"/>'
        yield f'<text x="{x + 18}" y="38">{server}</text>'


Bar = tuple[str, float, float, float]


def _rows(samples: list[Sample], connections: int) -> Iterator[tuple[str, list[Bar]]]:
    """For each work the servers' ratios, with the quartiles of the rounds'."""
    for work in dict.fromkeys(each.work for each in samples):
        base = report.chosen(
            samples, report.better(samples, work, connections) or "", work, connections
        )
        if not base:
            continue
        unit = statistics.median(each.per_second for each in base)
        bars = []
        for server in COLOURS:
            if rounds := report.chosen(samples, server, work, connections):
                rates = [each.per_second / unit for each in rounds]
                low, high = report.quartiles(rates)
                bars.append((server, statistics.median(rates), low, high))
        yield work, bars
