"""Cutting: a page's picture becomes the pictures of its lines, each with its ink alone.

    page → ink (threshold from the page's own) → rules → blots → rows of letters → what belongs to them → pictures

Stamps, signatures and dust are left out; handwriting among print is marked, not read. `cut` is the way in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractor.recognising.cutting.values import CutLine, CutPage

if TYPE_CHECKING:
    from extractor.recognising.interface import Grey, PixelBox

__all__ = ["CutLine", "CutPage", "cut"]


def cut(image: Grey, dpi: float, cells: Sequence[PixelBox] = ()) -> CutPage:
    """The lines of an upright, evenly lit page of `dpi` pixels an inch, those within `cells` apart from the others."""
    from extractor.recognising.cutting.blots import blots_of, letter_height
    from extractor.recognising.cutting.ink import ink_of
    from extractor.recognising.cutting.pens import rings_of, sort_out
    from extractor.recognising.cutting.pictures import pictures
    from extractor.recognising.cutting.rows import rows_of
    from extractor.recognising.cutting.rules import rules_of, with_cells

    ink = ink_of(image, dpi)
    rules = with_cells(rules_of(ink, dpi), cells, dpi)
    blots = blots_of(ink, rules, dpi)
    height = letter_height(blots, dpi)
    if height is None:
        return CutPage((), tuple(() for _ in cells), ())
    rows, blots = rows_of(blots, rules, height)
    rows, pens = sort_out(blots, rows, rings_of(ink, dpi), cells, height, dpi)
    return _by_cell(list(pictures(image, rules, blots, rows)), cells, pens)


def _by_cell(lines: Sequence[CutLine], cells: Sequence[PixelBox], pens: Sequence[PixelBox]) -> CutPage:
    flow: list[CutLine] = []
    inside: list[list[CutLine]] = [[] for _ in cells]
    for line in lines:
        x, y = (line.box[0] + line.box[2]) / 2, line.box[1] + line.baseline
        home = next((k for k, (x0, top, x1, bottom) in enumerate(cells) if x0 <= x < x1 and top <= y < bottom), None)
        (flow if home is None else inside[home]).append(line)
    return CutPage(tuple(flow), tuple(tuple(some) for some in inside), tuple(pens))
