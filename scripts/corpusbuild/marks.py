"""The inline marks of the annotation guide (gold/README.md): marked text in, plain text and stand-off items out."""

from __future__ import annotations

import re
from typing import Any

MARK = re.compile(r"⟦([FRPSO])\s?(.*?)⟧", re.S)
ATTRIBUTE = re.compile(r"([a-z]+)=(.*)", re.S)
FIGURE_ATTRIBUTES = {"ind", "dir", "period", "place", "role"}
ATTRIBUTES = {"F": FIGURE_ATTRIBUTES, "R": {"date"}, "P": {"code"}, "S": set(), "O": set()}


class MarkError(ValueError):
    """A mark that the guide does not allow; the message quotes it."""


def strip_marks(marked: str) -> str:
    """The plain text of a marked text."""
    return parse_marks(marked)[0]


def parse_marks(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the plain text and its annotations, offsets in code points of the plain text.

    A section mark's surface ends with its closing punctuation; the space after it belongs to the text.
    Raises `MarkError` for a mark with missing or unknown fields and for stray mark characters.
    """
    plain: list[str] = []
    items: list[dict[str, Any]] = []
    length = last = 0
    for match in MARK.finditer(marked):
        before = marked[last : match.start()]
        surface, item = _item(match)
        if match[1] == "S" and surface.endswith(" ") and marked[match.end() : match.end() + 1].isspace():
            surface = surface.rstrip()
        start = length + len(before)
        span = {"tag": match[1], "start": start, "end": start + len(surface.rstrip()), "text": surface.rstrip()}
        items.append(span | item)
        plain += [before, surface]
        length = start + len(surface)
        last = match.end()
    plain.append(marked[last:])
    text = "".join(plain)
    if stray := re.search(r".{0,30}[⟦⟧¦].{0,30}", text):
        raise MarkError(f"stray mark character: …{stray[0]}…")
    return text, items


def _item(match: re.Match[str]) -> tuple[str, dict[str, Any]]:
    """The surface of one mark and the fields that its tag prescribes."""
    tag, body = match.groups()
    surface, *rest = body.split("¦")
    if rest and tag != "S":
        surface = surface.rstrip(" ")
    fields = [field.strip() for field in rest]
    attributes = {m[1]: m[2].strip() for m in map(ATTRIBUTE.fullmatch, fields) if m}
    plain = [field for field in fields if not ATTRIBUTE.fullmatch(field)]
    if unknown := set(attributes) - ATTRIBUTES[tag]:
        raise MarkError(f"unknown attribute {', '.join(sorted(unknown))} in {match[0]}")
    try:
        if tag == "F":
            head, _, of = plain[0].partition("/")
            item = {"value": float(head), "of": float(of) if of else None, "unit": plain[1], "kind": plain[2]}
        elif tag == "R":
            item = {"key": plain[0]}
        elif tag == "P":
            item = {"level": plain[0], "name": plain[1] if len(plain) > 1 else surface}
        elif tag == "S":
            item = {"number": plain[0], "level": int(plain[1])}
        else:
            item = {}
    except (IndexError, ValueError) as error:
        raise MarkError(f"cannot read {match[0]}: {error}") from error
    wanted = {"F": (3, 3), "R": (1, 1), "P": (1, 2), "S": (2, 2), "O": (0, 0)}[tag]
    if not wanted[0] <= len(plain) <= wanted[1] or not surface.strip() or surface != surface.lstrip():
        raise MarkError(f"wrong number of fields, or no clean surface, in {match[0]}")
    return surface, item | attributes
