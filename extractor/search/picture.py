"""The citation network as one HTML page with a drawing: no script, no font, no picture from elsewhere.

The document stands in the middle, what is cited with it around it (the nearer the more often), the reports outside.
Pointing at a circle or line says what it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from extractor.search.network import Edge, Network, Node

SHOWN = 40
"""Documents and reports that are drawn, each; the page says how many there are."""

SIZE = 1200
_LABEL = 26
_COLOURS = {
    "cites": "#b9c3d0",
    "cited_with": "#e0a458",
    "amends": "#7a5cc0",
    "replaces": "#c0392b",
    "repeals": "#c0392b",
}
_PAGE = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{key}</title><style>
body{{font:15px/1.5 system-ui,sans-serif;margin:1.5rem;color:#1c2733}} svg{{width:100%;height:auto;max-width:{size}px}}
text{{font-size:13px;fill:#1c2733}} text.main{{font-size:18px;font-weight:600}}
line{{opacity:.55}} line:hover{{opacity:1}}
</style></head><body><h1>{key}</h1><p>{said}</p>
<svg viewBox="0 0 {size} {size}" role="img" aria-label="{key}">
{lines}
{circles}
</svg></body></html>
"""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A circle with its name; `main`: the document that all is about."""

    node: Node
    x: float
    y: float
    radius: float
    label: str
    anchor: str
    label_x: float
    label_y: float
    main: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line between two circles."""

    edge: Edge
    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where everything stands in a square of SIZE, lines below circles; `reports`, `others`: how many there are."""

    strokes: tuple[Stroke, ...]
    spots: tuple[Spot, ...]
    reports: int
    others: int


def drawing(made: Network) -> Drawing:
    """The document, the SHOWN documents cited with it most often, and SHOWN of the reports."""
    centre, *others = [n for n in made.nodes if n.kind == "document"]
    reports = [n for n in made.nodes if n.kind == "report"]
    documents = others[:SHOWN]
    middle = SIZE / 2
    at: dict[str, Point] = {centre.id: (middle, middle)}
    at |= _ring(documents, middle, [140 + 170 * (1 - n.weight / max(1, centre.weight)) for n in documents])
    at |= _ring(reports[:SHOWN], middle, [middle - 200] * SHOWN)
    edges = [e for e in made.edges if e.source in at and e.target in at and _drawn(e, centre)]
    return Drawing(
        tuple(Stroke(e, *at[e.source], *at[e.target], 1 + min(6.0, math.log2(max(1, e.weight)))) for e in edges),
        tuple(_spot(n, at[n.id], centre) for n in [*documents, *reports[:SHOWN], centre]),
        len(reports),
        len(others),
    )


def as_html(made: Network) -> str:
    """The drawing as a page of its own."""
    drawn = drawing(made)
    said = (
        f"Cited by {drawn.reports} reports together with {drawn.others} other documents; drawn are "
        f"{min(SHOWN, drawn.reports)} reports (blue) and {min(SHOWN, drawn.others)} documents (amber). Nearer the "
        "middle: cited with it more often. Red: replaced or repealed; violet: amended."
    )
    return _PAGE.format(
        key=escape(made.key), said=escape(said), size=SIZE, lines="\n".join(map(_line, drawn.strokes)),
        circles="\n".join(map(_circle, drawn.spots)),
    )  # fmt: skip


def _ring(nodes: Sequence[Node], middle: float, radii: Sequence[float]) -> dict[str, Point]:
    placed = {}
    for i, (node, radius) in enumerate(zip(nodes, radii, strict=False)):
        angle = 2 * math.pi * i / len(nodes) - math.pi / 2
        placed[node.id] = middle + radius * math.cos(angle), middle + radius * math.sin(angle)
    return placed


def _drawn(edge: Edge, centre: Node) -> bool:
    """All lines of reports; of those between documents the middle's own, and every change."""
    return edge.kind != "cited_with" or centre.id in (edge.source, edge.target)


def _spot(node: Node, place: Point, centre: Node) -> Spot:
    (x, y), main = place, node is centre
    radius = 16.0 if main else 6 + 7 * math.sqrt(node.weight / max(1, centre.weight, node.weight))
    label = node.label.rsplit("/", 1)[-1] if node.kind == "report" else node.label
    anchor = "start" if x > SIZE / 2 + 20 else "end" if x < SIZE / 2 - 20 else "middle"
    shift = {"start": radius + 4, "end": -radius - 4, "middle": 0}[anchor]
    return Spot(
        node, x, y, radius, label if len(label) <= _LABEL else label[: _LABEL - 1] + "…", anchor, x + shift,
        y + (radius + 16 if anchor == "middle" else 4), main,
    )  # fmt: skip


def _line(stroke: Stroke) -> str:
    edge = stroke.edge
    return (
        f'<line x1="{stroke.x1:.1f}" y1="{stroke.y1:.1f}" x2="{stroke.x2:.1f}" y2="{stroke.y2:.1f}" '
        f'stroke="{_COLOURS[edge.kind]}" stroke-width="{stroke.width:.1f}">'
        f"<title>{escape(f'{edge.source} — {edge.target}: {edge.kind}, {edge.weight}')}</title></line>"
    )


def _circle(spot: Spot) -> str:
    colour = "#2f6db5" if spot.node.kind == "report" else "#d98a1f"
    main = ' class="main"' if spot.main else ""
    return (
        f'<circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{spot.radius:.1f}" fill="{colour}">'
        f"<title>{escape(f'{spot.node.label}: {spot.node.weight}')}</title></circle>"
        f'<text{main} x="{spot.label_x:.1f}" y="{spot.label_y:.1f}" text-anchor="{spot.anchor}">'
        f"{escape(spot.label)}</text>"
    )
