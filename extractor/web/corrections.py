"""Corrections on the document page: what a person says of an item, is kept, and is shown at once.

A form is answered with the way back to the document (303), for htmx to all of its page, of which the parts that changed
are taken; what cannot be meant is answered with a message (422).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from threading import Lock
from typing import Any
from urllib.parse import quote, urlencode

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from extractor.corrections import making
from extractor.corrections.folder import save
from extractor.corrections.guessing import guessed
from extractor.corrections.items import key_of
from extractor.corrections.making import CannotCorrect
from extractor.corrections.record import Correction, person
from extractor.corrections.reviewed import mark_reviewed
from extractor.corrections.units import suggested
from extractor.store.database import StoreUnavailable
from extractor.store.documents import Documents
from extractor.web.editing import WHO, editing, seen, who
from extractor.web.fields import FORMS, Refused, day_of, fields, new_values_of, stretch_of, values_of
from extractor.web.items import SHOWN_ONLY, Item
from extractor.web.missing import Missing
from extractor.web.rendering import is_fragment, render, words_of
from extractor.web.reports import Loaded, load
from extractor.web.settings import local
from extractor.web.site import Site, document_id, site

_STORING = Lock()
"""Held by who brings the store up to date, so that an older state is not written over a newer one."""
_YEAR = 365 * 24 * 3600  # seconds
_MOST_FIELDS = 40
_LONGEST = 500  # characters of words that are marked as missed


async def say(request: Request) -> Response:
    """POST what a person says of the document: `what`; of an item `item` (its id on the page) and the fields of its
    form; of missed words `as` (the kind), `start`, `end`; of an undoing `record`; of a review `page` (none: all)."""
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
        said = {name: str(value) for name, value in form.items()}
    return await run_in_threadpool(_say, request, said)


def _say(request: Request, said: Mapping[str, str]) -> Response:
    here, words = site(request), words_of(request)
    loaded = _load(request)
    name = who(request)
    if name is None:
        return _refused(request, words("corrections.name_first"), loaded)
    try:
        made = _made(here, loaded, said, name, request)
    except Refused as refused:
        field = words("corrections.field_" + refused.name)
        return _refused(request, f"{field}: {words(refused.key)}", loaded)
    except CannotCorrect as error:
        why = words.told(str(error).removesuffix(f" ({error.remedy})"))
        return _refused(request, words("corrections.refused", why=why), loaded)
    shown = _address(_load(request), made, said)
    query = urlencode(shown | ({"whole": "1"} if is_fragment(request) else {}))
    then = BackgroundTask(_show_everywhere, here, loaded)  # the other pages may learn of it a moment later
    return RedirectResponse(f"/documents/{loaded.id}?{query}", 303, background=then)


def _made(here: Site, loaded: Loaded, said: Mapping[str, str], name: str, request: Request) -> Correction:
    """The correction that was asked for, kept. Raises Refused, CannotCorrect, Missing, DiskFull, CannotWrite."""
    now, what, words = loaded.corrected, said.get("what"), words_of(request)
    if what == "reviewed":
        pages = [int(page)] if (page := said.get("page", "")).isascii() and page.isdigit() and len(page) < 9 else []
        return mark_reviewed(here.out, loaded.json, name, pages)
    if what == "undo":
        made = making.undo(now, said.get("record", ""), name)
    elif what == "add":
        kind: Any = said.get("as")
        if kind not in FORMS:
            raise CannotCorrect("an item of a kind that there is not")
        values = new_values_of(kind, loaded.report, said, words)
        made = making.add(now, kind, _offset(said, "start"), _offset(said, "end"), values, name)
    else:
        made = _about(loaded, said, name, request)
    save(here.out, loaded.json, [made])
    return made


def _about(loaded: Loaded, said: Mapping[str, str], name: str, request: Request) -> Correction:
    item = _item(loaded, said.get("item", ""))
    now, key = loaded.corrected, key_of(item.value)
    kind: Any = item.kind
    if said.get("what") == "accept":
        return making.accept(now, kind, key, name)
    if said.get("what") == "reject":
        return making.reject(now, kind, key, name)
    if said.get("what") != "correct" or kind not in FORMS:
        raise CannotCorrect("nothing that can be said of it")
    if "seen" in said and said["seen"] != seen(now.marks.get((kind, key), ())):
        raise CannotCorrect("someone has corrected it since this form was shown")
    values = values_of(item, loaded.report, said, words_of(request))
    return making.change(now, kind, key, values, name) if values else making.accept(now, kind, key, name)


def missed(request: Request) -> Response:
    """The form of words that the machine missed: `start` and `end` in the text, or `words` that stand once between
    `from` and `to`. Raises Missing."""
    loaded, query = _load(request), request.query_params
    text = loaded.report.text
    if wanted := query.get("words", "").strip():
        found = stretch_of(text, wanted, _offset(query, "from"), min(_offset(query, "to"), len(text)))
        if found is None:
            return _refused(request, words_of(request)("corrections.not_once"), loaded)
        start, end = found
    else:
        start, end = _offset(query, "start"), min(_offset(query, "end"), len(text))
        start, end = start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
    if not start < end <= start + _LONGEST:
        return _refused(request, words_of(request)("corrections.nothing_chosen"), loaded)
    kind, about = guessed(text[start:end], day_of(loaded.report))
    around = loaded.corrected.desk.section_at(start)
    about["figure"] |= {"period": loaded.report.document.period, "section": around and around.id}
    about["section"] |= {"parent": around and around.id}
    forms = {k: fields(k, said, loaded.report, words_of(request), start) for k, said in about.items() if k in FORMS}
    part = loaded.part_at(start)
    values = editing(request, loaded, None, part) | {
        "loaded": loaded, "start": start, "end": end, "text": text[start:end], "kind": kind,
        "forms_of_kinds": {k: [f for f in form if f.shape != "words"] for k, form in forms.items()},
    }  # fmt: skip
    template = "corrections_missed.html" if is_fragment(request) else "corrections_missed_page.html"
    return render(request, template, **values)


def places(request: Request) -> Response:
    """Suggestions for the name that is being typed, the last of several. For htmx."""
    loaded = _load(request)
    typed = request.query_params.get("places", request.query_params.get("place", ""))[:200]
    before, _, last = typed.rpartition(";")
    start = f"{before.strip()}; " if before.strip() else ""
    found = [start + one for one in suggested(last, day_of(loaded.report))]
    return render(request, "corrections_places.html", found=found)


def corrected_json(request: Request) -> Response:
    """The report's JSON as people have corrected it."""
    loaded = _load(request)
    head = {"content-disposition": f'attachment; filename="{quote(loaded.report.document.id)}-corrected.json"'}
    return Response(loaded.report.to_json(), media_type="application/json", headers=head)


async def choose_name(request: Request) -> Response:
    """POST `who`, `back` (a path of ours): keep the name in a cookie and go back."""
    async with request.form(max_files=0, max_fields=2) as form:
        answer = RedirectResponse(local(str(form.get("back", ""))), 303)
        with suppress(ValueError):
            name = quote(person(str(form.get("who", ""))))
            answer.set_cookie(WHO, name, max_age=_YEAR, httponly=True, samesite="strict")
    return answer


def _load(request: Request) -> Loaded:
    here = site(request)
    with here.store() as store:
        return load(here, store, document_id(request))


def _item(loaded: Loaded, name: str) -> Item:
    found = loaded.items.by_id.get(name)
    if found is None or found.kind in SHOWN_ONLY:
        raise Missing("document.no_such_item")
    return found


def _offset(said: Mapping[str, str], name: str) -> int:
    text = said.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _show_everywhere(here: Site, loaded: Loaded) -> None:
    """Bring the store's rows of this document to what was said. Where a run keeps the store busy it is done later: the
    correction is on the disk, and whoever opens the store next loads it."""
    with _STORING, suppress(StoreUnavailable), Documents(here.out) as documents:
        documents.put(loaded.json, loaded.json_sha256)


def _address(loaded: Loaded, made: Correction, said: Mapping[str, str]) -> dict[str, str]:
    """What the document's page is to show now: the item where there still is one, else the part that was shown."""
    if made.what in ("accept", "correct", "add"):
        held = (kind_and_key for kind_and_key, by in loaded.corrected.marks.items() if made.id in by)
        wanted = next(held, None)
        for item in loaded.items.by_id.values():
            if item.kind not in SHOWN_ONLY and (item.kind, key_of(item.value)) == wanted:
                return {"item": item.id}
    at = made.anchor.start if made.anchor else _offset(said, "at")
    return {"page": str(loaded.part_at(at).number)}


def _refused(request: Request, why: str, loaded: Loaded) -> Response:
    if is_fragment(request):
        return PlainTextResponse(why, 422)
    return render(request, "corrections_refused.html", 422, why=why, loaded=loaded)


routes = [
    Route("/documents/{id:int}/corrections", say, methods=["POST"]),
    Route("/documents/{id:int}/missed", missed),
    Route("/documents/{id:int}/places", places),
    Route("/documents/{id:int}/corrected.json", corrected_json),
    Route("/name", choose_name, methods=["POST"]),
]
