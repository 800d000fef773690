"""Templates to responses: everything escaped, marks made visible, the words of the language that was asked for."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from extractor.web.failures import failure, failure_of
from extractor.web.site import document_url
from extractor.web.visible import visible
from extractor.web.words import Words, language_of

LANGUAGE = "extractor_language"
"""The cookie that keeps the language."""

NAV = (
    ("library", "/"), ("search", "/search"), ("compare", "/compare"), ("audit", "/audit"), ("citations", "/citations"),
    ("indicators", "/indicators"),
)  # fmt: skip


def environment() -> Environment:
    """The templates. What is printed is escaped, and its characters that turn or hide text are made visible."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=_shown,
    )  # fmt: skip
    made.globals.update(document_url=document_url, nav=NAV)
    return made


def render(request: Request, template: str, /, status: int = 200, **values: Any) -> HTMLResponse:
    """The page that `template` makes of `values`, and of `t` (words), `number`, `decimal`, `date`, `told`, `failure`
    and `failure_of` (`extractor.web.failures`), `language`, `path`, and `link(page=2)`, the address of this page with
    that changed in its query (None: left out)."""
    words = words_of(request)
    environment: Environment = request.app.state.templates
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "") if request.method == "GET" else "/"
    text = environment.get_template(template).render(
        t=words, number=words.number, decimal=words.decimal, date=words.date, told=words.told, language=words.language,
        failure=partial(failure, words), failure_of=partial(failure_of, words),
        path=request.url.path, here=here, request=request, link=partial(_link, request), **values,
    )  # fmt: skip
    return HTMLResponse(text, status_code=status)


def words_of(request: Request) -> Words:
    """The words of the request's language."""
    return Words(language_of(request.cookies.get(LANGUAGE)))


def is_fragment(request: Request) -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true"


def _link(request: Request, **changes: object) -> str:
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in changes and v]
    query = urlencode([*kept, *((k, v) for k, v in changes.items() if v is not None)])
    return quote(request.url.path) + (f"?{query}" if query else "")


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
