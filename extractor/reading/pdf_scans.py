"""Which pages of a PDF are recognised, and whether the layer or what was recognised is the better text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extractor.errors import MissingProgram
from extractor.pages import SourcePage
from extractor.reading.pdf_words import Shape
from extractor.reading.scan import FailedRecognition, Recognition, reader_warnings, recognise
from extractor.reading.trust import judge
from extractor.recognising.models import check_installed

WORSE = 0.05
"""By how much less of its words must be valid syllables for what was recognised to be worse than an untrusted layer."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """How far a text layer is to be trusted (the scale of `extractor.reading.trust`), why no further, and whether that
    was judged from its words."""

    confidence: float
    reason: str
    judged: bool = False


class ScannedPages:
    """Recognises the pages of one PDF that need it. What it says of the whole file it takes from the pages as they are
    handed on (`noted`), because a run that goes on where one was killed does not read them all again."""

    def __init__(self, path: Path, ocr: Recognition) -> None:
        self._path = path
        self._ocr = ocr
        self._missing: MissingProgram | None = None
        self._had_words = self._wanting = False
        self._said = False  # what a report says once about the readers

    def better(self, layer: SourcePage, doubt: Doubt | None, page: Any, shape: Shape) -> SourcePage:
        """`layer` where it is trusted, else what is recognised on the open page, where that is better."""
        return layer if doubt is None and self._ocr != "force" else self._chosen(layer, doubt, page, shape)

    def noted(self, page: SourcePage) -> SourcePage:
        """The page, with what a report says once about its readers if it is the first that was recognised."""
        self._had_words = self._had_words or bool(page.words)
        self._wanting = self._wanting or (page.confidence < 1 and not page.words)
        if self._said or page.source != "ocr":
            return page
        self._said = True
        return replace(page, warnings=page.warnings + reader_warnings())

    def finish(self) -> None:
        """Raise MissingRecognition where the file has no text at all for want of it."""
        if not self._wanting or self._had_words or self._ocr == "off":
            return
        try:
            check_installed()
        except MissingProgram as error:
            raise type(error)("a scan, and recognition is not installed", path=self._path) from error

    def _chosen(self, layer: SourcePage, doubt: Doubt | None, page: Any, shape: Shape) -> SourcePage:
        if self._ocr == "off":
            return _kept(layer, doubt, "recognition was switched off")
        if self._missing is not None:
            return _kept(layer, doubt, f"recognition is not installed ({self._missing.remedy})")
        from extractor.reading.pdf_picture import picture_of

        try:
            picture, dpi = picture_of(page, shape)
            found = recognise(picture, dpi, layer.number)
        except FailedRecognition as error:
            return _kept(layer, doubt, str(error).removeprefix(f"page {layer.number}: "))
        except (MissingProgram, ImportError) as error:
            self._missing = error if isinstance(error, MissingProgram) else MissingProgram(str(error))
            return self._chosen(layer, doubt, page, shape)
        found = replace(found, width=layer.width, height=layer.height)
        if doubt is not None and doubt.judged and judge(found.words).confidence < doubt.confidence - WORSE:
            return _kept(layer, doubt, "what was recognised is worse")
        return found


def _kept(layer: SourcePage, doubt: Doubt | None, why: str) -> SourcePage:
    """The layer as it stands, with the reasons to doubt it."""
    if doubt is None:
        return replace(layer, warnings=(f"page {layer.number}: its text layer was kept: {why}",))
    return replace(layer, confidence=doubt.confidence, warnings=(f"page {layer.number}: {doubt.reason} and {why}",))
