"""The model card: the template filled in from the networks' cards and from what the bench measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

TEMPLATE = Path(__file__).with_name("MODEL_CARD.template.md")

Row = Mapping[str, Any]
"""What scripts/bench_eye.py writes: of a "condition" and a "reader" the per cent of "words" wrong, and more."""

_MEASURES = ("words", "words, any order", "characters", "numbers", "numbers of page", "cells", "seconds")


def model_card(cards: Sequence[Row], rows: Sequence[Row]) -> str:
    """The text of MODEL_CARD.md. cards: of the networks that are shipped; rows: of every reader."""
    names = [str(card["network"]) for card in cards]
    shown = [row for row in rows if row["reader"] in ("Tesseract", *names)]
    return Template(TEMPLATE.read_text(encoding="utf8")).substitute(
        names=" and ".join(names),
        networks="\n".join(_network(card) for card in cards),
        figures="\n".join(_figures(shown)),
        worse="\n".join(_worse(name, rows) for name in names),
    )


def worse(name: str, rows: Sequence[Row]) -> list[str]:
    """The conditions and real pages of which a network reads more words wrong than Tesseract."""
    theirs = {row["condition"]: row["words"] for row in rows if row["reader"] == "Tesseract"}
    return [row["condition"] for row in rows if row["reader"] == name and row["words"] > theirs[row["condition"]]]


def _worse(name: str, rows: Sequence[Row]) -> str:
    found = worse(name, rows)
    return f"{name} reads more words wrong than Tesseract on: {', '.join(found) if found else 'none of them'}."


def _network(card: Row) -> str:
    made = card["made_by"]
    trained = f"{made['minutes']} minutes, {made['lines']:,} lines, {made['steps']:,} steps"
    return (
        f"| {card['network']} | {card['parameters']:,} | {card['bytes']:,} | {card['made_on']} | {trained} | "
        f"`{card['sha256']}` |"
    )


def _figures(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        measures = (row.get(key, "") for key in _MEASURES)
        shown = " | ".join(f"{one:.2f}" if isinstance(one, float) else str(one) for one in measures)
        yield f"| {row['condition']} | {row['reader']} | {shown} |"
