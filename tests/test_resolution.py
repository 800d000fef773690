"""Short forms tied to their documents, relations, records: the gold, and the rules one by one."""

from __future__ import annotations

import importlib.util
import itertools
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import cited_documents, extract_text, resolve_references
from extractor.finding.sentences import sentences

ROOT = Path(__file__).resolve().parents[1]
SPEC = importlib.util.spec_from_file_location("score_resolution", ROOT / "scripts" / "score_resolution.py")
assert SPEC is not None
assert SPEC.loader is not None
gold = importlib.util.module_from_spec(SPEC)
sys.modules["score_resolution"] = gold
SPEC.loader.exec_module(gold)
GOLD = sorted((ROOT / "gold" / "resolution").glob("[0-9]*.txt"))


def shorts(text: str, **about: object) -> dict[str, tuple[str, ...]]:
    """Short forms and bare references of `text` and the keys that they stand for."""
    found = resolve_references(text, **about)  # type: ignore[arg-type]
    bare = {r.text: (r.resolved,) if r.resolved else () for r in found.references if r.resolved != r.key}
    return bare | {s.text: s.resolved for s in found.short_forms}


def test_the_gold_is_well_formed() -> None:
    texts = [gold.read(path) for path in GOLD]
    assert [line for text in texts for line in gold.problems(text)] == []
    marks = [m for text in texts for m in text.marks]
    assert len(marks) >= 150
    assert sum(not m.keys for m in marks) >= len(marks) * 0.3


def test_floors_on_the_gold() -> None:
    total = gold.score_all(GOLD)
    assert total.precision >= 0.98, total.errors
    assert total.recall >= 0.90, total.errors


@pytest.mark.parametrize(
    ("marked", "fault"),
    [("no head\n", "first line"), ("# date=2020-01-01 number=1/BC-UBND type=Báo cáo\n⟦NQ 5\n", "not closed")],
)
def test_faults_in_the_gold_are_named(tmp_path: Path, marked: str, fault: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(marked, encoding="utf8")
    with pytest.raises(ValueError, match=fault):
        gold.read(path)


def test_a_key_that_the_text_does_not_cite_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(
        "# date=2020-01-01 number=1/BC-UBND type=Báo cáo\n⟦NQ 5 ¦ 5/NQ-CP⟧; ⟦NQ 6 ¦ sáu⟧\n", encoding="utf8"
    )
    assert len(list(gold.problems(gold.read(path)))) == 2


def test_a_number_takes_the_only_document_that_fits() -> None:
    text = "Nghị quyết số 26-NQ/TW và Nghị quyết số 26/NQ-HĐND của HĐND tỉnh. "
    assert shorts(text + "Theo NQ 26, có 5 xã.")["NQ 26"] == ()
    assert shorts(text + "Nghị quyết 26 của HĐND huyện.")["Nghị quyết 26"] == ()
    assert shorts(text + "Nghị quyết 26 của HĐND tỉnh.")["Nghị quyết 26"] == ("26/NQ-HĐND",)
    assert shorts(text + "Nghị quyết 26 của Chính phủ.")["Nghị quyết 26"] == ()


def test_why_it_stays_open_is_said() -> None:
    found = resolve_references("Nghị quyết số 26-NQ/TW; Nghị quyết số 26/NQ-HĐND. Theo Nghị quyết 26, có 5 xã.")
    assert found.references[-1].resolved is None
    assert found.references[-1].reason == "several fit: 26-NQ/TW, 26/NQ-HĐND"


def test_zeros_before_a_number_do_not_matter() -> None:
    assert shorts("Nghị quyết số 08/2021/NQ-HĐND. Nghị quyết 8, đã nêu.")["Nghị quyết 8"] == ("08/2021/NQ-HĐND",)


def test_pointers_need_an_antecedent_of_their_type() -> None:
    text = "Quyết định số 12/QĐ-UBND và Kế hoạch số 5/KH-UBND được ban hành. "
    assert shorts(text + "Kế hoạch này giao 5 chỉ tiêu.")["Kế hoạch này"] == ("5/KH-UBND",)
    assert shorts(text + "Nghị định này chưa có.")["Nghị định này"] == ()


def test_two_in_one_sentence_leave_it_open() -> None:
    text = "Quyết định số 12/QĐ-UBND thay thế Quyết định số 9/QĐ-UBND. Quyết định này có 5 điều."
    assert shorts(text)["Quyết định này"] == ()


def test_a_count_must_be_met() -> None:
    text = "Quyết định số 12/QĐ-UBND và Quyết định số 9/QĐ-UBND được ban hành. "
    assert shorts(text + "Hai Quyết định trên đã công khai.")["Hai Quyết định trên"] == ("12/QĐ-UBND", "9/QĐ-UBND")
    assert shorts(text + "Ba Quyết định trên đã công khai.")["Ba Quyết định trên"] == ()


def test_trên_can_be_on() -> None:
    assert shorts("Quyết định số 12/QĐ-UBND. Thực hiện Quyết định trên địa bàn huyện, trên cả nước.") == {}


def test_an_agreed_name() -> None:
    text = "Quyết định số 1719/QĐ-TTg (sau đây gọi tắt là Chương trình 1719). Vốn Chương trình 1719 là 5 tỷ."
    assert shorts(text)["Chương trình 1719"] == ("1719/QĐ-TTg",)


def test_a_report_is_never_its_own_authority() -> None:
    text = "Kèm theo Báo cáo số 12/BC-UBND và Báo cáo này; xem Báo cáo 12."
    found = resolve_references(text, own_number="12/BC-UBND", own_type="Báo cáo")
    assert [(r.resolved, r.reason) for r in found.references] == [(None, "the report itself")]
    assert all(s.resolved == () for s in found.short_forms)
    assert cited_documents(text, found.references, found.short_forms) == []


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2003, 1, 1), None),
        (date(2012, 5, 1), "Luật Đất đai 2003"),
        (date(2014, 6, 30), None),  # 2013 passed, 2003 held
        (date(2014, 7, 1), "Luật Đất đai 2013"),
        (date(2024, 1, 17), "Luật Đất đai 2013"),
        (date(2024, 3, 1), None),
        (date(2024, 8, 1), "Luật Đất đai 2024"),
    ],
)
def test_a_law_without_its_year_by_the_reports_day(day: date, edition: str | None) -> None:
    (reference,) = resolve_references("theo Luật Đất đai, xã đã giao đất", on=day).references
    assert reference.resolved == edition
    assert (reference.reason is None) == (edition is not None)


def test_a_law_without_its_year_follows_the_text_first() -> None:
    found = resolve_references("Luật Đất đai năm 2003 và khoản 1 Điều 5 Luật Đất đai.", on=date(2020, 1, 1))
    assert [r.resolved for r in found.references] == ["Luật Đất đai 2003"] * 2
    assert found.references[1].pinpoint == "khoản 1 Điều 5"


def test_a_law_by_its_number_is_the_law_by_its_year() -> None:
    found = resolve_references("Luật Đất đai số 45/2013/QH13; Luật Đất đai năm 2013; Luật Đất đai.")
    (record,) = cited_documents("", found.references)
    assert record.key == "Luật Đất đai 2013"
    assert len(record.mentions) == 3


def test_pinpoints_go_to_the_document_that_they_stand_at() -> None:
    found = resolve_references(
        "Nghị định số 7/2021/NĐ-CP được công bố. Khoản 2 Điều 5 Nghị định này và Điều 3 Luật Trẻ em."
    )
    assert [r.pinpoint for r in found.references] == [None, "Điều 3"]
    assert [s.pinpoint for s in found.short_forms] == ["Khoản 2 Điều 5"]


RELATIONS = [
    ("Căn cứ Nghị định số 1/2020/NĐ-CP, Quyết định số 2/QĐ-UBND;", ["basis", "basis"]),
    ("Căn cứ các văn bản sau:\n- Nghị định số 1/2020/NĐ-CP;\n- Quyết định số 2/QĐ-UBND.", ["basis", "basis"]),
    ("Thực hiện Nghị quyết số 1-NQ/TU, UBND huyện đã ban hành Kế hoạch số 5/KH-UBND.", ["implements", "mentions"]),
    ("đạt chuẩn theo tiêu chí tại Quyết định số 2/QĐ-UBND", ["under"]),
    ("Nghị định số 2/2020/NĐ-CP được thay thế bằng Nghị định số 3/2021/NĐ-CP", ["replaces", "mentions"]),
    ("Quyết định số 9/QĐ-UBND bị bãi bỏ.", ["repeals"]),
    ("Xã có Tờ trình số 2/TTr-UBND gửi huyện.", ["mentions"]),
]


@pytest.mark.parametrize(("text", "relations"), RELATIONS)
def test_relations(text: str, relations: list[str]) -> None:
    assert [r.relation for r in resolve_references(text).references] == relations


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Nghị định số 3/2021/NĐ-CP thay thế Nghị định số 2/2020/NĐ-CP.", "3/2021/NĐ-CP"),
        ("Nghị định số 2/2020/NĐ-CP được thay thế bởi Nghị định số 3/2021/NĐ-CP.", "3/2021/NĐ-CP"),
        ("Nghị định này thay thế Nghị định số 2/2020/NĐ-CP.", "9/2022/NĐ-CP"),
    ],
)
def test_what_replaces_it_is_said(text: str, by: str) -> None:
    found = resolve_references(text, own_number="9/2022/NĐ-CP", own_type="Nghị định")
    (replaced,) = [r for r in found.references if r.relation == "replaces"]
    assert (replaced.key, replaced.by) == ("2/2020/NĐ-CP", by)


def test_what_another_body_replaces_is_not_replaced_by_what_it_carries_out() -> None:
    found = resolve_references("Thực hiện Nghị quyết số 5-NQ/TU, huyện đã thay thế Quyết định số 2/QĐ-UBND.")
    assert [(r.relation, r.by) for r in found.references] == [("implements", None), ("replaces", None)]


def test_the_pipeline_resolves() -> None:
    report = extract_text("BÁO CÁO\nThực hiện Nghị quyết số 19-NQ/HU, xã giao vốn. Nghị quyết này có 5 mục tiêu.")
    assert report.references[0].relation == "implements"
    assert [(s.text, s.resolved, s.page) for s in report.short_forms] == [("Nghị quyết này", ("19-NQ/HU",), 1)]


def test_records_gather_variants_dates_and_titles() -> None:
    first = "Nghị quyết số 5/NQ-HĐND ngày 1/2/2020 về phát triển rừng; Nghị quyết 5, đã nêu."
    text = f"{first} Nghị quyết số 5/NQ-HĐND ngày 2/2/2020."
    found = resolve_references(text)
    (record,) = cited_documents(text, found.references, found.short_forms)
    assert record.variants == ("Nghị quyết số 5/NQ-HĐND", "Nghị quyết 5")
    assert record.dates == ("2020-02-01", "2020-02-02")
    assert record.title == "phát triển rừng"


PIECES = st.sampled_from(
    "Nghị quyết số 5/NQ-CP|Nghị quyết 5|Nghị quyết này|các Nghị quyết trên|hai Nghị định nêu trên|KH 7|"
    "Kế hoạch số 7/KH-UBND|. |; |"
    "\n|Luật Đất đai|thay thế|Căn cứ|thực hiện|(sau đây gọi tắt là Kế hoạch 7)|Điều 5|, |được bãi bỏ bởi|- |Xã".split(
        "|"
    )
)


@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_any_text_is_resolved_within_what_it_cites(text: str) -> None:
    found = resolve_references(text, on=date(2020, 1, 1))
    cited = {r.resolved for r in found.references} | {r.key for r in found.references}
    for short in found.short_forms:
        assert text[short.start : short.end] == short.text
        assert set(short.resolved) <= cited
        assert (short.reason is None) == bool(short.resolved)
    spans = sorted((m.start, m.end) for m in [*found.references, *found.short_forms])
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@given(st.text(alphabet="aA.?! \n1IV(TP)đĐ", max_size=80))
def test_sentences_cover_all_that_is_no_space(text: str) -> None:
    spans = list(sentences(text))
    assert all(a < b <= c for (a, b), (c, _) in itertools.pairwise(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(i in covered for i, c in enumerate(text) if not c.isspace())


def test_resolving_loads_nothing_heavy() -> None:
    heavy = ("regex", "spacy", "underthesea", "lxml", "orjson", "sqlite3")
    code = (
        "import sys; from extractor import annotate, get_references, resolve_references;"
        f"print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "unit", ["Nghị định này ", "các Nghị định trên, ", "KH 7 ", "(gọi tắt là Kế hoạch ", "Nghị quyết 5, "]
)
def test_long_texts_of_short_forms_are_read(unit: str) -> None:
    found = resolve_references("Kế hoạch số 7/KH-UBND. " + unit * 1500)
    assert found.references
