"""What stands before every page: who may ask, from which site, how much at once; and what a page may load.

Rules. Host: where only this machine is served, only its own names are answered, so that another site cannot rebind its
name to it; elsewhere the token keeps it out. Origin: what changes something must come from our own pages (OWASP,
Cross-Site Request Forgery Prevention). The policy allows no inline script or style and no other host.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extractor.errors import UsageError

COOKIE = "extractor_token"
UPLOAD = "/upload"
MOST_BYTES = 1024 * 1024
"""Of a request's body; a form is small."""
MOST_UPLOAD = 512 * 1024 * 1024
"""Of all files of one upload together."""
_SAFE = ("GET", "HEAD", "OPTIONS")
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # 'no-referrer' would make the Origin of our own forms 'null'
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or address, without port) is this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def check_token(host: str, token: str | None) -> None:
    """Raise UsageError where others than this machine are served without a token."""
    if not token and not is_loopback(host):
        raise UsageError(f"serving on {host} needs a token: name one with --token")


class Guard:
    """Refuses requests of strangers and other sites, and adds the headers that keep a page from loading anything.

    `token`: who asks must have shown it once (`?token=…`, then a cookie); `host`: the address that is served.
    """

    def __init__(self, app: ASGIApp, host: str, token: str | None) -> None:
        self._app, self._token, self._loopback = app, token or None, is_loopback(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                kept = "no-cache" if scope["path"].startswith("/static/") else "no-store"  # no-cache: asked whether new
                headers.setdefault("cache-control", kept)
            await send(message)

        refused = self._refused(Request(scope))
        await (refused or self._app)(scope, receive, guarded)

    def _refused(self, request: Request) -> Response | None:
        """The answer to a request that goes no further."""
        host = request.headers.get("host", "")
        if self._loopback and not is_loopback(_name(host)):
            return _plain("this address is not served: open http://127.0.0.1 with the port that was printed", 421)
        if request.method not in _SAFE and not _own(request.headers, host):
            return _plain("refused: the request comes from another site", 403)
        return self._unknown(request) if self._token else None

    def _unknown(self, request: Request) -> Response | None:
        """The answer to one who has not shown the token, or shows it now. A cookie holds a hash of it."""
        token = self._token or ""
        known = hashlib.sha256(f"extractor {token}".encode()).hexdigest()
        shown = request.query_params.get("token")
        if shown is not None and request.method in _SAFE:
            if not hmac.compare_digest(shown.encode(), token.encode()):
                return _plain("wrong token", 401)
            rest = [(k, v) for k, v in parse_qsl(request.url.query, keep_blank_values=True) if k != "token"]
            path = "/" + request.url.path.lstrip("/\\")  # '//host' would lead elsewhere
            answer = RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), status_code=303)
            answer.set_cookie(COOKIE, known, httponly=True, samesite="strict", path="/")
            return answer
        if hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), known.encode()):
            return None
        return _plain("a token is needed: open the address that 'extractor serve' printed", 401)


class Limits:
    """Refuses bodies beyond `MOST_BYTES`, those of uploads beyond `MOST_UPLOAD`, told or not how long they are."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = MOST_UPLOAD if scope["path"] == UPLOAD else MOST_BYTES
        said = Headers(scope=scope).get("content-length", "0")
        if not said.isdigit() or int(said) > most:
            await _plain("too large", 413)(scope, receive, send)
            return
        got = 0

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > most:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


def _own(headers: Headers, host: str) -> bool:
    """Whether the request comes from our own page: browsers say so in Origin, or in Sec-Fetch-Site."""
    origin = headers.get("origin")
    if origin is not None:
        return origin != "null" and urlsplit(origin).netloc.lower() == host.lower()
    return headers.get("sec-fetch-site") == "same-origin"


def _name(host: str) -> str:
    """A Host header without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def _plain(text: str, status: int) -> Response:
    return Response(text + "\n", status, media_type="text/plain")
