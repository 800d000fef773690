"""Pages of print for tests of cutting: lines drawn at known places, 0 ink, 255 paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

DPI = 200
SIZE = 38
"""Pixels: 13.7 points."""

TEXT = (
    "Trong kỳ báo cáo, huyện đã hỗ trợ 1.240 hộ nghèo vay vốn;",
    "tỷ lệ giảm nghèo đạt 4,92%, vượt kế hoạch đề ra (3,5%).",
    "Ủy ban nhân dân các xã tổ chức rà soát ngày 15/10/2022",
    "đúng quy định tại Nghị định số 27/2022/NĐ-CP của Chính phủ.",
)
_FONTS = ("/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/liberation")


@lru_cache(maxsize=8)
def font(size: int = SIZE, style: str = "Regular") -> ImageFont.FreeTypeFont:
    for folder in _FONTS:
        path = Path(folder) / f"LiberationSerif-{style}.ttf"
        if path.exists():
            return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
    pytest.skip("the Liberation fonts are not installed (apt-get install fonts-liberation2)")


def page(
    lines: Sequence[tuple[int, int, str]], size: tuple[int, int] = (1300, 420), ink: int = 0, em: int = SIZE
) -> Any:
    """A page with lines at (x, baseline)."""
    image = Image.new("L", size, 255)
    pen = ImageDraw.Draw(image)
    for x, baseline, text in lines:
        pen.text((x, baseline), text, fill=ink, font=font(em), anchor="ls")
    return np.array(image)


def paragraph(pitch: int, **kind: int) -> Any:
    """TEXT, a line every `pitch` pixels."""
    return page([(90, 80 + pitch * k, text) for k, text in enumerate(TEXT)], **kind)
