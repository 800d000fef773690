"""Which named unit is whose parent: `xã X, huyện Y`, `huyện Y: xã A, B`, `A (Y)`, `tỉnh Z … Y 5 người`."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

import regex

from extractor.gazetteer import Unit, gazetteer
from extractor.linking.place_context import Linked

_SNAPSHOT = datetime.date(2021, 7, 1)  # no list of communes is older
_NEAR = 200  # characters within which a province still explains the districts named after it
_LIST = 60  # members of a list that one parent is handed to


def contains(higher: Unit, lower: Unit) -> bool:
    """Whether the lower unit lies in the higher one; communes of today also in the district they came from."""
    if higher.level == "district" and lower.level == "commune":
        if lower.today:
            return lower.code in higher.current_codes
        if higher.until and lower.until and higher.until < _SNAPSHOT:  # gone before the lists of communes begin
            same_province = lower.province_code == higher.province_code
            return same_province and not set(lower.current_codes).isdisjoint(higher.current_codes)
        return lower.district_code == higher.code
    if higher.level != "province" or lower.level == "province":
        return False
    if higher.district_code:  # a province that lost its districts to another
        return (lower.code if lower.level == "district" else lower.district_code) in higher.district_code.split()
    if higher.today == lower.today:
        return lower.province_code == higher.code
    if lower.today:
        return lower.province_code in higher.current_codes
    former = gazetteer().by_code["province", lower.province_code]
    return any(higher.code in p.current_codes for p in former if not p.today)


def belongs(unit: Unit, parent: Linked) -> bool:
    """Whether the unit lies in the (possibly still undecided) parent."""
    return any(contains(h, unit) for h in ((parent.chosen,) if parent.chosen else parent.units))


def relate(linked: list[Linked]) -> None:
    """Note for each lower unit the parent that follows it, and the higher unit that was named last before it."""
    last_district: Linked | None = None
    last_province: Linked | None = None
    named_province: Linked | None = None
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


def _claim(linked: list[Linked], at: int) -> None:
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
    while back >= 0 and linked[back].mention.group == group and at - back < _LIST:
        if linked[back].parent is None:
            linked[back].parent = parent
        back -= 1


def _is_child(child: Linked, parent: Linked) -> bool:
    """Whether any unit that the one name may mean lies in any that the other may mean."""
    higher = (parent.chosen,) if parent.chosen else parent.units
    lower = (child.chosen,) if child.chosen else child.units
    return any(contains(h, low) for h in higher for low in lower)


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
