"""Citations put back into the text that they were found in, as links.

    annotate("theo Nghị định số 7/2021/NĐ-CP")
    annotate("<p>theo <b>Nghị định</b> số 7/2021/NĐ-CP</p>", html=True)

The source stays as it is, character for character; only what `wrap` returns is put around each citation. In HTML a
citation that tags run through is wrapped piece by piece, so that the result nests.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from html import escape, unescape

from extractor.finding.lazy import lazy
from extractor.finding.references import get_references
from extractor.linking.authorities import resolve_references
from extractor.model import Reference

Wrap = Callable[[Reference], tuple[str, str]]

_MARKUP = lazy(
    r"<!--.*?-->|<(?P<hidden>script|style|title|a)\b.*?</(?P=hidden)\s*>|<(?P<tag>/?[a-zA-Z!?][^<>\s/]*)[^<>]*>|&#?\w{1,31};",
    re.S | re.I,
)
_INLINE = frozenset("a abbr b bdi bdo cite code em font i ins kbd mark q s small span strong sub sup u var wbr".split())


def link(reference: Reference) -> tuple[str, str]:
    """The default wrap: a link to `#KEY` of the document that is meant, with its key as title."""
    key = escape(reference.resolved or reference.key, quote=True)
    return f'<a class="citation" href="#{key}" title="{key}">', "</a>"


def annotate(source: str, *, html: bool = False, wrap: Wrap = link) -> str:
    """`source` with every citation in it between the two texts that `wrap` returns for it.

    `html`: source is HTML; citations are found across its tags and entities, and not in links, scripts and styles.
    """
    if not html:
        references = resolve_references(source, get_references(source)).references
        return _inserted(source, [(wrap(r), [(r.start, r.end)]) for r in references])
    text, origins = _plain(source)
    starts = [plain for plain, _, _ in origins]
    references = resolve_references(text, get_references(text)).references
    return _inserted(source, [(wrap(r), list(_pieces(r, origins, starts))) for r in references])


def _inserted(source: str, wrapped: list[tuple[tuple[str, str], list[tuple[int, int]]]]) -> str:
    parts: list[str] = []
    done = 0
    for (before, after), pieces in wrapped:
        whole: list[tuple[int, int]] = []
        for start, end in pieces:
            if whole and whole[-1][1] == start:
                whole[-1] = whole[-1][0], end
            else:
                whole.append((start, end))
        for start, end in whole:
            parts += [source[done:start], before, source[start:end], after]
            done = end
    return "".join([*parts, source[done:]])


def _plain(source: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text of HTML, and its runs as (offset in the text, offset in the source, length in the source)."""
    parts: list[str] = []
    origins: list[tuple[int, int, int]] = []
    length = done = 0

    def add(text: str, at: int, size: int) -> None:
        nonlocal length
        parts.append(text)
        origins.append((length, at, size))
        length += len(text)

    for markup in _MARKUP.finditer(source):
        if markup.start() > done:
            add(source[done : markup.start()], done, markup.start() - done)
        if markup[0].startswith("&"):
            add(unescape(markup[0]), markup.start(), len(markup[0]))
        elif markup["hidden"] or not markup["tag"] or markup["tag"].strip("/").lower() not in _INLINE:
            add("\n", markup.start(), 0)
        done = markup.end()
    if done < len(source):
        add(source[done:], done, len(source) - done)
    return "".join(parts), origins


def _pieces(reference: Reference, origins: list[tuple[int, int, int]], starts: list[int]) -> Iterator[tuple[int, int]]:
    """The parts of the source that a citation of the plain text covers, tags between them left out."""
    at = bisect_right(starts, reference.start) - 1
    while at < len(origins) and origins[at][0] < reference.end:
        plain, origin, size = origins[at]
        stop = starts[at + 1] if at + 1 < len(starts) else plain + size
        if size == stop - plain:  # a run of plain characters
            first, last = max(reference.start, plain), min(reference.end, stop)
            if last > first and size:
                yield origin + first - plain, origin + last - plain
        elif size:  # an entity, whole
            yield origin, origin + size
        at += 1
