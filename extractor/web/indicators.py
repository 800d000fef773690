"""The pages `/indicators`, which indicators the reports tell of, and `/indicators/ID`, one by place and year."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extractor.compare import series, series_lists
from extractor.compare.panel import Judged, judged
from extractor.finding.fold import fold
from extractor.linking.catalogue import catalogue
from extractor.web import charts
from extractor.web.asked import asked_page, pager, words
from extractor.web.missing import Missing
from extractor.web.preparing import readiness
from extractor.web.rendering import render, words_of
from extractor.web.site import site

SIZE = 40
"""Places on a page."""

YEARS = 12
"""Years that are shown, the last ones."""

_DRAWN = 6  # lines of the chart where none is chosen: of the places told of most years


@dataclass(slots=True)
class Row:
    """One series of the table: a place, the words where they say more than the indicator's name, the poverty standard
    where it is not that of most values (counts by two standards are not one series). `years`: what was told of each,
    the last told first."""

    key: str
    place: str
    level: str | None
    words: str
    standard: str
    years: dict[int, list[Judged]] = field(default_factory=lambda: defaultdict(list))

    @property
    def name(self) -> str:
        """The place, with what sets it apart."""
        return " – ".join(filter(None, (self.place, self.words, self.standard)))

    @staticmethod
    def signed(one: Judged) -> float:
        """The value as reported, a decrease below zero."""
        return math.copysign(one.told.value, one.told.base)

    def last(self, year: int) -> Judged | None:
        """What the last report tells of a year."""
        told = self.years.get(year)
        return told[0] if told else None


def page(request: Request) -> Response:
    """The indicators whose names hold the words `q`."""
    said = words(request, "q")
    wanted = fold(said).lower().split()
    known = catalogue()
    with site(request).store() as store:
        ready = readiness(request, store, "series")
        listed = [(i, known[i.id].label if i.id in known else i.id) for i in series_lists.indicators(store)]
    shown = [(i, label) for i, label in listed if all(w in fold(label).lower() for w in wanted)]
    return render(request, "indicators.html", said=said, listed=shown, ready=ready)


def one(request: Request) -> Response:
    """One indicator: chart, tiles and table of the places on this page."""
    id, said, widely = request.path_params["id"], words(request, "q"), words(request, "all") == "1"
    known, language = catalogue().get(id), words_of(request).language
    if known is None:
        raise Missing("indicators.unknown")
    with site(request).store() as store:
        ready = readiness(request, store, "series")
        variants = series_lists.variants(store, id)
        variant = words(request, "variant")
        if variant not in variants:
            variant = next(iter(variants), "")
        bare = not widely and bool(variants.get(variant, (0, 0))[1])
        years = series_lists.years(store, id, variant, bare=bare)[-YEARS:]
        since = years[0] if years else 0
        ask = partial(series_lists.spots, store, id, variant, bare=bare, since=since, said=said, limit=SIZE)
        spots, total = ask(offset=(asked_page(request) - 1) * SIZE)
        shown = pager(request, SIZE, total)
        if total and shown.page != asked_page(request):
            spots, total = ask(offset=shown.offset)
        found = series.told(store, id, variant, [spot.key for spot in spots], bare=bare)
        everything = judged(store, found, language)
    rows = _rows(everything, bare)
    unit, factor = _unit(rows)

    def value(told: Judged) -> float:
        return told.told.base / factor

    chosen = set(request.query_params.getlist("place"))
    drawn = [row for row in rows if row.key in chosen][: charts.KINDS]
    drawn = drawn or sorted(rows, key=lambda row: -sum(year in row.years for year in years))[:_DRAWN]
    lines = [(row.name, {y: value(told) for y in years if (told := row.last(y))}) for row in drawn]
    bounds = charts.shades([value(told) for row in rows for year in years if (told := row.last(year))])
    return render(
        request, "indicator.html", id=id, label=known.label, variants=variants, variant=variant, bare=bare,
        widely=widely, said=said, rows=rows, years=years, shown=shown, ready=ready,
        chart=charts.lines(lines), drawn=drawn, most=charts.KINDS, bounds=bounds, unit=unit,
        standard=standard_of(everything),
        shade=lambda told: charts.shade(value(told), bounds), shade_of=lambda bound: charts.shade(bound, bounds),
    )  # fmt: skip


def _rows(told: Sequence[Judged], bare: bool) -> list[Row]:
    """The series, by place; apart by their words only where more than the indicator itself is asked for."""
    rows: dict[str, Row] = {}
    usual = standard_of(told)
    for judged_one in sorted(told, key=lambda j: (j.told.when, j.told.document), reverse=True):
        one = judged_one.told
        more = "" if bare or one.bare else one.words
        standard = one.definition if one.definition and one.definition != usual else ""
        key = " ".join(filter(None, (one.place_key, one.name if more else "", standard)))
        row = rows.setdefault(key, Row(key, one.place, one.place_level, more, standard))
        row.years[one.year].append(judged_one)
    return sorted(rows.values(), key=lambda row: row.key)


def standard_of(told: Sequence[Judged]) -> str | None:
    """The poverty standard that most values are counted by; None where no standard changes what is counted."""
    counted = Counter(one.told.definition for one in told if one.told.definition)
    return counted.most_common(1)[0][0] if counted else None


def _unit(rows: Sequence[Row]) -> tuple[str, float]:
    """The unit that most values have, and how many base units one of it is: what chart and shades are drawn in."""
    told = [one.told for row in rows for year in row.years.values() for one in year if one.told.value]
    if not told:
        return "", 1.0
    unit = Counter(one.unit for one in told).most_common(1)[0][0]
    return unit, next(abs(one.base / one.value) for one in told if one.unit == unit) or 1.0


routes = [Route("/indicators", page), Route("/indicators/{id}", one)]
