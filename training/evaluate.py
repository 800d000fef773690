"""How a network reads lines that it has not seen, drawn by the same recipe: character and line errors by kind of wear.

    python -m training.evaluate --weights OUT [--networks S M] [--lines 500]

Writes OUT/NAME.evaluated.json. It says whether training went well, not how good recognition is: pages made from other
fonts and texts, and real ones, do that, side by side with Tesseract: `python scripts/bench_eye.py --weights OUT`.
"""

from __future__ import annotations

import argparse
import json
from itertools import islice
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from extractor.recognising.alphabet import CHARACTERS
from extractor.recognising.line_reader import LineReader
from training.lines import STEP, ZERO, Sample, samples
from training.wearing import KINDS

SEED = 987_654
"""Of the lines evaluated on; no worker of a training draws with it."""


def main() -> None:
    """Read the command line, evaluate, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--networks", nargs="+", default=["S", "M"])
    parser.add_argument("--lines", type=int, default=500, help="lines of each kind of wear (500)")
    options = parser.parse_args()
    for name in options.networks:
        found = evaluate(options.weights / f"{name}.onnx", options.lines)
        for kind, row in found.items():
            print(f"{name} {kind:8} characters wrong {row['characters']:6.2f} %  lines wrong {row['lines']:6.2f} %")
        target = options.weights / f"{name}.evaluated.json"
        target.write_text(json.dumps(found, indent=1) + "\n", encoding="utf8")


def evaluate(model: Path, count: int) -> dict[str, dict[str, float]]:
    """Per kind of wear the per cent of characters and of lines that are read wrong."""
    reader = LineReader(model)
    return {kind: _errors(reader, list(islice(samples(SEED, kind), count))) for kind in KINDS}


def _errors(reader: LineReader, lines: list[Sample]) -> dict[str, float]:
    edits = wrong = characters = 0
    for line in lines:
        wanted = "".join(CHARACTERS[k - 1] for k in line.classes)
        got = "".join(c.text for c in reader.read_levelled(ink_of(line))).strip()
        missed = Levenshtein.distance(wanted, got)
        edits, wrong, characters = edits + missed, wrong + (missed > 0), characters + len(wanted)
    return {"characters": 100 * edits / characters, "lines": 100 * wrong / len(lines)}


def ink_of(line: Sample) -> Any:
    """A sample's picture as the network takes it."""
    return (line.picture.astype("float32") - ZERO) / STEP


if __name__ == "__main__":
    main()
