"""Errors that a statement no longer fits with: a rounding, two digits exchanged, a total, a percentage, a unit."""

from __future__ import annotations

import random
from decimal import ROUND_UP, Decimal
from itertools import pairwise

from planting.statements import Number, Statement, decimal

KINDS = ("rounding", "digits", "total", "percent", "unit")


def plant(chance: random.Random, statement: Statement, kind: str) -> str | None:
    """Change one number of `statement` so that it no longer fits; says how, or None where the kind does not apply."""
    if kind == "digits":
        return _exchange(chance, statement)
    if kind == "unit":
        return _unit(chance, statement)
    if kind in ("percent", "rounding") and statement.numbers("percent"):
        return _shift_percent(chance, statement, kind)
    if kind == "total" and statement.numbers("total"):
        return _shift_total(chance, statement)
    if kind == "rounding" and statement.money and statement.numbers("total"):
        return _last_digit(chance, statement.numbers("total")[0])
    return None


def _exchange(chance: random.Random, statement: Statement) -> str | None:
    number = chance.choice(statement.numbers("total", "part", "percent"))
    places = [i for i, char in enumerate(number.text) if char.isdigit()]
    pairs = [
        (i, j)
        for i, j in pairwise(places)
        if number.text[i] != number.text[j] and not (i == 0 and number.text[j] == "0") and "/" not in number.text[i:j]
    ]
    pairs = [(i, j) for i, j in pairs if not (i and number.text[i - 1] == "/" and number.text[j] == "0")]
    if statement.numbers("percent") and len(places) > 3 and "/" not in number.text:  # may be too little to show
        pairs = [(i, j) for i, j in pairs if j != places[-1]]
    if number.role == "percent":  # a change in the last printed digit alone may be within what it stands for
        pairs = [
            (i, j) for i, j in pairs if abs(int(number.text[i]) - int(number.text[j])) > 1 or j < len(number.text) - 2
        ]
    if not pairs:
        return None
    i, j = chance.choice(pairs)
    old, text = number.text, list(number.text)
    text[i], text[j] = text[j], text[i]
    number.text = "".join(text)
    return f"{old} -> {number.text}"


def _unit(chance: random.Random, statement: Statement) -> str | None:
    amounts = [n for n in statement.numbers("total", "part") if n.unit in ("triệu đồng", "tỷ đồng")]
    if not amounts:
        return None
    number = chance.choice(amounts)
    old = number.unit
    number.unit = "tỷ đồng" if old == "triệu đồng" else "triệu đồng"
    return f"{number.text} {old} -> {number.unit}"


def _shift_percent(chance: random.Random, statement: Statement, kind: str) -> str:
    number = chance.choice(statement.numbers("percent"))
    value = Decimal(number.text[:-1].replace(".", "").replace(",", "."))
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    least = (2 * step + statement.slack).quantize(step, rounding=ROUND_UP)
    by = (
        least * chance.choice([-1, 1])
        if kind == "rounding"
        else chance.choice([-1, 1]) * Decimal(chance.randint(5, 90)).scaleb(-1)
    )
    old = number.text
    changed = value + by if value + by > 0 else value - by
    number.text = decimal(changed, -int(step.as_tuple().exponent)) + "%"
    return f"{old} -> {number.text}"


def _shift_total(chance: random.Random, statement: Statement) -> str:
    number = statement.numbers("total")[0]
    old = number.text
    places = len(old.partition(",")[2])
    value = Decimal(old.replace(".", "").replace(",", "."))
    by = (value * Decimal(chance.randint(2, 20)) / 100).quantize(Decimal(1).scaleb(-places)) or Decimal(1)
    number.text = decimal(value + chance.choice([-1, 1]) * by, places)
    return f"{old} -> {number.text}"


def _last_digit(chance: random.Random, number: Number) -> str:
    old = number.text
    last = int(old[-1])
    number.text = old[:-1] + str(last + (1 if last < 9 else -1))
    return f"{old} -> {number.text}"
