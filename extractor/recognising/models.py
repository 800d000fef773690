"""Where the models are that recognition needs, and what to do where they are not.

Tesseract's: the integer form of tessdata_best `vie` (measured: of the Vietnamese models that packages ship the best on
worn pages), which `make run` takes from the npm package @tesseract.js-data/vie; else Debian's tesseract-ocr-vie.
The second reader's: the recognition part of PP-OCRv6, inside the Python package rapidocr.
"""

from __future__ import annotations

import hashlib
import os
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from extractor.errors import MissingProgram
from extractor.recognising.weights import eye_weights

LANGUAGE = "vie"
VARIABLE = "EXTRACTOR_TESSDATA"
"""Names a folder with vie.traineddata that is used before all others."""

_DEBIAN = Path("/usr/share/tesseract-ocr")
_NUMBERS = Path("models/PP-OCRv6_rec_small.onnx")


class MissingRecognition(MissingProgram):
    """Recognition, or its model, is not installed."""

    remedy = (
        "install it: pip install 'extractor[ocr]', then the model: make run in the project does it, "
        "or apt-get install tesseract-ocr-vie"
    )


def tessdata() -> Path:
    """The folder that holds vie.traineddata. Raises MissingRecognition."""
    named = os.environ.get(VARIABLE)
    folders = [Path(named)] if named else []
    folders.append(Path(sys.prefix) / "share" / "tessdata")
    folders += sorted(_DEBIAN.glob("*/tessdata"), reverse=True)
    for folder in folders:
        if (folder / f"{LANGUAGE}.traineddata").is_file():
            return folder
    raise MissingRecognition(f"no {LANGUAGE}.traineddata in {', '.join(map(str, folders))}")


def check_installed() -> None:
    """Raises MissingRecognition where no recogniser could read: neither our own (see `weights`) nor Tesseract."""
    if eye_weights() is None:
        check_tesseract()
    else:
        _check_packages("cv2", "numpy", "PIL")


def check_tesseract() -> None:
    """Raises MissingRecognition where the packages or the model that Tesseract needs are not there."""
    _check_packages("tesserocr", "cv2", "numpy", "PIL")
    tessdata()


def _check_packages(*names: str) -> None:
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise MissingRecognition(f"not installed: {', '.join(missing)}")


def numbers_model() -> Path | None:
    """The second reader's model; None where it or ONNX Runtime is not installed."""
    if find_spec("onnxruntime") is None:
        return None
    found = find_spec("rapidocr")
    for folder in (found.submodule_search_locations or ()) if found else ():
        if (Path(folder) / _NUMBERS).is_file():
            return Path(folder) / _NUMBERS
    return None


def identity() -> str:
    """What recognition is done with: a text that changes when an engine or a model does. "" where it is missing."""
    eye = eye_weights()
    own = [] if eye is None else [hashlib.sha256(eye.read_bytes()).hexdigest()]
    try:
        model = tessdata() / f"{LANGUAGE}.traineddata"
        engine = version("tesserocr")
    except (MissingProgram, PackageNotFoundError):
        return " ".join(own)
    second = numbers_model()
    parts = [*own, engine, hashlib.sha256(model.read_bytes()).hexdigest()]
    return " ".join([*parts, version("rapidocr") if second else ""])
