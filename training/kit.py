"""All that drawing needs, in one folder, for a machine without this one's fonts, packages and ../shared.

    python -m training.kit          # writes training/kit/: text.json, fonts/ (29 MB, not committed)

Where that folder is there, `corpus.load` and `fonts.load` take from it and from nothing else.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

KIT = Path(__file__).with_name("kit")
TEXT, FONTS = "text.json", "fonts"


def main() -> None:
    """Write the kit anew."""
    from training import corpus, fonts

    shutil.rmtree(KIT, ignore_errors=True)
    text, faces = corpus.load(), fonts.load()
    write(KIT, {"paragraphs": text.paragraphs, "places": text.places}, [font.path for font in faces.fonts])
    print(f"{KIT}: {len(text.paragraphs)} paragraphs, {len(text.places)} names, {len(faces.fonts)} fonts")


def write(folder: Path, text: object, files: list[str]) -> None:
    """A kit of this text and these files of fonts."""
    (folder / FONTS).mkdir(parents=True)
    (folder / TEXT).write_text(json.dumps(text, ensure_ascii=False), encoding="utf8")
    for path in files:
        shutil.copy(path, folder / FONTS)


if __name__ == "__main__":
    main()
