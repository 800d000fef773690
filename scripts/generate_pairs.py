"""Pairs of reports of two years with reworded indicators and reordered items, whose true alignment is known.

    python scripts/generate_pairs.py [--pairs 100] [--seed 1]     prints the alignment and the planted cases

Each pair is two reports of one commune or district: the second one says the same indicators in other words, in another
order, with some left out and some new. Planted, and how the comparison has to call them: a value of the first year told
otherwise (restated), one a thousand times too large (suspect), communes merged in July 2025 (summed on today's map).
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractor import extract_text
from extractor.compare.claims import docs_of
from extractor.compare.diff import Selection, diff
from extractor.compare.places import Map, predecessors
from extractor.compare.rows import Row
from extractor.gazetteer import Unit, current, gazetteer
from extractor.store.store import store_of

_SAID = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf8"))
INDICATORS: dict[str, tuple[str, list[str], list[int]]] = {
    name: (entry["topic"], entry["wordings"], entry["range"]) for name, entry in _SAID["count"].items()
}
RATES: dict[str, tuple[str, list[str]]] = {n: (e["topic"], e["wordings"]) for n, e in _SAID["rate"].items()}
AREAS = (("HUYỆN", "huyện", "Văn Bàn", "Lào Cai"), ("HUYỆN", "huyện", "Thăng Bình", "Quảng Nam"),
         ("XÃ", "xã", "Nậm Mòn", "Bắc Hà"), ("HUYỆN", "huyện", "Yên Thành", "Nghệ An"))  # fmt: skip


@dataclass(slots=True)
class Made:
    """One report: its text, and where each indicator's figure starts."""

    text: str
    at: dict[str, int] = field(default_factory=dict)


def written(value: float) -> str:
    """A number as reports print it."""
    if value != int(value):
        return f"{value:.2f}".replace(".", ",")
    return f"{int(value):,}".replace(",", ".")


class Generator:
    """Reports of one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def pair(self) -> tuple[Made, Made, dict[str, str]]:
        """Two reports and what was planted: indicator → restated | suspect."""
        rng = self._random
        area = rng.choice(AREAS)
        names = rng.sample(sorted(INDICATORS), 26) + rng.sample(sorted(RATES), 4)
        first = {n: self._value(n) for n in names}
        second = {n: self._moved(n, v) for n, v in first.items()}
        planted = {}
        countable = [n for n in names if n in INDICATORS and first[n] > 100]
        restated, slipped = rng.sample(countable, 2)
        planted[restated] = "restated"
        told = {restated: round(first[restated] * rng.uniform(1.02, 1.1)) + 3}
        if "triệu đồng" in INDICATORS[slipped][1][0] or rng.random() < 0.5:
            second[slipped] *= 1000
            planted[slipped] = "suspect"
        for name in rng.sample(names, 3):  # new ones
            if name not in planted:
                del first[name]
        for name in rng.sample(names, 3):  # vanished ones
            if name not in planted and name in first and len(second) > 20:
                del second[name]
        year = rng.choice((2022, 2023))
        return self._report(area, year, first, {}), self._report(area, year + 1, second, told), planted

    def _value(self, name: str) -> float:
        if name in RATES:
            return round(self._random.uniform(1, 98), 2)
        low, high = INDICATORS[name][2]
        return float(self._random.randint(low, high))

    def _moved(self, name: str, value: float) -> float:
        share = self._random.uniform(0.75, 1.3)
        return round(min(value * share, 99.5), 2) if name in RATES else float(max(2, round(value * share)))

    def _report(
        self, area: tuple[str, str, str, str], year: int, values: dict[str, float], told: Mapping[str, float]
    ) -> Made:
        rng = self._random
        level, word, name, _ = area
        made = Made(
            f"ỦY BAN NHÂN DÂN\n{level} {name.upper()}\nSố: {rng.randint(20, 600)}/BC-UBND\n"
            f"{name}, ngày {rng.randint(1, 28):02d} tháng 12 năm {year}\n"
            f"BÁO CÁO\nKết quả phát triển kinh tế - xã hội năm {year}\n"
        )
        topics: dict[str, list[str]] = {}
        for indicator in values:
            topics.setdefault((INDICATORS.get(indicator) or RATES[indicator])[0], []).append(indicator)
        order = rng.sample(sorted(topics), len(topics))
        for number, topic in enumerate(order, 1):
            made.text += f"{number}. Về {topic}\n"
            items = rng.sample(topics[topic], len(topics[topic]))
            for start in range(0, len(items), 3):
                made.text += "- "
                for n, indicator in enumerate(items[start : start + 3]):
                    self._say(made, indicator, values[indicator], word, n == 0, told.get(indicator), year)
                made.text = made.text.removesuffix("; ") + ".\n"
        return made

    def _say(self, made: Made, name: str, value: float, area: str, first: bool, told: float | None, year: int) -> None:
        wordings = INDICATORS[name][1] if name in INDICATORS else RATES[name][1]
        phrase = self._random.choice(wordings).replace("{area}", area)
        phrase = phrase[0].upper() + phrase[1:] if first else phrase
        before, _, after = phrase.partition("{v}")
        made.text += before
        made.at[name] = len(made.text)
        made.text += written(value) + after
        if told is not None:
            several = ("triệu đồng", "lao động", "lượt người", "m2 đất", "học sinh")
            unit = next((u for u in several if after.strip().startswith(u)), None)
            unit = unit or after.strip().split(" ")[0]
            made.text += f" (năm {year - 1} là {written(told)} {unit})"
        made.text += "; "


def selection(made: Made, name: str) -> Selection:
    """The report read, as a side of a comparison."""
    store = store_of(Path(name), extract_text(made.text).to_json().encode())
    return Selection(store, docs_of(store), name)


@dataclass(slots=True)
class Score:
    """Pairs made, right ones, true ones; planted cases by kind, and how they were called."""

    made: int = 0
    right: int = 0
    true: int = 0
    planted: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Of the alignment."""
        return 2 * self.right / (self.made + self.true)


def measure(pairs: int, seed: int) -> Score:
    """The alignment of `pairs` generated pairs against the truth."""
    generator, score = Generator(seed), Score()
    for number in range(pairs):
        a, b, planted = generator.pair()
        left, right = selection(a, f"a{number}.txt"), selection(b, f"b{number}.txt")
        rows = list(diff(left, right))
        _count(a, b, rows, score)
        _planted(b, rows, planted, score)
        left.store.close()
        right.store.close()
    return score


def _count(a: Made, b: Made, rows: list[Row], score: Score) -> None:
    ours, theirs = {at: n for n, at in a.at.items()}, {at: n for n, at in b.at.items()}
    score.true += len(set(a.at) & set(b.at))
    for row in rows:
        if row.a is None or row.b is None or row.status in ("restated", "plan_outcome"):
            continue
        names = ours.get(row.a.claim.start), theirs.get(row.b.claim.start)
        if row.b.claim.lag != 0:
            continue
        score.made += 1
        score.right += names[0] is not None and names[0] == names[1]
        if names[0] != names[1]:
            score.wrong.append(f"{names[0]} {row.a.sentence!r} / {names[1]} {row.b.sentence!r} {row.confidence}")


def _planted(b: Made, rows: list[Row], planted: dict[str, str], score: Score) -> None:
    for name, kind in planted.items():
        at = b.at[name]
        called = [r.status for r in rows if r.b and at <= r.b.claim.start < at + 110 and r.status == kind]
        score.planted[kind, called[0] if called else "missed"] += 1


def mergers(cases: int, seed: int) -> tuple[int, int]:
    """Communes merged in July 2025: how many of `cases` are summed on today's map to what was planted; of how many."""
    rng = random.Random(seed)
    merged = [
        (u, predecessors(u)) for u in gazetteer().units
        if u.today and u.level == "commune" and 2 <= len(predecessors(u)) <= 4
        and all(len(current(p)) == 1 for p in predecessors(u)) and len({p.district_code for p in predecessors(u)}) == 1
        and not any(p.name == u.name for p in predecessors(u)) and all(p.type == "xã" for p in (u, *predecessors(u)))
    ]  # fmt: skip
    right = 0
    for unit, former in rng.sample(merged, cases):
        counts = {p.name: rng.randint(20, 300) for p in former}
        then, now = _old(former, counts), sum(counts.values()) - rng.randint(5, 15)
        left, other = selection(Made(then), "a.txt"), selection(Made(_new(unit, now)), "b.txt")
        rows = [r for r in diff(left, other, places=Map.named("today")) if r.a and r.b and r.place == unit.name]
        right += any(r.status == "changed" and r.change == now - sum(counts.values()) for r in rows)
        left.store.close()
        other.store.close()
    return right, cases


def _old(former: Sequence[Unit], counts: dict[str, int]) -> str:
    province, district = gazetteer().province_of(former[0]), gazetteer().district_of(former[0])
    assert province is not None
    assert district is not None
    said = "; ".join(f"xã {name} còn {count} hộ nghèo" for name, count in counts.items())
    return (
        f"ỦY BAN NHÂN DÂN\nTỈNH {province.name.upper()}\nSố: 12/BC-UBND\n{province.name}, ngày 20 tháng 12 năm 2024\n"
        "BÁO CÁO\n"
        f"Kết quả giảm nghèo năm 2024 trên địa bàn tỉnh {province.name}\n1. Hộ nghèo\n"
        f"Tại {district.type} {district.name}: {said}.\n"
    )


def _new(unit: Unit, count: int) -> str:
    province = gazetteer().province_of(unit)
    assert province is not None
    return (
        f"ỦY BAN NHÂN DÂN\nTỈNH {province.name.upper()}\nSố: 15/BC-UBND\n{province.name}, ngày 20 tháng 12 năm 2025\n"
        f"BÁO CÁO\nKết quả giảm nghèo năm 2025 trên địa bàn tỉnh {province.name}\n1. Hộ nghèo\n"
        f"Xã {unit.name} còn {count} hộ nghèo.\n"
    )


def lines(score: Score) -> Iterator[str]:
    """The measures for people."""
    precision, recall = score.right / max(1, score.made), score.right / max(1, score.true)
    yield f"alignment: precision {precision:.3f}, recall {recall:.3f}, F1 {score.f1:.3f}"
    for (kind, called), count in sorted(score.planted.items()):
        yield f"planted {kind}: called {called} {count} times"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wrong", action="store_true", help="list wrong pairs")
    options = parser.parse_args()
    result = measure(options.pairs, options.seed)
    print("\n".join(lines(result)))
    print("planted mergers: {} of {} right".format(*mergers(40, options.seed)))
    if options.wrong:
        print("\n".join(result.wrong))
