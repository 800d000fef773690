#!/usr/bin/env python
"""Reports with known errors: how much of what is planted does the audit find, and what does it find besides?

    python scripts/plant_errors.py [--reports 200] [--seed 0] [--show]

Every report is a run of statements in the register of Vietnamese administrative reports, all numbers invented and
consistent, between sentences whose numbers prove nothing. Into most reports errors of five kinds are planted: a
rounding, two digits exchanged, a wrong total, a wrong percentage, a unit a thousand times too large or small. A planted
error counts as found where a finding rests on a number of its statement; a finding on none of these is false.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from planting.errors import KINDS, plant
from planting.statements import STATEMENTS, neutral


@dataclass
class Planted:
    """An error: its kind, the span of its statement in the text, and how the number was changed."""

    kind: str
    start: int
    end: int
    template: str
    change: str


@dataclass
class Made:
    """A report's text, what was planted in it, and which statements are sound."""

    text: str
    planted: list[Planted] = field(default_factory=list)


def make(seed: int) -> Made:
    """One report with 0 to 4 planted errors."""
    chance = random.Random(seed)
    statements = [template(chance) for template in chance.sample(STATEMENTS, chance.randint(8, len(STATEMENTS)))]
    changes: dict[int, tuple[str, str]] = {}
    for at in chance.sample(range(len(statements)), chance.randint(0, 4)):
        before = str(statements[at])
        for kind in chance.sample(KINDS, len(KINDS)):
            change = plant(chance, statements[at], kind)
            if change is not None and str(statements[at]) != before:
                changes[at] = (kind, change)
                break
    made = Made("")
    lines = [
        "ỦY BAN NHÂN DÂN HUYỆN SƠN HÀ\nSố: 231/BC-UBND\nSơn Hà, ngày 12 tháng 12 năm 2023\nBÁO CÁO\n"
        "Kết quả thực hiện nhiệm vụ năm 2023\nI. KẾT QUẢ THỰC HIỆN\n"
    ]
    length = len(lines[0])
    others = neutral(chance)
    number = 0
    for at, statement in enumerate(statements):
        if at % 4 == 0:
            number += 1
            lines.append(f"{number}. Kết quả trên lĩnh vực thứ {'nhất hai ba tư năm'.split()[number - 1]}\n")
            length += len(lines[-1])
        for _ in range(chance.randint(0, 2)):
            lines.append(f"- {others.pop() if others else 'Các đơn vị tiếp tục phối hợp.'}\n")
            length += len(lines[-1])
        mark = "" if "\n- " in str(statement) else "- "
        line = f"{mark}{statement}\n"
        if at in changes:
            kind, change = changes[at]
            made.planted.append(Planted(kind, length, length + len(line), statement.name, change))
        lines.append(line)
        length += len(line)
    made.text = "".join(lines)
    return made


@dataclass
class Score:
    """What the audit made of the generated reports."""

    found: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[int, Planted]] = field(default_factory=list)
    false: list[tuple[int, str, str]] = field(default_factory=list)
    right: int = 0

    @property
    def recall(self) -> float:
        """Found of planted."""
        found = sum(self.found.values())
        return found / max(1, found + len(self.missed))

    @property
    def precision(self) -> float:
        """Findings on planted errors of all findings."""
        return self.right / max(1, self.right + len(self.false))


def score(seeds: Iterator[int] | range) -> Score:
    """Generate, extract and audit one report a seed."""
    from extractor import extract_text
    from extractor.auditing import audit

    result = Score()
    for seed in seeds:
        made = make(seed)
        report = extract_text(made.text)
        moved = _align(made.text, report.text)
        findings, _ = audit(report)
        hit: set[int] = set()
        for finding in findings:
            spans = [(f.start, f.end) for f in report.figures if f.id in finding.evidence] or [
                (finding.start or 0, finding.end or 0)
            ]
            at = next(
                (i for i, p in enumerate(made.planted) if any(moved[p.start] <= s < moved[p.end] for s, _ in spans)),
                None,
            )
            if at is None:
                start, end = finding.start or 0, finding.end or 0
                result.false.append((seed, f"{finding.rule}: {finding.message}", report.text[start:end]))
            else:
                result.right += 1
                hit.add(at)
        for i, planted in enumerate(made.planted):
            if i in hit:
                result.found[planted.kind] += 1
            else:
                result.missed.append((seed, planted))
    return result


def _align(raw: str, text: str) -> list[int]:
    """For every offset of `raw` the offset of `text` that as many characters other than space stand before."""
    places = [i for i, c in enumerate(text) if not c.isspace()]
    moved, count = [], 0
    for char in raw:
        moved.append(places[count] if count < len(places) else len(text))
        count += not char.isspace()
    return [*moved, len(text)]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__ and __doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="list what was missed and what was found wrongly")
    options = parser.parse_args()
    result = score(range(options.seed, options.seed + options.reports))
    missed = Counter(p.kind for _, p in result.missed)
    for kind in KINDS:
        print(f"{kind:10} {result.found[kind]:4} of {result.found[kind] + missed[kind]:4}")
    print(f"recall {result.recall:.3f}  precision {result.precision:.3f}  false {len(result.false)}")
    if options.show:
        for seed, planted in result.missed:
            print(f"missed {seed} {planted.template} {planted.kind}: {planted.change}")
            print("   " + make(seed).text[planted.start : planted.end].replace("\n", " / "))
        for seed, message, text in result.false:
            print(f"false {seed} {message}\n   {text}")
    return 0 if result.recall >= 0.95 and result.precision >= 0.98 else 1


if __name__ == "__main__":
    sys.exit(main())
