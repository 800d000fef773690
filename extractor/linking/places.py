"""From mentions to administrative units: which unit a name means in this report, at its date, and what it is today.

Homonyms (42 % of the communes' names are not unique) are decided by evidence, strongest first: the parent that the
sentence names (`xã X, huyện Y`, `huyện Y: xã A, B`), the report's own province and district, the parent named last, the
report's date. Where the evidence does not decide, no code is given and the score says so.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import regex

from extractor.finding.places import Mention, find_mentions
from extractor.gazetteer import MERGER, Unit, gazetteer
from extractor.linking.place_spelling import at_home, closest
from extractor.model import CurrentUnit, Level, Place

_BARE: tuple[Level, ...] = ("province", "district", "commune")
_LEVELS: dict[str | None, tuple[Level, ...]] = {
    "commune": ("commune",),
    "district": ("district",),
    "province": ("province",),
    "city": ("province", "district"),
    None: _BARE,
}
_UNKNOWN_SCORE = 0.5
_MAJORITY = 0.4  # share of the votes that makes a province the report's own
_NEAR = 200  # characters within which a province still explains the districts named after it


@dataclass(slots=True)
class _Context:
    """What the report has said about where it is."""

    on: datetime.date
    provinces: set[tuple[str, bool]]  # (code, of today) of the report's own province, before and after the merger
    districts: set[str]  # codes of the report's own district(s)
    cued: dict[str, set[Level]] = field(default_factory=lambda: defaultdict(set))  # key -> levels named with a cue
    named_districts: Counter[str] = field(default_factory=Counter)
    named_provinces: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def at_home(self, unit: Unit) -> bool:
        code = unit.code if unit.level == "province" else unit.province_code
        return (code, unit.today) in self.provinces


@dataclass(slots=True)
class _Linked:
    mention: Mention
    units: tuple[Unit, ...]  # all candidates of the levels that the cue allows
    closeness: float = 1.0  # below 1 where the spelling is not known
    alike: dict[int, float] = field(default_factory=dict)  # the same for single candidates, by id
    parent: _Linked | None = None  # the unit that the sentence names as its parent
    firm: bool = False  # it stands as a parent behind its child: with its cue, or alone in brackets
    child: _Linked | None = None  # for a name without cue: the lower unit right before it (`xã X, Y`)
    before: _Linked | None = None  # the higher unit named last before it
    chosen: Unit | None = None


@lru_cache(maxsize=1)
def _joints() -> dict[str, Any]:
    return {
        # between a lower unit and the parent that follows it: `xã X, huyện Y`, `xã X (huyện Y)`, `xã X thuộc huyện Y`
        "after": regex.compile(
            r"\s*(?:[,(\-–]|thuộc|của|tại|ở)?\s*(?:thuộc|của|ở)?\s*(?:địa bàn\s+)?"
            r"(?:huyện đảo|huyện|thị xã|thành phố|quận|tỉnh|TX\.?|TP\.?|H\.?|Q\.?)?\s*",
            regex.IGNORECASE,
        ),
        "beside": regex.compile(r"\s*[,(\-–]\s*"),
        "stop": regex.compile(r"[;.]"),
    }


def link_places(
    text: str, mentions: Sequence[Mention], *, on: datetime.date | None, home: Sequence[str] = ()
) -> list[Place]:
    """The mentions that are units, in the order of the text.

    on: the report's date (None: taken from whether the text still names districts). home: what the metadata say of
    the report's own area (`UBND tỉnh Lào Cai`, `Bát Xát`); empty: the province that the report names most.
    """
    linked = [_candidates(m) for m in mentions]
    linked = [item for item in linked if item.units or item.mention.cue]
    context = _context(linked, on, home)
    _respell(linked, context)
    _relate(linked)
    for item in linked:
        if item.mention.cue and item.mention.cue != "commune":
            _choose(item, context)
    for item in linked:
        if item.mention.cue == "commune":
            _choose(item, context)
    _bare(linked, context)
    return [place for item in linked if (place := _place(item, context)) is not None]


def _candidates(mention: Mention) -> _Linked:
    by_key, levels = gazetteer().by_key, _LEVELS[mention.cue]
    found = {id(u): u for k in mention.keys for u in by_key[k] if u.level in levels}
    return _Linked(mention, tuple(found.values()))


def _context(linked: list[_Linked], on: datetime.date | None, home: Sequence[str]) -> _Context:
    if on is None:
        districts = any(i.mention.cue == "district" for i in linked)
        on = MERGER - datetime.timedelta(days=1) if districts or not linked else MERGER
    context = _Context(on, set(), set())
    for item in linked:
        if item.mention.cue:
            for unit_key in item.mention.keys:
                context.cued[unit_key] |= {u.level for u in item.units}
    own = [i for part in home for i in (_candidates(m) for m in find_mentions(part + " "))]
    _home(own, context)
    if not context.provinces:
        _home(linked, context, vote=True)
    return context


def _home(items: list[_Linked], context: _Context, vote: bool = False) -> None:
    """Take the report's own province and district from `items`; by vote: the most frequent province."""
    provinces: Counter[str] = Counter()
    districts: Counter[str] = Counter()
    for item in items:
        now = [u for u in item.units if u.existed(context.on)] or list(item.units)
        levels = {u.level for u in now}
        cue = item.mention.cue
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


def _add_home(context: _Context, code: str) -> None:
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
        context.provinces |= {(c, True) for u in by_code for c in u.current_codes}


def _respell(linked: list[_Linked], context: _Context) -> None:
    """Find the units that a cued name may mean whose spelling is not known, or known in other provinces only."""
    for item in linked:
        cue = item.mention.cue
        if cue is None or (cue == "province" and item.units) or any(context.at_home(u) for u in item.units):
            continue
        levels = _LEVELS[cue]
        if not item.units:
            match = closest(item.mention.text, levels, context.provinces)
            if match is not None:
                item.units, item.closeness = match.units, match.score
        elif (match := at_home(item.mention.text, levels, context.provinces)) is not None:
            item.units += match.units
            item.alike = {id(u): match.score for u in match.units}


def _relate(linked: list[_Linked]) -> None:
    """Note for each lower unit the parent that follows it, and the higher unit that was named last before it."""
    last_district: _Linked | None = None
    last_province: _Linked | None = None
    named_province: _Linked | None = None
    near = 0
    for at, item in enumerate(linked):
        cue = item.mention.cue
        if cue == "commune":
            item.before = last_district or last_province
        elif cue in ("district", "city"):
            item.before = last_province
            last_district = item
        elif cue == "province":
            last_province = item
            last_district = None
        elif cue is None:
            if any(u.level == "province" for u in item.units):
                named_province, near = item, item.mention.end
            elif named_province and item.mention.start - near <= _NEAR:
                item.before = named_province
                near = item.mention.end
        if cue == "province":
            named_province, near = item, item.mention.end
        if cue in ("district", "city", "province") or (cue is None and any(u.level != "commune" for u in item.units)):
            _claim(linked, at)


def _claim(linked: list[_Linked], at: int) -> None:
    """Make `linked[at]` the parent of the list that ends right before it, where the words between allow it."""
    parent = linked[at]
    if parent.mention.joint is None or at == 0:
        return
    joint = parent.mention.joint
    if not _joints()["after"].fullmatch(joint) or _joints()["stop"].search(joint):
        return
    child = linked[at - 1]
    if parent.mention.cue is None:
        parent.firm = child.mention.listed and joint.strip() == "("
        if not _joints()["beside"].fullmatch(joint) or not (parent.firm or _is_child(child, parent)):
            return
        if child.mention.listed and "(" not in joint:
            return
        if child.mention.cue is None and child.child is None:
            return
        parent.child = child
    else:
        parent.firm = True
    if child.mention.cue == parent.mention.cue or child.mention.cue == "province":
        return
    group = child.mention.group
    back = at - 1
    while back >= 0 and linked[back].mention.group == group and at - back < 60:
        if linked[back].parent is None:
            linked[back].parent = parent
        back -= 1


def _contains(higher: Unit, lower: Unit) -> bool:
    """Whether the lower unit lies in the higher one; communes of today also in the district they came from."""
    if higher.level == "district" and lower.level == "commune":
        return lower.district_code == higher.code or (lower.today and lower.code in higher.current_codes)
    if higher.level != "province" or lower.level == "province":
        return False
    if higher.today == lower.today:
        return lower.province_code == higher.code
    if lower.today:
        return lower.province_code in higher.current_codes
    former = gazetteer().by_code["province", lower.province_code]
    return any(higher.code in p.current_codes for p in former if not p.today)


def _is_child(child: _Linked, parent: _Linked) -> bool:
    """Whether any unit that the one name may mean lies in any that the other may mean."""
    higher = (parent.chosen,) if parent.chosen else parent.units
    lower = (child.chosen,) if child.chosen else child.units
    return any(_contains(h, low) for h in higher for low in lower)


def _belongs(unit: Unit, parent: _Linked) -> bool:
    """Whether the unit lies in the (possibly still undecided) parent."""
    return any(_contains(h, unit) for h in ((parent.chosen,) if parent.chosen else parent.units))


def _weight(unit: Unit, item: _Linked, context: _Context) -> float:
    """How well a candidate fits what the report has said; compared between candidates of one name only."""
    weight = 0.0
    if unit.existed(context.on):
        weight += 4
    elif unit.today:
        weight -= 6  # the report is older than the unit
    if item.parent is not None:
        weight += 8 if _belongs(unit, item.parent) else -2
    if context.at_home(unit):
        weight += 4
    if unit.level == "commune" and unit.district_code in context.districts:
        weight += 2
    if item.before is not None and _belongs(unit, item.before):
        weight += 3
    if unit.level == "commune" and context.named_districts[unit.district_code]:
        weight += 1
    if (unit.province_code, unit.today) in context.named_provinces:
        weight += 0.5
    if id(unit) in item.alike:
        weight -= 2
    if item.mention.word and unit.type == item.mention.word:
        weight += 1
    return weight


def _choose(item: _Linked, context: _Context) -> None:
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
            item.units = ()
            return
    if rivals:
        item.units = tuple(u for w, _, u in ranked if w > best[0] - 0.4)
        return
    item.chosen = best[2]
    if best[2].level == "district":
        context.named_districts[best[2].code] += 1
    elif best[2].level == "province":
        context.named_provinces[best[2].code, best[2].today] += 1


def _strays(unit: Unit, item: _Linked, context: _Context) -> bool:
    """Whether nothing that the report has said speaks for the unit: neither its named parent nor the report's area."""
    if unit.level == "province":
        return False
    if item.parent is not None and item.parent.units:
        return not _belongs(unit, item.parent)
    return not context.at_home(unit) and not (item.before is not None and _belongs(unit, item.before))


def _city(units: tuple[Unit, ...], item: _Linked, context: _Context) -> tuple[Unit, ...]:
    """`thành phố X`: the units of that type, existing on the day where there are such."""
    cities = [u for u in units if u.type in ("thành phố", "thị xã")] or list(units)
    now = [u for u in cities if u.existed(context.on)]
    return tuple(now or cities)


def _bare(linked: list[_Linked], context: _Context) -> None:
    """Decide which names without cue are units, list by list."""
    groups: dict[int, list[_Linked]] = defaultdict(list)
    for item in linked:
        if item.child is not None:
            child = item.child
            lower = (child.chosen,) if child.chosen else child.units
            above = tuple(u for u in item.units if any(_contains(u, c) for c in lower)) or item.units
            item.units = tuple(u for u in above if u.level == "district") or above
            _choose(item, context)
        elif item.mention.cue is None:
            groups[item.mention.group].append(item)
    for members in groups.values():
        counts: Counter[Level] = Counter()
        for item in members:
            item.units = tuple(u for u in item.units if _plausible(u, item, context))
            counts.update({u.level for u in item.units})
        order = sorted(_BARE, key=lambda level: (-counts[level], _BARE.index(level)))
        for item in members:
            level = next((lv for lv in order if any(u.level == lv for u in item.units)), None)
            item.units = tuple(u for u in item.units if u.level == level)
            _choose(item, context)


def _plausible(unit: Unit, item: _Linked, context: _Context) -> bool:
    """Whether a name without cue may mean this unit in this report."""
    surface = item.mention.text
    if surface.isupper() and unit.level != "province":
        return False
    now = unit.existed(context.on)
    if unit.level == "province":
        return now or (unit.until is not None and unit.until < context.on)
    named = any(unit.level in context.cued.get(k, ()) for k in item.mention.keys)
    if unit.level == "district":
        if context.at_home(unit) or (item.before is not None and _belongs(unit, item.before)):
            return named or now
        return now and (named or _well_known(unit, item, context))
    if not context.at_home(unit):
        return False
    return now and (
        named
        or (
            " " in surface
            and (unit.today or unit.district_code in context.districts or unit.district_code in context.named_districts)
        )
    )


def _well_known(unit: Unit, item: _Linked, context: _Context) -> bool:
    """Whether the name is that of one city (of another province); communes of that name are not meant without a cue."""
    others = {
        u.code
        for k in item.mention.keys
        for u in gazetteer().by_key[k]
        if u.existed(context.on) and u.level == "district"
    }
    return unit.type == "thành phố" and len(others) == 1


def _place(item: _Linked, context: _Context) -> Place | None:
    mention = item.mention
    store = gazetteer()
    if item.chosen is None and not item.units:
        return _unknown(mention) if mention.cue else None
    unit = item.chosen or item.units[0]
    certain = item.chosen is not None
    if mention.cue is None and not certain and unit.level != "province":
        return None
    province = store.province_of(unit, context.on)
    district = store.district_of(unit, context.on)
    alone = len({u.province_code for u in item.units}) == 1
    score = (0.98 if mention.cue else 0.9) if certain else 0.6
    if certain and unit.level == "province" and mention.cue:
        score = 1.0
    current = tuple(
        CurrentUnit(u.name, u.code, p.name if (p := store.province_of(u)) else None) for u in store.current(unit)
    )
    return Place(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        name=unit.name,
        level=unit.level,
        code=unit.code if certain else None,
        district=district.name if district and certain else None,
        province=province.name if province and (certain or alone) else None,
        current=current if certain else (),
        score=round(score * item.alike.get(id(unit), item.closeness), 3),
    )


def _unknown(mention: Mention) -> Place | None:
    """A name behind a cue that no source knows, as written, without code (units dissolved before 2021)."""
    if mention.cue != "commune":
        return None
    words = mention.text.split()
    if mention.keys:  # a known name, but of no unit that lies where this one does
        return Place(
            mention.start, mention.end, mention.text, _display(mention.keys[0], words), "commune", score=_UNKNOWN_SCORE
        )
    if not 2 <= len(words) <= 4 or words[0].isupper() or (words[0] in _SURNAMES and len(words) > 2):
        return None
    return Place(mention.start, mention.end, mention.text, " ".join(words), "commune", score=_UNKNOWN_SCORE)


def _display(name_key: str, words: list[str]) -> str:
    """The usual spelling of a name that no unit decides: that of any unit so called."""
    return next((u.name for u in gazetteer().by_key[name_key] if u.level == "commune"), " ".join(words))


_SURNAMES = frozenset(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đinh Trịnh Mai Tô Lò Vàng Giàng Sùng"
    " Thào Hà Cao Lương Tạ Trương Vừ Lầu Ma Hầu Cư Quàng Cầm Đoàn Lâm Chu"
    " Triệu Nông La Tẩn Chảo Lù Thạch"
    " Sơn Kim Danh Châu Y Hứa Lục Mạc Thái Vương Từ Đàm Quách Tống Nghiêm Văn".split()
)
