"""Where the weights of our own recogniser are, and whether they are whole.

They lie in the package beside their cards: `data/eye/S.onnx` reads quickly and is what is used; `M.onnx` is surer and
half as fast. They are made by training/ and put there by `python -m training.install` once they have been measured.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from extractor.errors import MissingProgram, UsageError

FOLDER = Path(__file__).resolve().parents[1] / "data" / "eye"
VARIABLE = "EXTRACTOR_EYE"
"""Names the network: S (where nothing is said) or M."""

NETWORKS = ("S", "M")

log = logging.getLogger(__name__)


class DamagedWeights(MissingProgram):
    """The weights in the package are not those that their card names."""

    remedy = "install extractor again"


class MissingWeights(MissingProgram):
    """The network that was asked for by name is not in the package."""

    remedy = f"unset {VARIABLE}, or train it: training/README.md"


def eye_weights() -> Path | None:
    """The weights to be used; None, said once in the log, where the package has none: Tesseract reads then.

    Raises MissingWeights where a network is asked for by `EXTRACTOR_EYE` and is not there, UsageError where none has
    that name, DamagedWeights where a checksum is wrong.
    """
    return _found(os.environ.get(VARIABLE, ""), FOLDER)


@lru_cache(maxsize=8)
def _found(asked: str, folder: Path) -> Path | None:
    if asked and asked not in NETWORKS:
        raise UsageError(f"{VARIABLE}={asked}: there is no such network; {' and '.join(NETWORKS)} are")
    path = folder / f"{asked or NETWORKS[0]}.onnx"
    if not path.is_file():
        if asked:
            raise MissingWeights(f"no {path.name} in {folder}")
        log.info("the package has no weights of our own recogniser: Tesseract reads")
        return None
    if find_spec("onnxruntime") is None:
        log.info("our own recogniser needs onnxruntime, which is not installed: Tesseract reads")
        return None
    return checked(path)


def checked(path: Path) -> Path:
    """`path` where the file is what the card beside it says. Raises DamagedWeights."""
    try:
        card = json.loads(path.with_suffix(".json").read_text(encoding="utf8"))
        right = card["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedWeights(f"{path}: no card that can be read ({error})") from error
    if not right:
        raise DamagedWeights(f"{path} is not the file that its card names")
    return path
