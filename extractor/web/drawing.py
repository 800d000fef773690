"""A page's picture, drawn by a process of its own: what a hostile file does to the library that reads it ends there.

    python -m extractor.web.drawing      # reads requests on stdin, a JSON a line, answers each with a JSON line
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

LONGEST = 1700
"""Pixels of a picture's longer side: a page of A4 at 145 pixels an inch, sharp at the width of a pane."""
_MEMORY = 3 * 1024**3  # bytes of address space; a page of 60 million pixels takes a tenth
_MOST_PIXELS = 120_000_000  # of a scanned picture before it is made smaller


def draw(path: Path, page: int, target: Path) -> None:
    """Draw page `page` (from 1) of the PDF or picture at `path` as PNG into `target`. Raises all sorts."""
    from PIL import Image

    with path.open("rb") as file:
        pdf = b"%PDF-" in file.read(1024)
    image: Any = _of_pdf(path, page) if pdf else _of_picture(path, page)
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    image.save(target, "PNG", optimize=False, compress_level=6)


def _of_pdf(path: Path, page: int) -> Any:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        opened = document[page - 1]
        width, height = opened.get_size()
        scale = LONGEST / max(width, height, 1.0)
        image = opened.render(scale=scale, may_draw_forms=False).to_pil()
        grey = image.convert("L")
        return grey if _is_grey(image) else image.convert("RGB")
    finally:
        document.close()


def _is_grey(image: Any) -> bool:
    """Whether a small copy of the picture has no colour: a third of the bytes then."""
    small = image.convert("RGB").resize((64, 64))
    return all(max(pixel) - min(pixel) < 12 for pixel in small.getdata())


def _of_picture(path: Path, page: int) -> Any:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2  # beyond twice as many Pillow refuses
    image: Any = Image.open(path)
    image.seek(page - 1)
    image = ImageOps.exif_transpose(image)
    return image.convert("L" if image.mode in ("1", "L", "I;16", "I", "F") else "RGB")


def main() -> None:
    """Answer requests until stdin ends."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    for line in sys.stdin:
        asked = json.loads(line)
        answer: dict[str, str | None] = {"error": None}
        try:
            draw(Path(asked["path"]), asked["page"], Path(asked["target"]))
        except Exception as error:  # a broken page must not end the process that draws the others
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
