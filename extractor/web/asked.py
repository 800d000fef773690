"""What a query asks, and lists that are shown page by page."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request


def whole(request: Request, name: str) -> int | None:
    """A whole number of the query; None where there is none, or no sensible one."""
    said = request.query_params.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


def words(request: Request, name: str) -> str:
    """Words of the query; the first two hundred characters, more is no question."""
    return request.query_params.get(name, "").strip()[:200]


@dataclass(frozen=True, slots=True)
class Pager:
    """Which page of how many; `offset` of its first item, from 0."""

    page: int
    pages: int
    size: int
    total: int

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size


def pager(request: Request, size: int, total: int, reachable: int | None = None) -> Pager:
    """The page that the request names, within what there is. `reachable`: how many can be shown where not all can."""
    pages = max(1, -(-min(total, total if reachable is None else reachable) // size))
    return Pager(min(max(1, whole(request, "page") or 1), pages), pages, size, total)


def asked_page(request: Request) -> int:
    """The page that the request names, before it is known how many there are."""
    return max(1, whole(request, "page") or 1)
