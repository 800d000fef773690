"""The citation network as one HTML page with a drawing: no script, no font, no picture from elsewhere.

The document stands in the middle, what is cited with it around it (the nearer the more often), the reports outside.
Pointing at a circle or line says what it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from extractor.search.network import Edge, Network, Node

SHOWN = 40
"""Documents and reports that are drawn, each; the page says how many there are."""

_SIZE = 1200
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


def as_html(made: Network) -> str:
    """The page. Drawn are the document, the SHOWN documents cited with it most often, and SHOWN of the reports."""
    centre, *others = [n for n in made.nodes if n.kind == "document"]
    reports = [n for n in made.nodes if n.kind == "report"]
    documents = others[:SHOWN]
    shown = [*documents, *reports[:SHOWN]]
    middle = _SIZE / 2
    at: dict[str, Point] = {centre.id: (middle, middle)}
    at |= _ring(documents, middle, [140 + 170 * (1 - n.weight / max(1, centre.weight)) for n in documents])
    at |= _ring(reports[:SHOWN], middle, [middle - 200] * SHOWN)
    lines = [_line(e, at) for e in made.edges if e.source in at and e.target in at and _drawn(e, centre)]
    circles = [_circle(n, at[n.id], centre.weight) for n in shown] + [_circle(centre, at[centre.id], centre.weight)]
    said = (
        f"Cited by {len(reports)} reports together with {len(others)} other documents; drawn are "
        f"{min(SHOWN, len(reports))} reports (blue) and {len(documents)} documents (amber). Nearer the middle: cited "
        "with it more often. Red: replaced or repealed; violet: amended."
    )
    return _PAGE.format(
        key=escape(made.key), said=escape(said), size=_SIZE, lines="\n".join(lines), circles="\n".join(circles)
    )


def _ring(nodes: Sequence[Node], middle: float, radii: Sequence[float]) -> dict[str, Point]:
    placed = {}
    for i, (node, radius) in enumerate(zip(nodes, radii, strict=False)):
        angle = 2 * math.pi * i / len(nodes) - math.pi / 2
        placed[node.id] = middle + radius * math.cos(angle), middle + radius * math.sin(angle)
    return placed


def _drawn(edge: Edge, centre: Node) -> bool:
    """All lines of reports; of those between documents the middle's own, and every change."""
    return edge.kind != "cited_with" or centre.id in (edge.source, edge.target)


def _line(edge: Edge, at: dict[str, Point]) -> str:
    (x1, y1), (x2, y2) = at[edge.source], at[edge.target]
    width = 1 + min(6.0, math.log2(max(1, edge.weight)))
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{_COLOURS[edge.kind]}" stroke-width='
        f'"{width:.1f}"><title>{escape(f"{edge.source} — {edge.target}: {edge.kind}, {edge.weight}")}</title></line>'
    )


def _circle(node: Node, place: Point, most: int) -> str:
    x, y = place
    radius = (
        16.0
        if node.weight == most and node.kind == "document"
        else 6 + 7 * math.sqrt(node.weight / max(1, most, node.weight))
    )
    colour = "#2f6db5" if node.kind == "report" else "#d98a1f"
    label = node.label.rsplit("/", 1)[-1] if node.kind == "report" else node.label
    anchor = "start" if x > _SIZE / 2 + 20 else "end" if x < _SIZE / 2 - 20 else "middle"
    shift = {"start": radius + 4, "end": -radius - 4, "middle": 0}[anchor]
    down = radius + 16 if anchor == "middle" else 4
    main = ' class="main"' if place == (_SIZE / 2, _SIZE / 2) else ""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}"><title>'
        f'{escape(f"{node.label}: {node.weight}")}</title></circle>'
        f'<text{main} x="{x + shift:.1f}" y="{y + down:.1f}" text-anchor="{anchor}">'
        f"{escape(label if len(label) <= _LABEL else label[: _LABEL - 1] + '…')}</text>"
    )
