"""Headings whose numbers skip one or come twice: 1 → 3, IV → IV. Only where the tree leaves no other reading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.auditing.context import Check, Context
from extractor.finding.lazy import lazy
from extractor.model import Section

RULE = "section_numbers"

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN_NUMBER, _PLAIN_NUMBER, _DOTTED_NUMBER = lazy(r"[IVXL]+"), lazy(r"\d{1,2}"), lazy(r"\d{1,2}(?:\.\d{1,2})+")
_HEADING_LENGTH = 160


def check(context: Context) -> Iterator[Check]:
    """One check for every heading that follows another of its kind under the same heading."""
    children: dict[str | None, list[Section]] = defaultdict(list)
    for section in context.report.sections:
        children[section.parent].append(section)
    for siblings in children.values():
        styles: dict[str, list[tuple[int, Section]]] = defaultdict(list)
        for section in siblings:
            read = _read(section.number)
            if read is not None:
                styles[read[0]].append((read[1], section))
        for style, run in styles.items():
            yield from _run(context, style, run)


def _read(number: str) -> tuple[str, int] | None:
    """(style, place in its order) of a heading's number; letters are left out, their order varies."""
    if _ROMAN_NUMBER.fullmatch(number):
        return "roman", _roman(number)
    if _PLAIN_NUMBER.fullmatch(number):
        return "number", int(number)
    if _DOTTED_NUMBER.fullmatch(number):
        head, _, last = number.rpartition(".")
        return head, int(last)
    return None


def _roman(number: str) -> int:
    values = [_ROMAN[c] for c in number]
    return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))


def _run(context: Context, style: str, run: Sequence[tuple[int, Section]]) -> Iterator[Check]:
    for at, ((before, first), (after, second)) in enumerate(pairwise(run)):
        if _quoted(context, first) or _quoted(context, second) or first.end > second.start:
            continue
        if after == before + 2 and before >= 1 and not _written(context, second, before + 1, first.start):
            missing = _like(second.number, after - 1)
            message = f"section {second.number} follows {first.number}: {missing} is missing"
        elif after == before and before > 1 and style != "number" and _goes_on(run, at):
            message = f"two sections are numbered {second.number}"
        else:
            continue
        start = second.start
        end = min(context.line(start)[1], start + _HEADING_LENGTH)
        yield context.found(RULE, "warning", message, start, end, ())


def _goes_on(run: Sequence[tuple[int, Section]], at: int) -> bool:
    """Whether the numbers before and after a repeated one are in order, so that it is not the start of another list."""
    values = [v for v, _ in run]
    return values[: at + 1] == list(range(values[0], values[0] + at + 1)) and all(
        b - a == 1 for a, b in pairwise(values[at + 1 :])
    )


def _like(number: str, value: int) -> str:
    if number.isdigit() or "." in number:
        return f"{number.rpartition('.')[0]}.{value}".lstrip(".")
    return "".join(("X" * (value // 10), ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][value % 10]))


def _written(context: Context, section: Section, value: int, start: int) -> bool:
    """Whether a line or sentence between begins with the number that seems to be missing."""
    missing = re.escape(_like(section.number, value))
    return re.search(rf"(?:^|[.;:]\s|\n)\s*\(?{missing}\s?[.)/:\s-]", context.text[start : section.start]) is not None


def _quoted(context: Context, section: Section) -> bool:
    """Whether the number stands in quotation marks: the text of another document."""
    return context.text[max(0, section.start - 2) : section.start].strip()[-1:] in ("“", '"', "«")
