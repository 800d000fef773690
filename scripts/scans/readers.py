"""The recognisers that the benches set side by side, and how a page is read with one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class CutTesseract:
    """Tesseract on the lines that our cutter cuts: what the cutter is worth without a network."""

    def __init__(self) -> None:
        from extractor.recognising.tesseract import tesseract

        self._engine = tesseract()

    def recognise(self, image: Any, dpi: float, cells: Sequence[Any] = ()) -> Any:
        """See `interface.Recogniser`."""
        from extractor.recognising.cutting import cut
        from extractor.recognising.eye import placed
        from extractor.recognising.interface import RecognisedPage

        def words(lines: Sequence[Any]) -> tuple[Any, ...]:
            return tuple(
                placed(word, line, number)
                for number, line in enumerate(lines)
                for word in self._engine.read_line(line.picture, dpi)
            )

        page = cut(image, dpi, cells)
        return RecognisedPage(words(page.lines), tuple(words(lines) for lines in page.cells), page.pens)


def eye(weights: Path, *, second: bool) -> Any:
    """Our recogniser with the weights of a file, with Tesseract's second opinion or without."""
    from extractor.recognising.eye import Eye
    from extractor.recognising.line_reader import LineReader
    from extractor.recognising.tesseract import tesseract
    from extractor.recognising.weights import checked

    return Eye(LineReader(checked(weights)), tesseract() if second else None)


@contextmanager
def reading_with(recogniser: Any, *, digits: bool = True, doubtful: float | None = None) -> Iterator[None]:
    """Within it pages are recognised by the recogniser given, with the digit reader or without. doubtful: stands for
    `eye.DOUBTFUL`; None leaves it."""
    from extractor.recognising import engines, numbers
    from extractor.recognising import eye as our

    changes: list[tuple[Any, str, Any]] = [(engines, "recogniser", lambda: recogniser)]
    if not digits:
        changes.append((numbers, "number_reader", lambda: None))
    if doubtful is not None:
        changes.append((our, "DOUBTFUL", doubtful))
    before = [(module, name, getattr(module, name)) for module, name, _ in changes]
    for module, name, value in changes:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)
