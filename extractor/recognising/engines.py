"""Which recogniser reads: our own where its weights are in the package, else Tesseract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.recognising.models import MissingRecognition
from extractor.recognising.weights import eye_weights

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.recognising.eye import Eye
    from extractor.recognising.interface import Recogniser

_eyes: dict[Path, Eye] = {}


def recogniser() -> Recogniser:
    """This process's recogniser. Raises MissingRecognition where none is installed, and what `eye_weights` does."""
    weights = eye_weights()
    if weights is not None:
        return _eyes.get(weights) or _eyes.setdefault(weights, _eye(weights))
    from extractor.recognising.tesseract import tesseract

    return tesseract()


def _eye(weights: Path) -> Eye:
    from extractor.recognising.eye import Eye
    from extractor.recognising.line_reader import LineReader
    from extractor.recognising.tesseract import tesseract

    try:
        second = tesseract()
    except MissingRecognition:  # ours reads without a second opinion
        second = None
    return Eye(LineReader(weights), second)
