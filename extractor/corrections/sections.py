"""The section tree after sections were taken out, put in or hung elsewhere: parents, depths, ends, their items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.corrections.items import Desk, Held, StaleError


def standing(desk: Desk, section: str | None) -> str | None:
    """The section itself where it is still one, else the nearest around it that is."""
    by_id = {h.item.id: h for h in desk.held["section"]}
    while section in by_id and by_id[section].gone:
        section = by_id[section].item.parent
    return section


def look_at_order(desk: Desk) -> None:
    """Raise StaleError where a section hangs on one that had ended before it: no text is laid out like that."""
    chain: list[str] = []
    for held in _sections(desk):
        parent = standing(desk, held.item.parent)
        if parent is not None and parent not in chain:
            raise StaleError(f"section {held.item.number} cannot stand in one that has ended before it")
        chain = [*chain[: chain.index(parent) + 1], held.item.id] if parent is not None else [held.item.id]


def settle(desk: Desk, text_length: int) -> None:
    """Work out what follows from the parents: depths, the ends of sections that gained or lost others, and the section
    of every item. Sections that nothing happened to, or to what stands in them, keep their end."""
    sections = _sections(desk)
    parents = {h.item.id: standing(desk, h.item.parent) for h in sections}
    levels: dict[str, int] = {}
    for held in sections:
        parent = parents[held.item.id]
        levels[held.item.id] = levels[parent] + 1 if parent is not None else 1
    ends = _ends(desk, sections, levels, parents, text_length)
    for held in sections:
        key = held.item.id
        held.item = replace(held.item, parent=parents[key], level=levels[key], end=ends[key])
    was = {s.id for s in desk.report.sections}
    for held in (*desk.held["figure"], *desk.held["reference"]):
        section = standing(desk, held.item.section)
        for new in sections if not held.placed else ():
            inside = new.item.start <= held.item.start < new.item.end
            if inside and new.item.id not in was and parents[new.item.id] == section:
                section = new.item.id
        if section != held.item.section:
            held.item = replace(held.item, section=section)


def _ends(
    desk: Desk, sections: Sequence[Held], levels: dict[str, int], parents: dict[str, str | None], text_length: int
) -> dict[str, int]:
    was = {s.id: s for s in desk.report.sections}
    ends: dict[str, int] = {}
    for i in range(len(sections) - 1, -1, -1):
        key = sections[i].item.id
        inside = []
        following = text_length
        for other in sections[i + 1 :]:
            if levels[other.item.id] <= levels[key]:
                following = other.item.start
                break
            inside.append(other.item.id)
        if key not in was:
            around = parents[key]
            while around is not None and around not in was:
                around = parents[around]
            ends[key] = min(following, was[around].end if around is not None else text_length)
        else:
            before = {s.id for s in desk.report.sections if was[key].start < s.start < was[key].end}
            same = before == set(inside)
            ends[key] = was[key].end if same else max([was[key].end, *(ends[k] for k in inside)])
        ends[key] = max([min(ends[key], following), *(ends[k] for k in inside)])
    return ends


def _sections(desk: Desk) -> list[Held]:
    return [h for h in desk.held["section"] if not h.gone]
