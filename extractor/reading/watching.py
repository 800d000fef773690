"""Who looks on while pages are read one by one: a batch that limits, repeats, keeps or leaves out single pages."""

from __future__ import annotations

from collections.abc import Callable

from extractor.pages import SourcePage

Watch = Callable[[int, Callable[[], SourcePage]], SourcePage]
"""Given a page's number and what reads it, returns the page: as read, or another in its place without reading."""


def unwatched(number: int, read: Callable[[], SourcePage]) -> SourcePage:
    """The page as read."""
    return read()
