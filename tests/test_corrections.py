"""What people correct, worked into a report: every kind of correction, its undoing, and other versions of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from samples import sample

from extractor import extract, extract_text
from extractor.corrections import making
from extractor.corrections.apply import Corrected, apply, correct
from extractor.corrections.fields import Kind, checked
from extractor.corrections.items import LISTS, key_of
from extractor.corrections.making import CannotCorrect
from extractor.corrections.record import Correction
from extractor.model import Figure, PlaceName, Reading, Report

PDF = Path(__file__).resolve().parent.parent / "corpus" / "thang-binh-ktxh-2024.pdf"
TEXT = (
    "ỦY BAN NHÂN DÂN\nHUYỆN VĂN BÀN\nSố: 12/BC-UBND\nVăn Bàn, ngày 20 tháng 12 năm 2023\nBÁO CÁO\n"
    "Kết quả năm 2023\nI. KẾT QUẢ\n1. Giảm nghèo\nToàn huyện còn 1.320 hộ nghèo (6,10%) theo Nghị định số "
    "07/2021/NĐ-CP.\na) Xã Nậm Mả còn 42 hộ nghèo; giảm mười hộ.\nb) Xã Dần Thàng còn 50 hộ nghèo.\n2. Ngân sách\n"
    "Thu ngân sách nhà nước 612,45 tỷ đồng, đạt 102% dự toán; chi 600 tỷ đồng.\nII. NHIỆM VỤ\n"
    "Phấn đấu giảm 120 hộ nghèo năm 2024 theo Nghị quyết số 20-NQ/TU tại xã Nậm Mả.\n"
)


@cache
def report() -> Report:
    return extract_text(TEXT)


def figure(text: str, of: Report | None = None) -> Figure:
    return next(f for f in (of or report()).figures if f.text == text)


def section(number: str, of: Report | None = None) -> Any:
    return next(s for s in (of or report()).sections if s.number == number)


def after(*steps: Any, of: Report | None = None) -> Corrected:
    """The report after corrections, each made against the outcome of those before."""
    now = correct(of or report(), ())
    for step in steps:
        now = correct(now.machine, (*now.corrections, step(now)))
    return now


@cache
def printed() -> Report:
    """A report of three pages whose words have boxes."""
    return extract(PDF)


def change(what: Kind, item: str, **new: Any) -> Any:
    return lambda now: making.change(now, what, item, new, "Lan")


def test_a_number_is_corrected_beside_the_extraction() -> None:
    before = report().to_json()
    money = figure("612,45 tỷ đồng")
    now = after(change("figure", money.id, value=Decimal("612.54")))
    corrected = figure("612,45 tỷ đồng", now.report)
    assert (corrected.value, corrected.amount, corrected.confidence) == (Decimal("612.54"), 612_540_000_000, 1.0)
    assert (report().to_json(), now.machine) == (before, report())
    assert now.marks == {("figure", money.id): (now.corrections[0].id,)}
    assert (dict(now.corrections[0].old), dict(now.corrections[0].new)) == (
        {"value": Decimal("612.45")}, {"value": Decimal("612.54")},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "new", "wanted"),
    [
        ("42 hộ", {"unit": "người"}, {"unit": "người", "kind": "other", "amount": None}),
        ("102%", {"unit": "triệu đồng", "value": 5}, {"kind": "money", "amount": 5_000_000, "value": Decimal(5)}),
        ("612,45 tỷ đồng", {"unit": "USD"}, {"unit": "USD", "amount": None, "kind": "money"}),
        ("1.320 hộ", {"kind": "other"}, {"kind": "other", "unit": "hộ"}),
        ("120 hộ", {"role": None, "period": "2025", "direction": None}, {"role": None, "period": "2025"}),
        ("42 hộ", {"indicator": "hộ cận nghèo", "indicator_id": "near_poor_households"}, {"indicator": "hộ cận nghèo"}),
        ("6,10%", {"of": Decimal("7"), "value_to": Decimal("6.5"), "comparator": "~"}, {"value_to": Decimal("6.5")}),
        ("1.320 hộ", {"start": TEXT.index("320 hộ")}, {"text": "320 hộ nghèo", "end": TEXT.index(" (6,10")}),
    ],
)
def test_what_follows_from_a_correction_is_worked_out(text: str, new: Any, wanted: Any) -> None:
    told = next(f for f in report().figures if f.text.startswith(text))
    now = after(change("figure", told.id, **new))
    got = next(f for f in now.report.figures if f.id == told.id)
    assert {name: getattr(got, name) for name in wanted} == wanted


def test_places_of_a_figure_and_its_section() -> None:
    told = next(f for f in report().figures if f.text.startswith("50 hộ"))
    place = {"name": "Dần Thàng", "level": "commune", "code": "02974"}
    now = after(change("figure", told.id, places=[place], section=section("2").id))
    got = next(f for f in now.report.figures if f.id == told.id)
    assert got.places == (PlaceName("Dần Thàng", "commune", "02974"),)
    assert got.section == section("2").id
    assert now.corrections[0].new["section"].text == "2. Ngân sách"


def test_a_reference_and_a_place() -> None:
    (first, _) = report().references
    place = next(p for p in report().places if p.text == "Nậm Mả")
    now = after(
        change("reference", first.id, key="07/2021/NĐ-CP-X", date="2021-01-27"),
        change("place", key_of(place), name="Nậm Mòn", code="02881"),
    )
    assert (now.report.references[0].key, now.report.references[0].resolved) == ("07/2021/NĐ-CP-X",) * 2
    got = next(p for p in now.report.places if p.start == place.start)
    assert (got.name, got.code, got.current, got.score) == ("Nậm Mòn", "02881", (), 1.0)


def test_what_is_none_goes_and_what_was_missed_comes() -> None:
    told = next(f for f in report().figures if f.text.startswith("50 hộ"))
    at = TEXT.index("mười hộ")
    now = after(
        lambda now: making.reject(now, "figure", told.id, "Lan"),
        lambda now: making.add(now, "figure", at, at + 7, {"value": 10, "unit": "hộ", "direction": "decrease"}, "Lan"),
    )
    assert told.id not in {f.id for f in now.report.figures}
    added = figure("mười hộ", now.report)
    assert (added.kind, added.page, added.section, added.value) == ("household", 1, section("a").id, 10)
    assert [f.start for f in now.report.figures] == sorted(f.start for f in now.report.figures)
    again = after(*[lambda _, c=c: c for c in now.corrections], change("figure", added.id, period="2022"))
    assert figure("mười hộ", again.report).period == "2022"
    undone = after(*[lambda _, c=c: c for c in again.corrections],
                   lambda now: making.undo(now, now.corrections[1].id, "Lan"))  # fmt: skip
    assert [undone.outcomes[c.id].state for c in undone.corrections] == ["applied", "undone", "stale", "applied"]
    assert "mười hộ" not in {f.text for f in undone.report.figures}


def test_the_last_word_about_an_item_counts() -> None:
    told = figure("102%")
    reject = making.reject(correct(report(), ()), "figure", told.id, "Lan")
    accept = making.accept(correct(report(), ()), "figure", told.id, "Bình")
    assert told.id in {f.id for f in apply(report(), [reject, accept]).figures}
    assert told.id not in {f.id for f in apply(report(), [accept, reject]).figures}


def test_a_corrected_report_is_audited_again() -> None:
    text = TEXT.replace("(6,10%)", "trong tổng số 21.639 hộ (6,10%)") + "Có 10/5 xã đạt chuẩn nông thôn mới.\n"
    machine = extract_text(text)
    (finding,) = [f for f in machine.findings if "10/5" in f.message]
    told = next(f for f in machine.figures if f.id in finding.evidence)
    now = after(change("figure", told.id, value=1, of=5), of=machine)
    assert [f for f in now.report.findings if told.id in f.evidence] == []
    accepted = after(lambda now: making.accept(now, "figure", told.id, "Lan"), of=machine)
    assert accepted.report.findings == machine.findings


SUMS = (
    "BÁO CÁO\nNăm 2023, trên tổng số 51.240 hộ, có 1.320 hộ nghèo, chiếm 2,58%. Đạt 13/19 tiêu chí (68,42%). Thu 10 tỷ "
    "đồng, gồm: thuế 6 tỷ đồng; phí 4 tỷ đồng. Hộ nghèo giảm từ 1.500 hộ xuống 1.320 hộ, giảm 12%.\n"
)


NUMBERS = st.one_of(
    st.none(), st.sampled_from(("0", "1E-19", "1E+19", "3.58")).map(Decimal), st.decimals(0, 10**12, places=3)
)


@settings(max_examples=25, deadline=None, phases=[Phase.generate])  # to shrink what fails would take minutes
@given(st.data())
def test_the_audit_stands_whatever_numbers_a_person_says(data: Any) -> None:
    now = correct(_sums(), ())
    for f in now.machine.figures:
        value, unit = data.draw(NUMBERS), data.draw(st.sampled_from((f.unit, "%", "tỷ đồng", "hộ")))
        if value is not None and (value, unit) != (f.value, f.unit):
            made = making.change(now, "figure", f.id, {"value": value, "unit": unit}, "Lan")
            now = correct(now.machine, (*now.corrections, made))
    ids = {f.id for f in now.report.figures} | {r.id for r in now.report.references}
    assert all(set(f.evidence) <= ids for f in now.report.findings)


@cache
def _sums() -> Report:
    return extract_text(SUMS)


def tree(of: Report) -> list[tuple[str, int, str | None]]:
    numbers = {s.id: s.number for s in of.sections}
    return [(s.number, s.level, numbers.get(s.parent or "")) for s in of.sections]


def test_a_section_that_is_none() -> None:
    told = section("1")
    now = after(lambda now: making.reject(now, "section", told.id, "Lan"))
    assert tree(now.report) == [("I", 1, None), ("a", 2, "I"), ("b", 2, "I"), ("2", 2, "I"), ("II", 1, None)]
    assert next(f for f in now.report.figures if f.text.startswith("1.320")).section == section("I").id
    assert {s.id: s.end for s in now.report.sections}.items() <= {s.id: s.end for s in report().sections}.items()


def test_a_section_that_hangs_elsewhere() -> None:
    now = after(change("section", section("b").id, parent=section("I").id, number="2", title="Dần Thàng"))
    assert ("2", 2, "I") in tree(now.report)
    moved = next(s for s in now.report.sections if s.title == "Dần Thàng")
    assert next(s for s in now.report.sections if s.id == section("1").id).end == moved.start
    with pytest.raises(CannotCorrect, match="has ended before it"):
        after(change("section", section("b").id, parent=None))


def test_a_section_that_was_missed() -> None:
    start = TEXT.index("chi 600")
    now = after(lambda now: making.add(now, "section", start, start + 3, {"number": "c", "title": "Chi"}, "Lan"))
    new = next(s for s in now.report.sections if s.number == "c")
    assert (new.level, new.parent, new.start, new.end) == (3, section("2").id, start, section("2").end)
    assert next(f for f in now.report.figures if f.text.startswith("600")).section == new.id


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (change("figure", "f1", value=Decimal(-3)), "negative"),
        (change("figure", "f1", value=Decimal("1E+40")), "digits"),
        (change("figure", "f1", value="12"), "a number"),
        (change("figure", "f1", period="năm 2023"), "2025-Q2"),
        (change("figure", "f1", unit="h\u202eộ"), "control"),
        (change("figure", "f1", indicator="   "), "nothing but space"),
        (change("figure", "f1", indicator="x" * 501), "at most 500"),
        (change("figure", "f1", indicator="h\u00f4\u0323"), "NFC"),
        (change("figure", "f1", text="9 hộ"), "no field 'text'"),
        (change("figure", "f1", section="s99"), "no section"),
        (change("figure", "f1", start=10**9), "none of this text"),
        (change("figure", "f99", value=1), "no figure"),
        (change("reference", "r1", date="2023-02-30"), "date"),
        (change("reference", "r1", section="s1"), "no field"),
        (change("place", "0-3", name="x"), "no place"),
        (change("section", "s1", parent="s1"), "ended before"),
        (lambda now: making.change(now, "figure", "f1", {}, "Lan"), "nothing is other"),
        (lambda now: making.add(now, "figure", 4, 6, {"unit": "hộ"}, "Lan"), "has to be said value"),
        (lambda now: making.add(now, "figure", 5, 5, {"value": 1}, "Lan"), "no stretch"),
        (lambda now: making.add(now, "figure", 2, 4, {"value": 1}, "Lan"), "space"),
        (lambda now: making.accept(now, "figure", "f1", " \n "), "a name"),
        (lambda now: making.undo(now, "0" * 32, "Lan"), "no correction"),
        (lambda now: making.review(now, "0" * 64, "Lan", [7]), "has pages 1 to 1"),
    ],
)  # fmt: skip
def test_what_is_no_correction_is_refused_and_says_why(step: Any, said: str) -> None:
    with pytest.raises(CannotCorrect, match=re.escape(said)):
        step(correct(report(), ()))


def test_what_the_machine_found_there_is_not_missed() -> None:
    at = TEXT.index("1.320")
    with pytest.raises(CannotCorrect, match=r"another figure stands there: 1\.320 hộ"):
        making.add(correct(report(), ()), "figure", at, at + 3, {"value": 1}, "Lan")


# --- another version of the text -------------------------------------------------------------------------------------


def corrected_before() -> tuple[Correction, ...]:
    told = {text: next(f for f in report().figures if f.text.startswith(text)) for text in ("42 hộ", "102%", "600 tỷ")}
    at = TEXT.index("mười hộ")
    return after(
        change("figure", told["42 hộ"].id, value=43),
        change("figure", told["102%"].id, value=103, section=section("II").id),
        lambda now: making.reject(now, "figure", told["600 tỷ"].id, "Lan"),
        lambda now: making.add(now, "figure", at, at + 7, {"value": 10, "unit": "hộ"}, "Lan"),
        change("section", section("2").id, title="Thu, chi"),
    ).corrections


def test_corrections_follow_their_words() -> None:
    other = extract_text(TEXT.replace("BÁO CÁO\n", "BÁO CÁO\n(bản in lần hai)\n").replace("Toàn huyện", "Cả huyện"))
    now = correct(other, corrected_before())
    assert [o for o in now.outcomes.values() if o.state != "applied"] == []
    values = {f.text: f.value for f in now.report.figures}
    assert values["mười hộ"] == 10
    assert {v for t, v in values.items() if t.startswith(("42 hộ", "102%"))} == {43, 103}
    assert not any(t.startswith("600") for t in values)
    assert next(s for s in now.report.sections if s.number == "2").title == "Thu, chi"


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        ("42 hộ nghèo", "44 hộ nghèo", ["words no longer stand there"]),
        ("a) Xã Nậm Mả còn 42 hộ nghèo", "42 hộ nghèo, 42 hộ nghèo", ["or stand there more than once"]),
        ("102%", "1102%", ["words no longer stand there"]),
        ("II. NHIỆM VỤ", "Nhiệm vụ", ["the section that it names is not there"]),
        ("chi 600 tỷ đồng", "mục 600 tỷ", ["words no longer stand there"]),
    ],
)
def test_what_finds_its_words_no_more_is_stale_and_kept(old: str, new: str, reasons: Sequence[str]) -> None:
    records = corrected_before()
    now = correct(extract_text(TEXT.replace(old, new)), records)
    stale = [o.reason for o in now.outcomes.values() if o.state == "stale"]
    assert now.corrections == records
    for reason in reasons:
        assert any(reason in told for told in stale), stale


def test_a_text_far_away_is_not_the_one_that_was_meant() -> None:
    far = TEXT.replace("102%", "x") + "\nchữ " * 600 + "đạt 102% dự toán; chi\n"
    now = correct(extract_text(far), corrected_before())
    assert "its words no longer stand there" in next(
        now.outcomes[c.id].reason for c in now.corrections if c.anchor and c.anchor.text == "102%"
    )


# --- properties ------------------------------------------------------------------------------------------------------


def some_step(now: Corrected, draw: Any) -> Correction | None:
    """Any correction of any item, as a person could make it; None where it is refused."""
    kind: Kind = draw(st.sampled_from([k for k in get_args(Kind) if k != "reading"]))
    what: Literal["accept", "reject", "correct", "add", "undo"] = draw(
        st.sampled_from(("accept", "reject", "correct", "correct", "add", "undo"))
    )
    items = [now.report.document] if kind == "letterhead" else getattr(now.report, LISTS[kind])
    try:
        if what == "undo":
            return making.undo(now, draw(st.sampled_from(now.corrections)).id, "Bình") if now.corrections else None
        if what == "add":
            start = draw(st.integers(0, len(TEXT) - 9))
            new = {
                "figure": {"value": 7, "unit": "hộ"}, "reference": {"key": "1/BC"},
                "place": {"name": "X", "level": "commune"}, "section": {"number": "9"},
                "letterhead": {"number": "9/BC"},
            }[kind]  # fmt: skip
            return making.add(now, kind, start, start + draw(st.integers(1, 8)), new, "Lan")
        if not items:
            return None
        key = key_of(draw(st.sampled_from(items)))
        if what == "correct":
            value = draw(st.decimals(0, 10**9, places=2))
            sections = [s.id for s in now.report.sections]
            new = {
                "figure": {"value": value, "section": draw(st.sampled_from([None, *sections]))},
                "reference": {"key": draw(st.sampled_from(("5/QĐ", "6/QĐ-UBND")))},
                "place": {"name": draw(st.sampled_from(("Y", "Z")))},
                "section": {"parent": draw(st.sampled_from([None, *sections])), "title": draw(st.sampled_from("AB"))},
                "letterhead": {"number": draw(st.sampled_from(("5/BC", None))), "type": draw(st.sampled_from("AB"))},
            }[kind]  # fmt: skip
            return making.change(now, kind, key, new, "Lan")
        return getattr(making, what)(now, kind, key, "Lan")  # type: ignore[no-any-return]
    except CannotCorrect:
        return None


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_undoing_goes_back_step_by_step_and_undoing_all_gives_the_machines_report(data: Any) -> None:
    now = correct(report(), ())
    states = [now.report]
    for _ in range(data.draw(st.integers(1, 5))):
        step = some_step(now, data.draw)
        if step is not None:
            now = correct(report(), (*now.corrections, step))
            states.append(now.report)
            assert now.outcomes[step.id].state == "applied"
            check(now.report)
    made = [c for c in now.corrections if c.what != "undo"]
    if len(made) == len(now.corrections):
        for i in range(len(made), 0, -1):
            now = correct(report(), (*now.corrections, making.undo(now, made[i - 1].id, "Bình")))
            assert now.report == states[i - 1]
    left = data.draw(st.permutations([c for c in made if now.outcomes[c.id].state != "undone"]))
    for c in left:
        now = correct(report(), (*now.corrections, making.undo(now, c.id, "Bình")))
    assert now.report == report()
    assert now.marks == {}


def check(made: Report) -> None:
    """What holds of every report: ids are unique, spans their text, sections nest in the order of the text."""
    for items in (made.figures, made.references, made.places):
        assert all(made.text[i.start : i.end] == i.text for i in items)  # type: ignore[attr-defined]
    ids = [i.id for i in (*made.figures, *made.references, *made.sections)]
    assert len(ids) == len(set(ids))
    by_id = {s.id: s for s in made.sections}
    for s in made.sections:
        parent = by_id.get(s.parent or "")
        assert (parent is None) == (s.parent is None)
        assert s.level == (parent.level + 1 if parent else 1)
        assert parent is None or (parent.start < s.start and s.end <= parent.end)
    assert all(f.section is None or f.section in by_id for f in made.figures)
    assert Report.from_json(made.to_json()) == made


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_every_record_comes_back_from_its_line(data: Any) -> None:
    now = correct(report(), ())
    for _ in range(3):
        step = some_step(now, data.draw)
        if step is not None:
            assert Correction.of(step.line()) == step
            assert step.line().count(b"\n") == 1
            now = correct(report(), (*now.corrections, step))


def test_a_report_of_every_kind_of_item() -> None:
    now = after(
        change("figure", "f1", value=631), change("reference", "r1", key="21-NQ/TU"),
        change("section", "s1", title="Giảm nghèo"), change("place", key_of(sample().places[0]), name="La Pán Tẩn"),
        of=sample(),
    )  # fmt: skip
    assert now.report.tables == sample().tables
    (got,), (was,) = now.report.figures, sample().figures
    assert (got.boxes, got.table) == (was.boxes, was.table)

    def rest(of: Report) -> Report:
        return replace(of, figures=(), references=(), sections=(), places=(), findings=())

    assert rest(now.report) == rest(sample())


def test_what_a_person_adds_has_the_boxes_that_the_machine_s_own_would_have() -> None:
    told = figure("19.251 tỷ đồng", printed())
    now = after(lambda now: making.reject(now, "figure", told.id, "Lan"), of=printed())
    last = replace(now.machine, figures=tuple(f for f in now.report.figures if f.id != told.id))
    now = after(lambda now: making.add(now, "figure", told.start, told.end, {"value": 19251}, "Lan"), of=last)
    added = figure("19.251 tỷ đồng", now.report)
    assert (added.page, added.boxes) == (told.page, told.boxes)
    at = printed().text.index("Đã chuyển đổi")
    values = {"name": "x", "level": "commune"}
    now = after(lambda now: making.add(now, "place", at, at + 13, values, "Lan"), of=printed())
    place = next(p for p in now.report.places if p.start == at)
    assert (place.page, len(place.boxes)) == (1, 1)


def test_another_stretch_has_other_boxes_and_a_text_has_none() -> None:
    told = figure("19.251 tỷ đồng", printed())
    got = figure("tỷ đồng", after(change("figure", told.id, start=told.start + 7), of=printed()).report)
    ((x0, *_),), ((was, *_),) = got.boxes, told.boxes
    assert x0 > was
    at = TEXT.index("mười hộ")
    now = after(lambda now: making.add(now, "figure", at, at + 7, {"value": 10}, "Lan"))
    assert figure("mười hộ", now.report).boxes == ()


def test_a_reading_is_accepted_and_no_more() -> None:
    reading = Reading(0, 2, sample().text[:2], "1.", "7.", "the second is unsure", 0.6)
    told = replace(sample(), readings=(reading,))
    now = after(lambda now: making.accept(now, "reading", key_of(reading), "Lan"), of=told)
    assert now.report.readings == (replace(reading, confidence=1.0),)
    assert now.marks.keys() == {("reading", "0-2")}
    with pytest.raises(CannotCorrect, match="can only be accepted"):
        making.reject(correct(told, ()), "reading", key_of(reading), "Lan")


def test_the_letterhead_is_corrected_and_its_type_has_its_abbreviation() -> None:
    id = report().document.id
    new = {"type": "Kế hoạch", "number": "12/KH-UBND", "issuer": "UBND huyện Bắc Hà", "issued_on": "2023-12-21"}
    now = after(change("letterhead", id, **new))
    got = now.report.document
    assert (got.type, got.type_code, got.number) == ("Kế hoạch", "KH", "12/KH-UBND")
    assert (got.issuer, got.issued_on) == ("UBND huyện Bắc Hà", "2023-12-21")
    assert replace(got, **{name: getattr(report().document, name) for name in (*new, "type_code")}) == report().document
    assert (now.machine, now.corrections[0].anchor) == (report(), None)
    assert dict(now.corrections[0].old)["number"] == "12/BC-UBND"
    now = after(change("letterhead", id, number=None), lambda now: making.accept(now, "letterhead", id, "Lan"))
    assert (now.report.document.number, len(now.marks["letterhead", id])) == (None, 2)


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ({"issued_on": "2023-02-31"}, "issued_on"), ({"issued_on": "31/12/2023"}, "issued_on"),
        ({"number": " "}, "nothing but space"), ({"sha256": "0" * 64}, "no field 'sha256'"),
        ({"issuer": "UBND\u202e"}, "control characters"), ({"number": "12/BC-UBND"}, "nothing is other"),
    ],
)  # fmt: skip
def test_what_no_letterhead_says_is_refused(new: Any, why: str) -> None:
    with pytest.raises(CannotCorrect, match=why):
        after(change("letterhead", report().document.id, **new))
    with pytest.raises(CannotCorrect, match="can only be accepted or corrected"):
        making.reject(correct(report(), ()), "letterhead", report().document.id, "Lan")


def test_a_letterhead_follows_the_file_and_not_its_name() -> None:
    made = after(change("letterhead", report().document.id, number="13/BC-UBND")).corrections
    told = replace(report(), text=TEXT + "\n")  # read by another version
    assert apply(told, made).document.number == "13/BC-UBND"
    other = replace(told, document=replace(told.document, id="dother"))
    now = correct(other, made)
    assert (now.report, now.outcomes[made[0].id].state) == (other, "stale")
    assert "another file" in now.outcomes[made[0].id].reason


def test_values_are_checked_by_the_contract() -> None:
    assert checked("figure", {"value": Decimal("1.50"), "role": "plan"}) == {"value": Decimal("1.50"), "role": "plan"}
    with pytest.raises(ValueError, match="kind: expected one of"):
        checked("figure", {"kind": "hộ"})
