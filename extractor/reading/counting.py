"""How a counter is written in the number formats of word processors and browsers."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _roman(value: int) -> str:
    made = []
    for worth, letters in _ROMAN:
        made.append(letters * (value // worth))
        value %= worth
    return "".join(made)


def written(value: int, form: str) -> str:
    """`value` in the number format `form` (ST_NumberFormat); formats that no report uses come as decimals."""
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * min(1 + (value - 1) // 26, 30)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value < 5000:
        return _roman(value) if form == "lowerRoman" else _roman(value).upper()
    if form == "decimalZero":
        return f"{value:02d}"
    return "" if form == "none" else str(value)
