"""What a report says about where it is: its own province and district, the units that it names with a cue."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import regex

from extractor.finding.places import Mention, find_mentions
from extractor.gazetteer import MERGER, Unit, gazetteer
from extractor.model import Level

BARE: tuple[Level, ...] = ("province", "district", "commune")
LEVELS: dict[str | None, tuple[Level, ...]] = {
    "commune": ("commune",),
    "district": ("district",),
    "province": ("province",),
    "city": ("province", "district"),
    None: BARE,
}
_MAJORITY = 0.4  # share of the votes that makes a province the report's own


@dataclass(slots=True)
class Linked:
    mention: Mention
    units: tuple[Unit, ...]  # all candidates of the levels that the cue allows
    former: bool = False  # the text says that it is no more (`Phú Yên cũ`)
    closeness: float = 1.0  # below 1 where the spelling is not known
    alike: dict[int, float] = field(default_factory=dict)  # the same for single candidates, by id
    parent: Linked | None = None  # the unit that the sentence names as its parent
    firm: bool = False  # it stands as a parent behind its child: with its cue, or alone in brackets
    child: Linked | None = None  # for a name without cue: the lower unit right before it (`xã X, Y`)
    before: Linked | None = None  # the higher unit named last before it
    chosen: Unit | None = None


@dataclass(slots=True)
class Context:
    """What the report has said about where it is."""

    on: datetime.date
    provinces: set[tuple[str, bool]]  # (code, of today) of the report's own province, before and after the merger
    districts: set[str]  # codes of the report's own district(s)
    cued: dict[str, set[Level]] = field(default_factory=lambda: defaultdict(set))  # key -> levels named with a cue
    named_districts: Counter[str] = field(default_factory=Counter)
    named_provinces: Counter[tuple[str, bool]] = field(default_factory=Counter)

    unknown: Counter[str] = field(default_factory=Counter)  # surfaces that spell no known name
    lists: dict[int, Unit] = field(default_factory=dict)  # group of mentions -> a member that a cue decided

    def at_home(self, unit: Unit) -> bool:
        code = unit.code if unit.level == "province" else unit.province_code
        return (code, unit.today) in self.provinces

    def note(self, unit: Unit, mention: Mention) -> None:
        """Remember a unit that was decided: its list's other members and its children are likelier now."""
        if mention.cue:
            self.lists[mention.group] = unit
        if unit.level == "district":
            self.named_districts[unit.code] += 1
        elif unit.level == "province":
            self.named_provinces[unit.code, unit.today] += 1

    def beside(self, unit: Unit, group: int) -> bool:
        """Whether the unit is a sibling of a decided member of the list (`quận Tân Bình, Phú Nhuận`)."""
        other = self.lists.get(group)
        if other is None or (other.level, other.today) != (unit.level, unit.today):
            return False
        return (other.province_code, other.district_code) == (unit.province_code, unit.district_code)


def candidates(mention: Mention) -> Linked:
    by_key, levels = gazetteer().by_key, LEVELS[mention.cue]
    found = {id(u): u for k in mention.keys for u in by_key[k] if u.level in levels}
    return Linked(mention, tuple(found.values()))


def context_of(text: str, linked: list[Linked], on: datetime.date | None, home: Sequence[str]) -> Context:
    if on is None:
        on = _day(text, any(_gone(i) for i in linked))
    context = Context(on, set(), set())
    for item in linked:
        if item.mention.cue:
            for unit_key in item.mention.keys:
                context.cued[unit_key] |= {u.level for u in item.units}
    own = [i for part in home for i in (candidates(m) for m in find_mentions(part + " "))]
    _home(own, context)
    if not context.provinces:
        _home(linked, context, vote=True)
        for unit in (u for item in own for u in item.units if context.at_home(u)):  # a homonym, alone in the metadata
            context.districts |= {unit.code if unit.level == "district" else unit.district_code} - {""}
    return context


@lru_cache(maxsize=1)
def _dates() -> Any:
    return regex.compile(r"\b(\d{1,2})(?:[/.-]| tháng )(\d{1,2})(?:[/.-]| năm )((?:19|20)\d\d)\b")


@lru_cache(maxsize=1)
def _years() -> Any:
    return regex.compile(r"(?<![\d/.,-])(?:19|20)\d\d(?!\d|[/.,]\d)")


def _gone(item: Linked) -> bool:
    """Whether a unit named behind its cue as a present one was ended by the mergers: a district, a former province."""
    if item.former:
        return False
    cue = item.mention.cue
    return cue == "district" or (cue == "province" and bool(item.units) and not any(u.today for u in item.units))


def _day(text: str, before_mergers: bool) -> datetime.date:
    """The day of a report without a date: the latest date in the text, else the year that it speaks of most.

    Before the mergers where it names what they ended.
    """
    latest = datetime.date.min
    for day, month, year in _dates().findall(text):
        with suppress(ValueError):
            latest = max(latest, datetime.date(int(year), int(month), int(day)))
    if latest == datetime.date.min:
        years = Counter(_years().findall(text)).most_common(1)
        latest = datetime.date(int(years[0][0]), 12, 31) if years else MERGER
    return min(latest, MERGER - datetime.timedelta(days=1)) if before_mergers else latest


def _home(items: list[Linked], context: Context, vote: bool = False) -> None:
    """Take the report's own province and district from `items`; by vote: the most frequent province."""
    provinces: Counter[str] = Counter()
    districts: Counter[str] = Counter()
    for item in items:
        now = [u for u in item.units if u.existed(context.on)] or list(item.units)
        cue = item.mention.cue
        if cue == "city":
            now = [u for u in now if u.type in ("thành phố", "thị xã")] or now
        levels = {u.level for u in now}
        if "province" in levels and (cue in (None, "province", "city")):
            unit = next(u for u in now if u.level == "province")
            provinces[unit.code] += (5 if cue else 1) if vote else 10
        elif len({(u.level, u.code) for u in now if u.level == "district"}) == 1 and cue in (None, "district", "city"):
            unit = next(u for u in now if u.level == "district")
            districts[unit.code] += 1
            provinces[unit.province_code] += 2
        elif now and len({u.province_code for u in now}) == 1 and cue:
            provinces[now[0].province_code] += 1
    if not provinces:
        return
    best, votes = provinces.most_common(1)[0]
    if vote and votes < _MAJORITY * sum(provinces.values()):
        return
    _add_home(context, best)
    if not vote:
        context.districts |= set(districts)
    elif districts and sum(districts.values()) >= 3:
        code, count = districts.most_common(1)[0]
        if count > 0.6 * sum(districts.values()):
            context.districts.add(code)


def _add_home(context: Context, code: str) -> None:
    """The province with this code on the report's day, with its forms before and after the mergers."""
    by_code = gazetteer().by_code.get(("province", code), ())
    today = context.on >= MERGER
    if today:
        own = next((u for u in by_code if u.today), None)
        own_codes = {c for u in by_code for c in u.current_codes} if own is None else {own.code}
        context.provinces |= {(c, True) for c in own_codes}
        for unit in gazetteer().units:
            if unit.level != "province":
                break
            if not unit.today and set(unit.current_codes) & own_codes:
                context.provinces.add((unit.code, False))
    else:
        context.provinces.add((code, False))
        heirs = {c for u in by_code for c in u.current_codes}
        context.provinces |= {(c, True) for c in heirs}
        if not any(u.until and u.until >= MERGER - datetime.timedelta(days=1) for u in by_code):  # Hà Tây
            context.provinces |= {(c, False) for c in heirs}
