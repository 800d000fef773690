"""The page `/compare`: two years or two documents, what changed between them, and whether that can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extractor.compare import kept
from extractor.compare.claims import sentence_of
from extractor.compare.reasons import Language, Reason
from extractor.errors import UsageError
from extractor.store.findings import text_of
from extractor.store.store import Store
from extractor.web.asked import Pager, pager, whole, words
from extractor.web.comparisons import Asked, Begun, begin, sides
from extractor.web.missing import Missing
from extractor.web.rendering import is_fragment, render, words_of
from extractor.web.site import site
from extractor.web.work import Work

SIZE = 50
"""Rows on a page."""

CHOICES = 40
"""Documents that can be chosen from at a time; words make it fewer."""

_SURE = ("0.5", "0.6", "0.7", "0.8", "0.9", "0.95")
_MAPS = ("as-told", "today", "as-of")


@dataclass(frozen=True, slots=True)
class Form:
    """What the form holds."""

    by: str  # years | documents
    a: str
    b: str
    area: str
    sure: str
    map: str
    year: int | None
    statuses: tuple[str, ...]
    said: str

    @property
    def asked(self) -> Asked:
        """The comparison that it asks for."""
        places = self.map
        if self.map == "as-of":
            places = f"as-of {self.year}" if self.year else "as-told"
        return Asked(self.a, self.b, self.area if self.by == "years" else "", float(self.sure), places)


def page(request: Request) -> Response:
    """The form, and the rows of what it asks for."""
    form = _form(request)
    values: dict[str, Any] = {"form": form, "sure": _SURE, "maps": _MAPS, "order": kept.ORDER, "refused": None}
    with site(request).store() as store:
        values["years"] = store.rows(
            "SELECT year, count(*) FROM documents WHERE year IS NOT NULL GROUP BY year ORDER BY year"
        ).fetchall()
        values["choices"] = _choices(store, form) if form.by == "documents" else []
        begun, shown, rows, counts = None, None, list[dict[str, Any]](), (0, 0)
        if form.a and form.b:
            a, b = sides(store, form.asked)
            counts = len(a), len(b)
            if a and b:
                try:
                    begun = begin(_work(request), store, form.asked, a, b)
                except UsageError as error:
                    values["refused"] = error
            if begun is not None and begun.progress is not None and not begun.progress.failed:
                shown, rows = _rows(request, store, form, begun)
    return render(request, "compare.html", begun=begun, shown=shown, rows=rows, counts=counts, **values)


def progress(request: Request) -> Response:
    """The part of the page that says how far a comparison is; asked for until it is done."""
    form = _form(request)
    with site(request).store() as store:
        a, b = sides(store, form.asked)
        if not a or not b:
            raise Missing
        begun = begin(_work(request), store, form.asked, a, b)
    return render(request, "compare_progress.html", begun=begun, polled=True, query=request.url.query)


def sentences(request: Request) -> Response:
    """Both sentences of a row."""
    form, id = _form(request), whole(request, "row")
    with site(request).store() as store:
        a, b = sides(store, form.asked)
        if not a or not b or id is None:
            raise Missing
        row = kept.row_of(begin(_work(request), store, form.asked, a, b).path, id)
        if row is None:
            raise Missing
        both = [(name, _told(store, row[name])) for name in ("a", "b") if row[name]]
    part = is_fragment(request)
    return render(request, "compare_sentences.html" if part else "compare_sentences_page.html", sides=both)


def _told(store: Store, side: dict[str, Any]) -> dict[str, Any]:
    """The side with its document's name, and its sentence in pieces, the number marked."""
    text = text_of(store, side["document"])
    sentence = sentence_of(text, side["start"], side["stop"])
    before, number, after = sentence.partition(text[side["start"] : side["stop"]])
    names = store.rows("SELECT coalesce(title, source), source FROM documents WHERE id = ?", (side["document"],))
    title, source = names.fetchone() or ("", "")
    return side | {"pieces": [(before, False), (number, True), (after, False)], "title": title, "source": source}


def _rows(request: Request, store: Store, form: Form, begun: Begun) -> tuple[Pager, list[dict[str, Any]]]:
    """The rows of the page that is asked for, reasons said, documents named."""
    shown = pager(request, SIZE, kept.count(begun.path, form.statuses, form.said))
    rows = kept.page(begun.path, form.statuses, form.said, SIZE, shown.offset)
    language: Language = words_of(request).language
    for row in rows:
        row["reason"] = Reason(row["reason"][0], tuple(row["reason"][1:])).say(language) if row["reason"] else ""
    return shown, rows


def _choices(store: Store, form: Form) -> list[Any]:
    """Documents to choose from: those whose place, issuer, title or number holds the words; the chosen ones always."""
    said = [f"%{word}%" for word in form.area.split()]
    holds = "(coalesce(title, '') || ' ' || coalesce(place, '') || ' ' || coalesce(issuer, '') || ' ' "
    holds += "|| coalesce(number, '') || ' ' || source) LIKE ?"
    chosen = [side[2:] for side in (form.a, form.b) if side.startswith("d:")]
    where = " AND ".join([holds] * len(said)) or "TRUE"
    marks = ", ".join("?" * len(chosen))
    return store.rows(
        f"""SELECT id, coalesce(title, source), coalesce(place, issuer), year, number FROM documents
            WHERE id IN ({marks}) OR ({where})
            ORDER BY id IN ({marks}) DESC, year DESC, place, source LIMIT {CHOICES}""",
        (*chosen, *said, *chosen),
    ).fetchall()


def _form(request: Request) -> Form:
    a, b = words(request, "a"), words(request, "b")
    by = "documents" if words(request, "by") == "documents" or a.startswith("d:") or b.startswith("d:") else "years"
    sure, map = words(request, "sure"), words(request, "places")
    statuses = tuple(s for s in request.query_params.getlist("status") if s in kept.ORDER)
    return Form(
        by, a, b, words(request, "area"), sure if sure in _SURE else _SURE[0], map if map in _MAPS else _MAPS[0],
        whole(request, "year"), statuses, words(request, "q"),
    )  # fmt: skip


def _work(request: Request) -> Work:
    work: Work = request.app.state.work
    return work


routes = [
    Route("/compare", page),
    Route("/compare/progress", progress),
    Route("/compare/sentences", sentences),
]
