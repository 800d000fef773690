"""One document: its text beside the picture of its page, everything found in it marked on both.

`/documents/1?page=3` shows a part; `?item=f7` the part with that item, `?at=OFFSET` (and `&to=OFFSET`) the one with
that passage. With htmx only the part is sent.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from extractor import output
from extractor.errors import NotFound, ReportError
from extractor.store.store import Store
from extractor.web.editing import editing
from extractor.web.items import Item
from extractor.web.marking import pieces
from extractor.web.missing import Missing
from extractor.web.pictures import has_pictures
from extractor.web.rendering import is_fragment, render
from extractor.web.reports import Loaded, Part, load
from extractor.web.shelf import OtherYears
from extractor.web.site import Site, document_id, site

_PASSAGE = 240  # characters that are shown as the passage where only its start was named
_MOST_YEARS = 5  # with which comparing is offered
_MOST_SECTIONS = 1000  # of the contents; a longer tree helps nobody


def page(request: Request) -> Response:
    """The document, or with htmx the part of it that was asked for. Raises Missing, ReportGone."""
    here = site(request)
    with here.store() as store:
        loaded = load(here, store, document_id(request))
        years = here.catalogue.entries(store).other_years(loaded.id)
    shown = shown_part(request, here, loaded)
    if is_fragment(request) and "whole" not in request.query_params:
        return render(request, "document_part.html", **shown, swapped=True)
    return render(
        request, "document.html", **shown, swapped=False, sections=loaded.report.sections[:_MOST_SECTIONS],
        findings=[item for item in loaded.items.all if item.kind == "finding"],
        tables=[item for item in loaded.items.all if item.kind == "table"],
        searchable=_searchable(here, loaded).is_file(), comparisons=_comparisons(years),
    )  # fmt: skip


def _comparisons(years: OtherYears | None) -> list[tuple[int, str]]:
    """The nearest other years of the same issuer, each with the address where they are compared."""
    if years is None:
        return []
    pairs = {other: sorted((other, years.year)) for other in years.others[:_MOST_YEARS]}
    return [(other, "/compare?" + urlencode({"a": a, "b": b, "area": years.issuer})) for other, (a, b) in pairs.items()]


def shown_part(request: Request, here: Site, loaded: Loaded) -> dict[str, Any]:
    """What the templates of a part need. Raises Missing."""
    part, item, passage = _asked(request, loaded)
    items = loaded.items.between(part.start, part.end)
    drawn = has_pictures(loaded)
    why: ReportError | None = None
    if drawn:
        try:
            here.pictures.source(loaded)
        except ReportError as error:
            drawn, why = False, error
    sections = [s for s in loaded.report.sections if part.start <= s.start < part.end]
    return editing(request, loaded, item, part) | {
        "loaded": loaded, "document": loaded.report.document, "part": part, "item": item, "passage": passage,
        "pieces": pieces(loaded.report.text, part.start, part.end, items, sections, passage),
        "boxes": [i for i in items if i.boxes and i.page == part.page and i.kind != "finding"] if drawn else [],
        "drawn": drawn, "why": why, "doubtful": [i for i in items if i.doubts],
        "next_doubtful": _with_doubts(loaded, part, 1), "previous_doubtful": _with_doubts(loaded, part, -1),
    }  # fmt: skip


def item(request: Request) -> Response:
    """What is known of one item, for the panel beside the text. Raises Missing."""
    here = site(request)
    with here.store() as store:
        loaded = load(here, store, document_id(request))
    found = item_of(loaded, request.path_params["item"])
    part = loaded.part_at(found.start)
    return render(request, "document_item.html", loaded=loaded, item=found, **editing(request, loaded, found, part))


def item_of(loaded: Loaded, name: str) -> Item:
    """The item of that id. Raises Missing."""
    found = loaded.items.by_id.get(name)
    if found is None:
        raise Missing("document.no_such_item")
    return found


def picture(request: Request) -> Response:
    """The picture of a page. Raises Missing where the document has no such page, NotFound, SourceChanged, NotDrawn."""
    here = site(request)
    with here.store() as store:
        loaded = load(here, store, document_id(request))
    number = request.path_params["page"]
    if not has_pictures(loaded) or all(part.page != number for part in loaded.parts):
        raise Missing("document.no_such_page")
    kept = "private, max-age=3600"  # the address has the hash of the file
    return FileResponse(here.pictures.picture(loaded, number), media_type="image/png", headers={"cache-control": kept})


def download_json(request: Request) -> Response:
    """The report's JSON as the run wrote it. Raises Missing, ReportGone."""
    here = site(request)
    with here.store() as store:
        loaded = load(here, store, document_id(request))
    return _attached(here.out / "reports" / loaded.json, f"{loaded.report.document.id}.json", "application/json")


def download_figures(request: Request) -> Response:
    """The document's figures as CSV. Raises Missing."""
    with site(request).store() as store:
        rows = figures_of(store, document_id(request))
    text = "\ufeff" + output.as_csv(rows, _COLUMNS)  # the mark tells Excel that it is UTF-8
    head = {"content-disposition": f'attachment; filename="figures-{document_id(request)}.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=head)


_COLUMNS = (
    "id", "text", "kind", "exact", "out_of", "value_to", "unit", "amount", "comparator", "indicator", "indicator_id",
    "direction", "role", "period", "place", "place_code", "section", "page", "confidence", "table_id", "table_row",
    "table_column", "heading",
)  # fmt: skip


def figures_of(store: Store, document: int) -> list[dict[str, Any]]:
    """The figures of a document by `_COLUMNS`. A text that a spreadsheet would take for a formula gets a quote before
    it (OWASP, CSV Injection). Raises Missing where there is no such document."""
    if store.rows("SELECT 1 FROM documents WHERE id = ?", (document,)).fetchone() is None:
        raise Missing("common.no_such_document")
    found = store.rows(f"SELECT {', '.join(_COLUMNS)} FROM figures WHERE document = ? ORDER BY row", (document,))
    return [
        {name: f"'{value}" if name not in _NUMBERS and str(value)[:1] in _FORMULA else value
         for name, value in zip(_COLUMNS, row, strict=True)}
        for row in found
    ]  # fmt: skip


_NUMBERS = ("exact", "out_of", "value_to", "amount", "confidence")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def download_searchable(request: Request) -> Response:
    """The searchable PDF that `run --searchable` made. Raises Missing, NotFound."""
    here = site(request)
    with here.store() as store:
        loaded = load(here, store, document_id(request))
    path = _searchable(here, loaded)
    return _attached(path, f"{loaded.report.document.id}.pdf", "application/pdf")


def _attached(path: Any, name: str, kind: str) -> Response:
    if not path.is_file():
        raise NotFound("the file is not there any more", path=path)
    return FileResponse(path, media_type=kind, filename=name)


def _searchable(here: Site, loaded: Loaded) -> Any:
    """Where `extractor.searchable.copies` puts the copy."""
    below = here.out / "searchable" / loaded.json.removesuffix(".json")
    return below if below.suffix.lower() == ".pdf" else below.with_name(below.name + ".pdf")


def _asked(request: Request, loaded: Loaded) -> tuple[Part, Item | None, tuple[int, int] | None]:
    """The part that the query names, the item and the passage that are to be seen in it. Raises Missing."""
    query = request.query_params
    if name := query.get("item"):
        found = item_of(loaded, name)
        return loaded.part_at(found.start), found, None
    if (start := _number(query.get("at"))) is not None:
        text = loaded.report.text
        start = min(start, max(0, len(text) - 1))
        line = text.find("\n", start)
        end = _number(query.get("to")) or min(start + _PASSAGE, line if line > start else len(text))
        part = loaded.part_at(start)
        return part, loaded.items.at(start), (start, max(start + 1, min(end, part.end)))
    number = _number(query.get("page", "1")) or 1
    if number > len(loaded.parts):
        raise Missing("document.no_such_page")
    return loaded.parts[number - 1], None, None


def _number(said: str | None) -> int | None:
    """A whole number of a query, None where it is none."""
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 12 else None


def _with_doubts(loaded: Loaded, part: Part, step: int) -> int | None:
    """The number of the next part (`step` 1) or the one before (-1) that has something doubtful."""
    doubtful = loaded.items.doubtful
    if step > 0:
        found = next((i for i in doubtful if i.start >= part.end), None)
    else:
        found = next((i for i in reversed(doubtful) if i.start < part.start), None)
    return loaded.part_at(found.start).number if found else None


routes = [
    Route("/documents/{id:int}", page),
    Route("/documents/{id:int}/items/{item}", item),
    Route("/documents/{id:int}/pages/{page:int}.png", picture),
    Route("/documents/{id:int}/report.json", download_json),
    Route("/documents/{id:int}/figures.csv", download_figures),
    Route("/documents/{id:int}/searchable.pdf", download_searchable),
]
