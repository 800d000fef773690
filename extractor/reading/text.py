"""Plain text: lines as they stand; a form feed begins a new page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.errors import EmptyFile
from extractor.pages import Source, SourceLine, SourcePage
from extractor.reading.encodings import decode, read_limited

MEDIA_TYPE = "text/plain"


def text_pages(text: str) -> Iterator[SourcePage]:
    """The pages of `text` (split at form feeds, a last empty one dropped) with its lines; line ends of any system."""
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    for number, page in enumerate(pages, 1):
        yield SourcePage(number, None, None, lines=tuple(SourceLine(line) for line in page.split("\n")))


def open_text(path: Path) -> Source:
    """The pages of the text file at `path`, its encoding recognised. Raises EmptyFile where it holds only blanks."""
    text, encoding = decode(read_limited(path))
    if not text.strip():
        raise EmptyFile("the file holds no text", path=path)
    pages = list(text_pages(text))
    warnings = []
    if encoding == "unknown":
        warnings.append("the text's encoding was not recognised; it was read as Windows-1252 and letters may be wrong")
    elif "\ufffd" in text:
        warnings.append(f"{text.count(chr(0xFFFD))} characters are not valid {encoding} and were replaced")
    return Source(MEDIA_TYPE, len(pages), iter(pages), tuple(warnings))
