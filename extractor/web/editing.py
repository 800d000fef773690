"""What the templates of corrections show of a document: who corrects, the form of an item, what was said so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request

from extractor.corrections.apply import Corrected
from extractor.corrections.fields import Anchor
from extractor.corrections.items import key_of
from extractor.corrections.record import Correction, moment, person
from extractor.corrections.reviewed import reviewed_pages
from extractor.model import PlaceName
from extractor.web.fields import FORMS, Field, about_of, called, fields
from extractor.web.items import SHOWN_ONLY, Item
from extractor.web.rendering import words_of
from extractor.web.reports import Loaded, Part
from extractor.web.words import Words

WHO = "extractor_who"
"""The cookie that keeps the name of the person who corrects."""
_MOST = 200  # records that are listed on a document's page
_HIDDEN = {"current", "start", "end"}  # fields that follow from another, which is told


@dataclass(frozen=True, slots=True)
class Change:
    """A field that was changed, as it is told: how it is called, what it said, what it says."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Told:
    """One record as it is told. `at`: where its item stands, None where that is no more."""

    id: str
    when: str
    who: str
    what: str
    kind: str
    text: str
    changes: tuple[Change, ...]
    state: str
    reason: str
    at: int | None
    pages: tuple[int, ...]

    @property
    def undoable(self) -> bool:
        """Whether it can be taken back."""
        return self.what != "undo" and self.state != "undone"


@dataclass(frozen=True, slots=True)
class Edit:
    """The item that is chosen. `form` is empty where it can only be accepted; `said` are the records about it, `seen`
    what tells that there are others since."""

    kind: str
    key: str
    form: Sequence[Field]
    said: Sequence[Told]
    seen: str


def editing(request: Request, loaded: Loaded, item: Item | None, part: Part) -> dict[str, Any]:
    """The values of the templates `corrections_*.html`."""
    words, corrected = words_of(request), loaded.corrected
    told = [_told(c, corrected, words) for c in corrected.corrections]
    of = [p.number for p in loaded.report.pages]
    return {
        "who": who(request),
        "edit": _edit(loaded, item, told, words),
        "records": [t for t in told[::-1] if t.what != "undo"][:_MOST],
        "last": next((t for t in told[::-1] if t.undoable), None),
        "reviewed": sorted(reviewed_pages(corrected.corrections, loaded.json_sha256, of)),
        "pages_to_review": of,
        "page_to_review": part.page if part.page is not None and len(of) > 1 else None,
    }


def who(request: Request) -> str | None:
    """The person's name, where they have told it."""
    try:
        return person(unquote(request.cookies.get(WHO, "")))
    except ValueError:
        return None


def _edit(loaded: Loaded, item: Item | None, told: Sequence[Told], words: Words) -> Edit | None:
    if item is None or item.kind in SHOWN_ONLY:
        return None
    key: str = key_of(item.value)
    kind: Any = item.kind
    form = fields(item.kind, about_of(item), loaded.report, words, item.start) if item.kind in FORMS else ()
    marks = loaded.corrected.marks.get((kind, key), ())
    return Edit(item.kind, key, form, [t for t in told if t.id in marks], seen(marks))


def seen(marks: Sequence[str]) -> str:
    """The state in which a person sees an item: the last record about it. An older form does not undo a newer one."""
    return marks[-1] if marks else ""


def _told(c: Correction, corrected: Corrected, words: Words) -> Told:
    outcome = corrected.outcomes[c.id]
    names = [name for name in c.new if name not in _HIDDEN]
    changes = [
        Change(called(c.kind, name, words), _value(c.old.get(name), words), _value(c.new[name], words))
        for name in names
    ]
    if c.anchor and {"start", "end"} & c.new.keys() and c.what == "correct":
        start, end = c.new.get("start", c.anchor.start), c.new.get("end", c.anchor.end)
        changes.append(Change(called(c.kind, "words", words), c.anchor.text, corrected.machine.text[start:end]))
    day = moment(c.when).astimezone()
    when = f"{words.date(day.date().isoformat())} {day:%H:%M}"
    text = " ".join(c.anchor.text.split()) if c.anchor else ""
    if c.kind == "letterhead":
        text = words("document.kind_letterhead")
    state, reason, at = outcome.state, outcome.reason, outcome.at
    return Told(c.id, when, c.who, c.what, c.kind, text, tuple(changes), state, reason, at, c.pages)


def _value(value: Any, words: Words) -> str:
    if value is None or value in ("", ()):
        return "–"
    if isinstance(value, Decimal):
        return words.decimal(value)
    if isinstance(value, Anchor):
        return " ".join(value.text.split())
    if isinstance(value, tuple):
        return "; ".join(p.name if isinstance(p, PlaceName) else str(p) for p in value)
    return str(value)
