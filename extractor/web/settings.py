"""What a person chooses for their own browser: the language."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from extractor.web.rendering import LANGUAGE
from extractor.web.words import language_of

_YEAR = 365 * 24 * 3600  # seconds


async def choose_language(request: Request) -> Response:
    """POST `language`, `back` (a path of ours): keep it in a cookie and go back."""
    async with request.form(max_files=0, max_fields=2) as form:
        answer = RedirectResponse(local(str(form.get("back", ""))), status_code=303)
        answer.set_cookie(LANGUAGE, language_of(str(form.get("language"))), max_age=_YEAR, samesite="strict")
    return answer


def local(path: str) -> str:
    """`path` where it leads to a page of ours, else the first page: `//host` and `/\\host` would lead elsewhere."""
    return path if path.startswith("/") and path[1:2] not in ("/", "\\") and path.isprintable() else "/"


routes = [Route("/language", choose_language, methods=["POST"])]
