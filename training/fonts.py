"""The fonts of fonts.toml that are installed, and which of them can draw a text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import ImageFont

from extractor.errors import MissingProgram
from extractor.recognising.alphabet import CHARACTERS, LEVEL_DIGITS
from training import kit

LIST = Path(__file__).with_name("fonts.toml")
FOLDERS = (Path("/usr/share/fonts"), Path("/usr/share/texmf/fonts"))
STYLES = ("regular", "bold", "italic", "bold italic")


class MissingFonts(MissingProgram):
    """Fonts of the list are not installed: other fonts would make another recogniser."""

    remedy = "install them: apt-get install $(python -m training.fonts)"


@dataclass(frozen=True, slots=True)
class Font:
    """A font's file, its family (times, serif, sans, mono), its style, and the characters that it draws."""

    path: str
    family: str
    style: str
    draws: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fonts:
    """All fonts, and how often a family is drawn."""

    fonts: tuple[Font, ...]
    shares: Mapping[str, float]

    def pick(self, rng: np.random.Generator, text: str, style: str) -> Font:
        """A font of the style that draws every character of the text; of another style where none does."""
        families = list(self.shares)
        family = families[int(rng.choice(len(families), p=[self.shares[name] for name in families]))]
        wanted = set(text.translate(LEVEL_DIGITS)) - {" "}
        able = [font for font in self.fonts if wanted <= font.draws]
        for some in (
            [font for font in able if font.family == family and font.style == style],
            [font for font in able if font.family == family],
            able,
        ):
            if some:
                return some[int(rng.integers(len(some)))]
        raise MissingFonts(f"no font draws {''.join(sorted(wanted))!r}")


def listed() -> Sequence[tuple[str, str, str]]:
    """(package, family, name of a file) for every font of the list."""
    entries = tomllib.loads(LIST.read_text(encoding="utf8"))["font"]
    return [(entry["package"], entry["style"], name) for entry in entries for name in entry["files"]]


@lru_cache(maxsize=1)
def load() -> Fonts:
    """The fonts of the list, of a kit where one is there. Raises MissingFonts where one is not installed."""
    packed = kit.KIT / kit.FONTS
    folders = (packed,) if packed.exists() else FOLDERS
    found = {path.stem: path for folder in folders for path in folder.rglob("*") if path.suffix in (".ttf", ".otf")}
    missing = sorted({package for package, _, name in listed() if name not in found})
    if missing:
        raise MissingFonts(f"not installed: {', '.join(missing)}")
    fonts = tuple(
        Font(str(found[name]), family, _style(name), _drawn(str(found[name]))) for _, family, name in listed()
    )
    return Fonts(fonts, tomllib.loads(LIST.read_text(encoding="utf8"))["share"])


@lru_cache(maxsize=1024)
def sized(path: str, size: int) -> ImageFont.FreeTypeFont:
    """A font at `size` pixels."""
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def _style(name: str) -> str:
    name = name.lower()
    bold = "bold" in name or name.endswith(("_rb", "_rbi"))
    italic = any(part in name for part in ("italic", "oblique")) or name.endswith(("_ri", "_rbi"))
    return STYLES[bold + 2 * italic]


def _drawn(path: str) -> frozenset[str]:
    """The characters of the alphabet that a font has: those that it draws otherwise than one that nobody has."""
    font = sized(path, 12)
    none = bytes(font.getmask("\uffff"))
    return frozenset(c for c in CHARACTERS if c != " " and bytes(font.getmask(c)) not in (none, b""))


if __name__ == "__main__":
    print(*sorted({package for package, _, _ in listed()}))
