"""Put measured weights and their cards into the package, which is all that makes them what reads.

    python -m training.install --weights OUT --figures OUT/pages.json

FIGURES is what `scripts/bench_eye.py --weights OUT --json FILE` wrote: weights that were not measured are not shipped.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from extractor.recognising.weights import FOLDER, NETWORKS, checked
from training.card import model_card


def main() -> None:
    """Read the command line and copy."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--figures", type=Path, required=True)
    options = parser.parse_args()
    for path in install(options.weights, options.figures, FOLDER):
        print(path)


def install(weights: Path, figures: Path, folder: Path) -> list[Path]:
    """Copy every network of `weights` that the figures have measured to `folder`, the figures in its card, and write
    MODEL_CARD.md beside them.

    Raises DamagedWeights where a file is not what its card says.
    """
    rows = json.loads(figures.read_text(encoding="utf8"))
    made, cards = [], []
    for name in NETWORKS:
        path = weights / f"{name}.onnx"
        mine = [row for row in rows if row["reader"] == name]
        if not path.exists() or not mine:
            continue
        card = json.loads(checked(path).with_suffix(".json").read_text(encoding="utf8"))
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / path.name)
        told = json.dumps(card | {"pages": mine}, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(told + "\n", encoding="utf8")
        made.append(folder / path.name)
        cards.append(card)
    if made:
        (folder / "MODEL_CARD.md").write_text(model_card(cards, rows), encoding="utf8")
        made.append(folder / "MODEL_CARD.md")
    return made


if __name__ == "__main__":
    main()
