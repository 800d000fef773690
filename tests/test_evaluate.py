"""The scorer: aligned spans, what agrees, what counts; and `evaluate` finding the texts and reports that belong."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from samples import TEXT, sample

from extractor.errors import NotFound, UsageError, WrongFormat
from extractor.evaluate.align import Alignment
from extractor.evaluate.compare import evaluate
from extractor.evaluate.gold import Annotation, Gold, WrongGold, load_gold
from extractor.evaluate.score import Scores, score
from extractor.evaluate.table import rows, total
from extractor.model import Figure, Place, PlaceName, Reference, Report, Section
from extractor.serial import to_json

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def mark(tag: str, surface: str, text: str = TEXT, **fields: Any) -> Annotation:
    start = text.index(surface)
    return Annotation(tag, start, start + len(surface), surface, **fields)  # type: ignore[arg-type]


def figure(surface: str, value: str, unit: str, text: str = TEXT, **fields: Any) -> Figure:
    start = text.index(surface)
    return Figure("f1", start, start + len(surface), surface, value=Decimal(value), unit=unit, **fields)


def scored(text: str, marks: list[Annotation], raw: str | None = None, **found: Any) -> Scores:
    report = Report(sample().document, text, **found)
    return score(Gold(Path("x.json"), tuple(marks), {}), text if raw is None else raw, report)


def counts(scores: Scores, kind: str) -> tuple[int, int, int]:
    count = scores.counts[kind]
    return count.hit, count.miss, count.spurious


# --- alignment


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("giảm 630 hộ nghèo", "giảm 630 hộ nghèo"),
        ("giảm 630\nhộ   nghèo", "giảm 630 hộ nghèo"),
        ("giảm 12 630 hộ nghèo", "giảm 630 hộ nghèo"),
        ("gia\u0309m 630 h\u00f4\u0323 nghe\u0300o", "giảm 630 hộ nghèo"),
    ],
)
def test_offsets_follow_the_words(raw: str, text: str) -> None:
    start = raw.index("630")
    moved = Alignment.of(raw, text).moved(start, start + 3)
    assert moved is not None
    assert text[slice(*moved)] == "630"


def test_a_stretch_that_is_gone_or_torn_apart_has_no_place() -> None:
    assert Alignment.of("một 630 hai", "một hai").moved(4, 7) is None
    assert Alignment.of("ab", "a" + "x" * 200 + "b").moved(0, 2) is None


# --- what agrees


@pytest.mark.parametrize(
    ("kind", "gold", "found", "hit"),
    [
        ("household", (630, None, "hộ"), {"value": "630", "unit": "hộ"}, True),
        ("household", (630, None, "hộ"), {"value": "630", "unit": "hộ nghèo"}, True),
        ("household", (630, None, "hộ"), {"value": "631", "unit": "hộ"}, False),
        ("household", (630, None, "hộ"), {"value": "630", "unit": "người"}, False),
        ("criteria", (13, 19, "tiêu chí"), {"value": "13", "of": Decimal(19), "unit": "tiêu chí"}, True),
        ("criteria", (13, 19, "tiêu chí"), {"value": "13", "unit": "tiêu chí"}, False),
        ("criteria", (13, None, "tiêu chí"), {"value": "13", "of": Decimal(19), "unit": "tiêu chí"}, False),
        ("percent", (1.5, None, "%"), {"value": "1", "value_to": Decimal("1.5"), "unit": "%"}, True),
        ("percent", (1, None, "%"), {"value": "1", "value_to": Decimal("1.5"), "unit": "%"}, True),
        ("percent", (2, None, "%"), {"value": "1", "value_to": Decimal("1.5"), "unit": "%"}, False),
        ("money", (5, None, "tỷ đồng"), {"value": "5", "unit": "tỉ đồng"}, True),
        ("money", (5, None, "tỷ đồng"), {"value": "5", "unit": "triệu đồng"}, False),
        ("money", (45, None, "triệu đồng/người"), {"value": "45", "unit": "triệu đồng / người"}, True),
        ("other", (3.5, None, "triệu con"), {"value": "3500000", "unit": "con"}, True),
        ("other", (9, None, "cán bộ"), {"value": "9", "unit": "cán bộ xã"}, True),
        ("other", (9, None, "lớp"), {"value": "9", "unit": "lớp học"}, True),
        ("other", (9, None, "xã"), {"value": "9", "unit": "xãy"}, False),
        ("other", (9, None, "xã"), {"value": "9", "unit": ""}, False),
    ],
)
def test_figures_agree(kind: str, gold: tuple[float, float | None, str], found: dict[str, Any], hit: bool) -> None:
    value, of, unit = gold
    marks = [mark("F", "630 hộ", kind=kind, value=value, of=of, unit=unit)]
    scores = scored(TEXT, marks, figures=(figure("630 hộ", **found, kind=kind),))
    assert counts(scores, "figure") == ((1, 0, 0) if hit else (0, 1, 1))
    if kind != "other":  # the open class is scored among all figures only
        assert counts(scores, f"figure.{kind}") == ((1, 0, 0) if hit else (0, 1, 1))


def test_a_figure_of_another_kind_is_a_hit_of_all_but_no_spurious_one_of_its_kind() -> None:
    marks = [mark("F", "630 hộ", kind="household", value=630, unit="hộ")]
    scores = scored(TEXT, marks, figures=(figure("630 hộ", "630", "hộ", kind="other"),))
    assert counts(scores, "figure") == (1, 0, 0)
    assert counts(scores, "figure.household") == (0, 1, 0)
    scores = scored(TEXT, marks, figures=(figure("630 hộ", "630", "hộ", kind="criteria"),))
    assert counts(scores, "figure.criteria") == (0, 0, 0)


def test_optional_marks_are_neither_rewarded_nor_punished() -> None:
    assert counts(scored(TEXT, [mark("O", "630 hộ")], figures=sample().figures), "figure") == (0, 0, 0)
    assert counts(scored(TEXT, [mark("O", "630 hộ")]), "figure") == (0, 0, 0)
    assert counts(scored(TEXT, [], figures=sample().figures), "figure") == (0, 0, 1)


@pytest.mark.parametrize(
    ("key", "hit"), [("20-nq/tu", True), ("20 - NQ/TU", True), ("20–NQ/TU", True), ("20-NQ/TW", False)]
)
def test_references_agree(key: str, hit: bool) -> None:
    scores = scored(TEXT, [mark("R", "Nghị quyết số 20-NQ/TU", key=key)], references=sample().references)
    assert counts(scores, "reference") == ((1, 0, 0) if hit else (0, 1, 1))


@pytest.mark.parametrize(
    ("level", "name", "hit"),
    [("commune", "La Pan Tẩn", True), ("commune", "LA PAN  TẨN", True), ("district", "La Pan Tẩn", False)],
)
def test_places_agree(level: str, name: str, hit: bool) -> None:
    scores = scored(TEXT, [mark("P", "La Pan Tẩn", level=level, name=name)], places=sample().places)
    assert counts(scores, "place") == ((1, 0, 0) if hit else (0, 1, 1))


SECTIONED = "Phần I. MỘT\n1. Hai\na) Ba\n2. Bốn\n"


def sections(*rows: tuple[str, str | None]) -> tuple[Section, ...]:
    at = [SECTIONED.index(n) for n in ("Phần", "1.", "a)", "2.")]
    return tuple(
        Section(f"s{i}", number, "t", 1, parent, start, start + 5)
        for i, ((number, parent), start) in enumerate(zip(rows, at, strict=True), 1)
    )


def test_sections_and_their_parents() -> None:
    marks = [
        mark("S", "Phần I.", SECTIONED, number="I", depth=1),
        mark("S", "1.", SECTIONED, number="1", depth=2),
        mark("S", "a)", SECTIONED, number="a", depth=3),
        mark("S", "2.", SECTIONED, number="2", depth=2),
    ]
    good = scored(SECTIONED, marks, sections=sections(("Phần I", None), ("1", "s1"), ("a)", "s2"), ("2", "s1")))
    assert counts(good, "section") == (4, 0, 0)
    assert counts(good, "section.parent") == (4, 0, 0)
    flat = scored(SECTIONED, marks, sections=sections(("I", None), ("1", "s1"), ("a", "s1"), ("3", "s1")))
    assert counts(flat, "section") == (3, 1, 1)
    assert counts(flat, "section.parent") == (2, 1, 0)


def test_attributes_of_core_figures() -> None:
    gold = {
        "kind": "household",
        "value": 630,
        "unit": "hộ",
        "indicator": "hộ nghèo",
        "direction": "decrease",
        "period": "2023",
    }
    out = {"kind": "household", "indicator": "số hộ nghèo", "direction": "decrease", "period": "2022", "role": "plan"}
    marks = [mark("F", "630 hộ", **gold, place="Bắc Hà")]
    bac_ha = PlaceName("Bắc Hà", "district")
    scores = scored(TEXT, marks, figures=(figure("630 hộ", "630", "hộ", **out, places=(bac_ha,)),))
    assert counts(scores, "attr.indicator") == (1, 0, 0)
    assert counts(scores, "attr.direction") == (1, 0, 0)
    assert counts(scores, "attr.period") == (0, 1, 0)
    assert counts(scores, "attr.role") == (0, 1, 0)
    assert counts(scores, "attr.place") == (1, 0, 0)
    assert [(e.kind, e.gold, e.found) for e in scores.errors if e.what == "wrong"] == [
        ("attr.role", "", "plan"),
        ("attr.period", "2023", "2022"),
    ]


@pytest.mark.parametrize(
    ("name", "gold", "hit"),
    [
        ("type", "Báo cáo", True),
        ("number", "99/BC-UBND", False),
        ("recipients", ["Như trên;", "Lưu:  VT."], True),
        ("recipients", ["Như trên"], False),
        ("place", {"name": "Lào Cai", "level": "province"}, True),
        ("place", {"name": "Lào Cai", "level": "district"}, False),
        ("signer", None, True),
        ("title", "Kết quả", False),
    ],
)
def test_metadata_is_scored_where_gold_states_it(name: str, gold: Any, hit: bool) -> None:
    scores = score(Gold(Path("x.json"), (), {name: gold}), TEXT, sample())
    assert counts(scores, f"document.{name}") == ((1, 0, 0) if hit else (0, 1, 0))


def test_rows_add_up_and_round() -> None:
    marks = [mark("F", "630 hộ", kind="household", value=630, unit="hộ")]
    good = scored(TEXT, marks, figures=sample().figures)
    bad = scored(TEXT, marks)
    row = rows(total([good, good, bad]))["figure.household"]
    assert (row.precision, row.recall, row.f1, row.gold) == (1.0, 0.6667, 0.8, 3)


# --- files


def gold_folder(folder: Path, **more: Any) -> Path:
    """A gold file whose report, text and annotations agree."""
    folder.mkdir(exist_ok=True)
    (folder / "x.txt").write_text(TEXT, encoding="utf8")
    annotation = {"tag": "F", "text": "630 hộ", "value": 630.0, "of": None, "unit": "hộ", "kind": "household"}
    start = TEXT.index("630 hộ")
    annotation |= {"start": start, "end": start + 6}
    data = {"text_chars": len(TEXT), "annotations": [annotation], **more}
    (folder / "x.json").write_text(json.dumps(data), encoding="utf8")
    return folder / "x.json"


def out_folder(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(to_json(sample()), encoding="utf8")
    return folder


@pytest.mark.parametrize("name", ["x.txt.json", "deep/er/x.pdf.json"])
def test_reports_are_found_in_out_by_stem(tmp_path: Path, name: str) -> None:
    path = gold_folder(tmp_path / "gold")
    result = evaluate([path], out=out_folder(tmp_path / "out", name, "xx.txt.json", "y.x.json"))
    assert not result.failures
    assert counts(result.scores[path], "figure.household") == (1, 0, 0)


def test_the_named_source_comes_before_the_stem(tmp_path: Path) -> None:
    path = gold_folder(tmp_path / "gold", source="../corpus/x.pdf")
    out = out_folder(tmp_path / "out", "x.pdf.json", "x.docx.json")
    assert evaluate([path], out=out).exit_code == 0


def test_several_reports_of_a_stem_are_not_guessed_between(tmp_path: Path) -> None:
    path = gold_folder(tmp_path / "gold")
    (failure,) = evaluate([path], out=out_folder(tmp_path / "out", "x.pdf.json", "x.docx.json")).failures
    assert isinstance(failure, UsageError)


def test_raw_texts_stand_beside_or_in_the_raw_folder(tmp_path: Path) -> None:
    path, out = gold_folder(tmp_path / "gold"), out_folder(tmp_path / "out", "x.txt.json")
    raw = tmp_path / "raw"
    raw.mkdir()
    path.with_suffix(".txt").rename(raw / "x.txt")
    (failure,) = evaluate([path], out=out).failures
    assert isinstance(failure, NotFound)
    assert "--raw" in str(failure)
    assert evaluate([path.parent], out=out, raw=raw).exit_code == 0


@pytest.mark.parametrize(
    ("text", "error"),
    [("", WrongGold), ("[]", WrongGold), ('{"a": 1}', WrongGold), ('{"annotations": [{"tag": "F"}]}', WrongGold)],
)
def test_what_is_no_gold_is_named(tmp_path: Path, text: str, error: type[Exception]) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(error):
        load_gold(tmp_path / "x.json")


def test_failures_do_not_sink_the_others(tmp_path: Path) -> None:
    good, out = gold_folder(tmp_path / "gold"), out_folder(tmp_path / "out", "x.txt.json")
    short = gold_folder(tmp_path / "short", text_chars=7)
    result = evaluate([good, short, tmp_path / "gone.json"], out=out)
    assert list(result.scores) == [good]
    assert [type(f) for f in result.failures] == [WrongGold, NotFound]
    assert all(isinstance(f, WrongFormat | NotFound) for f in result.failures)
    assert result.exit_code == 2
    assert evaluate([short], out=out).exit_code == 3


# --- the same numbers as the scorer that the project is judged by


def original() -> Any:
    path = SHARED / "eval/score.py"
    if not path.is_file():
        pytest.skip("../shared is not there")
    spec = importlib.util.spec_from_file_location("original_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spoiled(gold: Gold, text: str) -> Report:
    """A report made from gold with faults of every sort, in a text that is wrapped differently."""
    wrapped = " ".join(text.split())
    alignment = Alignment.of(text, wrapped)
    figures, references, places, parts = [], [], [], []
    last: dict[int, str] = {}
    for i, a in enumerate(gold.annotations):
        span = alignment.moved(a.start, a.end)
        if span is None or i % 11 == 10:  # missed
            continue
        start, end = span
        if a.tag == "F":
            figures.append(
                Figure(
                    f"f{i}",
                    start,
                    end,
                    a.text,
                    "other" if i % 17 == 0 else a.kind,  # type: ignore[arg-type]
                    Decimal(str(a.value)) + (i % 13 == 0),
                    None if a.of is None else Decimal(str(a.of)),
                    unit=a.unit + (" nghèo" if i % 7 == 0 else ""),
                    indicator=None if i % 5 == 0 else a.indicator,
                    direction="increase" if i % 19 == 0 else a.direction,  # type: ignore[arg-type]
                    role=a.role if i % 3 else None,  # type: ignore[arg-type]
                    period=a.period if i % 4 else "2023-Q1",
                    places=tuple(PlaceName(p.strip(), "commune") for p in (a.place or "").split(";") if p and i % 2),
                )
            )
        elif a.tag == "R":
            key = a.key.lower() if i % 2 else a.key + ("X" if i % 9 == 0 else "")
            references.append(Reference(f"r{i}", start, end, a.text, key, date=a.date if i % 5 else None))
        elif a.tag == "P":
            places.append(Place(start, end, a.text, a.name if i % 8 else "Nơi khác", a.level))  # type: ignore[arg-type]
        elif a.tag == "S":
            parent = last.get(a.depth - 1) if i % 6 else None
            parts.append(Section(f"s{i}", f"{a.number}.", "t", a.depth, parent, start, end))
            last[a.depth] = f"s{i}"
        elif i % 2:
            figures.append(Figure(f"f{i}", start, end, a.text, "percent", Decimal(1)))
        if i % 23 == 0:  # made up
            figures.append(Figure(f"x{i}", max(0, start - 40), start, "x", "money", Decimal(9), unit="triệu đồng"))
    document = replace(sample().document, place=PlaceName("Lào Cai", "province"))
    found = {"figures": figures, "references": references, "places": places, "sections": parts}
    return Report(document, wrapped, **{k: tuple(v) for k, v in found.items()})  # type: ignore[arg-type]


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["000_00df818be44767e4", "004_61b70bcebf546db4", "doc_07", "doc_09", "doc_21", "doc_26"]
)
def test_the_same_numbers_as_the_original(name: str) -> None:
    module = original()
    gold_path, raw_path = SHARED / f"eval/gold/{name}.json", SHARED / f"reports/text/{name}.txt"
    gold, raw = load_gold(gold_path), raw_path.read_text(encoding="utf8")
    report = spoiled(gold, raw)
    expected, errors = module.score_document(json.loads(gold_path.read_text()), raw, json.loads(to_json(report)))
    scores = score(gold, raw, report)
    assert {k: (c.hit, c.miss, c.spurious) for k, c in scores.counts.items()} == expected
    assert sum(counts(scores, "figure")) > 3
    ours = sorted((e.kind, e.what, e.text) for e in scores.errors if e.what != "wrong")
    assert ours == sorted((kind, what, text) for kind, rows in errors.items() for what, text, *_ in rows)
