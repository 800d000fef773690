"""A printed number on its way to becoming a figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extractor.finding.units import Unit


@dataclass(slots=True)
class Spot:
    """A number at `text[start:end]`, its ratio's total at `of`, its unit (None while bare), the words before it."""

    start: int
    end: int
    of: tuple[int, int] | None
    unit: Unit | None
    words: list[str]
    value: Decimal | None = None
    inherited: bool = False
    sure: float = 1.0

    @property
    def last(self) -> int:
        """Where the digits end, those of the ratio's total included."""
        return self.of[1] if self.of else self.end
