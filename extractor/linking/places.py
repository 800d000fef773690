"""From mentions to administrative units: which unit a name means in this report, at its date, and what it is today.

Homonyms (42 % of the communes' names are not unique) are decided by evidence, strongest first: the parent that the
sentence names (`xã X, huyện Y`, `huyện Y: xã A, B`), the report's own province and district, the parent named last, the
report's date. Where the evidence does not decide, no code is given and the score says so.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from extractor.finding.place_words import SURNAMES
from extractor.finding.places import Mention
from extractor.gazetteer import Unit, gazetteer
from extractor.linking.place_context import BARE, LEVELS, Context, Linked, candidates, context_of
from extractor.linking.place_parents import belongs, contains, relate
from extractor.linking.place_spelling import at_home, closest
from extractor.model import CurrentUnit, Level, Place

_FORMER = (" cũ", " (cũ", "\ncũ", " trước đây")  # behind the name of a unit that is no more
_UNKNOWN_SCORE = 0.5
_CLOSE = 60  # characters within which the district named before outweighs the report's own area
_MISSPELT = 300  # unknown names of one report that are compared with every name of the country


def link_places(
    text: str, mentions: Sequence[Mention], *, on: datetime.date | None, home: Sequence[str] = ()
) -> list[Place]:
    """The mentions that are units, in the order of the text.

    on: the report's date (None: the latest in the text). home: what the metadata say of
    the report's own area (`UBND tỉnh Lào Cai`, `Bát Xát`); empty: the province that the report names most.
    """
    linked = [candidates(m) for m in mentions]
    linked = [item for item in linked if item.units or item.mention.cue]
    for item in linked:
        item.former = text.startswith(_FORMER, item.mention.end)
    context = context_of(text, linked, on, home)
    _respell(linked, context)
    context.unknown.update(i.mention.text for i in linked if not i.units)
    relate(linked)
    for item in linked:
        if item.mention.cue and item.mention.cue != "commune":
            _choose(item, context)
    for item in linked:
        if item.mention.cue == "commune":
            _choose(item, context)
    _bare(linked, context)
    return [place for item in linked if (place := _place(item, context)) is not None]


def _respell(linked: list[Linked], context: Context) -> None:
    """Find the units that a cued name may mean whose spelling is not known, or known in other provinces only."""
    compared: set[str] = set()
    for item in linked:
        cue = item.mention.cue
        if cue is None or (cue == "province" and item.units) or any(context.at_home(u) for u in item.units):
            continue
        levels = LEVELS[cue]
        if item.units or len(compared) >= _MISSPELT:
            match = at_home(item.mention.text, levels, context.provinces)
            if match is not None:
                item.units += match.units
                item.alike = {id(u): match.score for u in match.units}
        else:
            compared.add(item.mention.text)
            match = closest(item.mention.text, levels, context.provinces)
            if match is not None:
                item.units, item.closeness = match.units, match.score


def _weight(unit: Unit, item: Linked, context: Context) -> float:
    """How well a candidate fits what the report has said; compared between candidates of one name only."""
    weight = 0.0
    if unit.existed(context.on):
        weight += 4
    elif unit.today:
        weight -= 6  # the report is older than the unit
    if item.parent is not None:
        weight += 8 if belongs(unit, item.parent) else -2
    if context.at_home(unit):
        weight += 4
    if unit.level == "commune" and unit.district_code in context.districts:
        weight += 2
    if item.before is not None and belongs(unit, item.before):
        weight += 6 if item.mention.start - item.before.mention.end <= _CLOSE else 3
    if unit.level == "commune" and context.named_districts[unit.district_code]:
        weight += 1
    if (unit.province_code, unit.today) in context.named_provinces:
        weight += 0.5
    if id(unit) in item.alike:
        weight -= 2
    if unit.type == item.mention.word:
        weight += 1
    elif item.mention.word == "thị trấn" and unit.today:
        weight -= 5  # there are none any more
    return weight


def _choose(item: Linked, context: Context) -> None:
    """Decide among the candidates; `chosen` stays None where two different units fit equally well."""
    units = item.units
    if item.mention.cue == "city":
        units = _city(units, item, context)
        item.units = units
    if not units:
        return
    ranked = sorted(((_weight(u, item, context), i, u) for i, u in enumerate(units)), key=lambda r: (-r[0], r[1]))
    best = ranked[0]
    rivals = [
        r for r in ranked[1:] if r[0] > best[0] - 0.4 and (r[2].level, r[2].code) != (best[2].level, best[2].code)
    ]
    if _strays(best[2], item, context):
        provinces = tuple(u for k in item.mention.keys for u in gazetteer().by_key[k] if u.level == "province")
        if item.mention.listed and provinces:  # a list of communes ended before `; Lào Cai: …`
            item.units = tuple(u for u in provinces if u.existed(context.on)) or provinces
            item.chosen = item.units[0]
            return
        if item.parent is not None and item.parent.firm:  # so the unit is one that no source has
            item.units = () if best[2].level == "commune" else units
            return
    if rivals:
        item.units = tuple(u for w, _, u in ranked if w > best[0] - 0.4)
        return
    item.chosen = best[2]
    context.note(best[2], item.mention)


def _strays(unit: Unit, item: Linked, context: Context) -> bool:
    """Whether nothing that the report has said speaks for the unit: neither its named parent nor the report's area."""
    if unit.level == "province":
        return False
    if item.parent is not None and item.parent.units:
        return not belongs(unit, item.parent)
    return not context.at_home(unit) and not (item.before is not None and belongs(unit, item.before))


def _city(units: tuple[Unit, ...], item: Linked, context: Context) -> tuple[Unit, ...]:
    """`thành phố X`: the units of that type, existing on the day where there are such."""
    cities = [u for u in units if u.type in ("thành phố", "thị xã")] or list(units)
    now = [u for u in cities if u.existed(context.on)]
    return tuple(now or cities)


def _bare(linked: list[Linked], context: Context) -> None:
    """Decide which names without cue are units, list by list."""
    groups: dict[int, list[Linked]] = defaultdict(list)
    for item in linked:
        if item.child is not None:
            child = item.child
            lower = (child.chosen,) if child.chosen else child.units
            above = tuple(u for u in item.units if any(contains(u, c) for c in lower)) or item.units
            item.units = tuple(u for u in above if u.level == "district") or above
            _choose(item, context)
        elif item.mention.cue is None:
            groups[item.mention.group].append(item)
    for members in groups.values():
        counts: Counter[Level] = Counter()
        for item in members:
            plausible = [u for u in item.units if _plausible(u, item, context)]
            beside = [u for u in plausible if context.beside(u, item.mention.group)]
            now = [u for u in plausible if u.existed(context.on) != item.former]
            item.units = tuple(beside or now or plausible)
            counts.update({u.level for u in item.units})
        order = sorted(BARE, key=lambda level: (-counts[level], BARE.index(level)))
        for item in members:
            level = next((lv for lv in order if any(u.level == lv for u in item.units)), None)
            if item is members[-1] and _closes(item, members):
                level = "province"
            item.units = tuple(u for u in item.units if u.level == level)
            _choose(item, context)


def _closes(item: Linked, members: list[Linked]) -> bool:
    """Whether the last name of a list is the province of the one before it (`Bắc Quang, Hà Giang`)."""
    provinces = [u for u in item.units if u.level == "province"]
    before = members[-2].units if len(members) > 1 else ()
    return any(contains(p, u) for p in provinces for u in before) and not any(u.level == "province" for u in before)


def _plausible(unit: Unit, item: Linked, context: Context) -> bool:
    """Whether a name without cue may mean this unit in this report."""
    surface = item.mention.text
    if context.beside(unit, item.mention.group):
        return True
    if surface.isupper() and unit.level != "province":
        return False
    now = unit.existed(context.on) or (item.former and unit.until is not None)
    if unit.level == "province":
        return now or (unit.until is not None and unit.until < context.on)
    named = any(unit.level in context.cued.get(k, ()) for k in item.mention.keys)
    if unit.level == "district":
        if context.at_home(unit) or (item.before is not None and belongs(unit, item.before)):
            return named or now
        return now and (named or _well_known(unit, item, context))
    if not context.at_home(unit):
        return False
    return now and (
        named
        or (
            " " in surface
            and (
                unit.today
                or item.former
                or unit.district_code in context.districts
                or unit.district_code in context.named_districts
            )
        )
    )


def _well_known(unit: Unit, item: Linked, context: Context) -> bool:
    """Whether the name is that of one city (of another province); communes of that name are not meant without a cue."""
    others = {
        u.code
        for k in item.mention.keys
        for u in gazetteer().by_key[k]
        if u.existed(context.on) and u.level == "district"
    }
    return unit.type == "thành phố" and len(others) == 1


def _place(item: Linked, context: Context) -> Place | None:
    mention = item.mention
    store = gazetteer()
    if item.chosen is None and not item.units:
        return _unknown(item, context) if mention.cue else None
    unit = item.chosen or item.units[0]
    certain = item.chosen is not None
    province = store.province_of(unit, context.on)
    district = store.district_of(unit, context.on)
    alone = len({u.province_code for u in item.units}) == 1
    if mention.cue is None and not certain and not alone:
        return None
    score = (0.98 if mention.cue else 0.9) if certain else 0.6
    if certain and unit.level == "province" and mention.cue:
        score = 1.0
    return Place(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        name=unit.name,
        level=unit.level,
        code=unit.code if certain else None,
        district=district.name if district and certain else None,
        province=province.name if province and (certain or alone) else None,
        current=_of_today(unit) if certain else (),
        score=round(score * item.alike.get(id(unit), item.closeness), 3),
    )


@lru_cache(maxsize=4096)
def _of_today(unit: Unit) -> tuple[CurrentUnit, ...]:
    """The unit(s) of today, with the province that each lies in."""
    store = gazetteer()
    heirs = ((u, store.province_of(u)) for u in store.current(unit))
    return tuple(CurrentUnit(u.name, u.code, province.name if province else None) for u, province in heirs)


def _unknown(item: Linked, context: Context) -> Place | None:
    """A commune that no source knows (most were dissolved before 2021): its name as written, without a code.

    A name that spells none must be supported: by the parent named with it, its list, or by coming back in the report.
    """
    mention = item.mention
    if mention.cue != "commune":
        return None
    words = mention.text.split()
    if mention.keys:  # a known name, but of no unit that lies where this one does
        name = _display(mention.keys[0], words)
    else:
        supported = item.parent is not None or mention.listed or context.unknown[mention.text] > 1
        if not supported or not 2 <= len(words) <= 4 or words[0].isupper() or words[0] in SURNAMES:
            return None
        name = " ".join(words)
    return Place(mention.start, mention.end, mention.text, name, "commune", score=_UNKNOWN_SCORE)


def _display(name_key: str, words: list[str]) -> str:
    """The usual spelling of a name that no unit decides: that of any unit so called."""
    return next((u.name for u in gazetteer().by_key[name_key] if u.level == "commune"), " ".join(words))
