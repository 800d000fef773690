"""Corrections on the disk: written whole under kills and by two at once, read by every command, exported as gold."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from test_corrections import TEXT, section
from test_store_documents import reader

from extractor import cli, extract_text, open_store
from extractor.batch import run as run_module
from extractor.corrections import making
from extractor.corrections.apply import Corrected, correct
from extractor.corrections.folder import load, save
from extractor.corrections.gold import export_gold, marks_of
from extractor.corrections.journal import TornCorrection, WrongCorrection, append, journal_path, read
from extractor.corrections.listing import list_corrections
from extractor.corrections.record import Correction
from extractor.corrections.reviewed import ReviewLost, mark_reviewed
from extractor.errors import NotFound, UsageError
from extractor.evaluate.gold import load_gold
from extractor.evaluate.score import Scores, score
from extractor.evaluate.table import rows, total
from extractor.model import Page, Report

SCHEMA = json.loads((Path(__file__).resolve().parent.parent / "gold" / "schema.json").read_text(encoding="utf8"))


def records(count: int) -> list[Correction]:
    now = correct(extract_text(TEXT), ())
    one = making.accept(now, "figure", "f1", "Lan")
    return [replace(one, id=f"{i:032x}") for i in range(count)]


# --- the file --------------------------------------------------------------------------------------------------------


def test_what_is_appended_is_read(tmp_path: Path) -> None:
    path = journal_path(tmp_path, "2023/x.pdf.json")
    assert path == tmp_path / "corrections" / "2023" / "x.pdf.jsonl"
    made = records(3)
    append(path, made[:1])
    append(path, made[1:])
    assert read(path).corrections == tuple(made)
    assert read(path).failures == ()
    assert read(tmp_path / "none").corrections == ()


def test_a_line_torn_anywhere_is_named_and_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    first, torn, third = records(3)
    line = torn.line()
    for kept in range(1, len(line), 7):
        path.write_bytes(first.line() + line[:kept])
        found = read(path)
        assert found.corrections == (first,)
        assert [type(e) for e in found.failures] == [TornCorrection]
        assert "line 2" in str(found.failures[0])
        append(path, [third])
        assert (read(path).corrections, read(path).failures) == ((first, third), ())
        aside = path.with_name("x.jsonl.torn")
        assert aside.read_bytes() == line[:kept] + b"\n"
        aside.unlink()


def test_a_line_that_lacks_only_its_end_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    first, second = records(2)
    path.write_bytes(first.line().rstrip(b"\n"))
    assert (read(path).corrections, read(path).failures) == ((first,), ())
    append(path, [second])
    assert read(path).corrections == (first, second)
    assert not path.with_name("x.jsonl.torn").exists()


def _line(**changed: Any) -> bytes:
    data = json.loads(records(1)[0].line())
    for name, value in changed.items():
        data[name] = value
    return json.dumps({k: v for k, v in data.items() if v is not ...}, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "Expecting"),
        (b"[]", "not an object"),
        (b"\xff\xfe", "utf-8"),
        (b"[" * 100_000, "nested"),
        (_line(what="praise"), "what: expected one of"),
        (_line(kind="finding"), "kind: expected one of"),
        (_line(kind="document"), "does not go with 'accept'"),
        (_line(when="yesterday"), "when"),
        (_line(when="2026-13-01T00:00:00Z"), "month"),
        (_line(who=""), "a name"),
        (_line(who="a\u202eb"), "control"),
        (_line(who=7), "a name"),
        (_line(id="../../etc"), "id"),
        (_line(id=...), "'id'"),
        (_line(item="f1\n"), "item"),
        (_line(anchor=...), "anchor"),
        (_line(anchor={"start": 0, "end": 9, "text": "x"}), "as much text"),
        (_line(anchor={"start": -4, "end": 0, "text": "abcd"}), "as much text"),
        (_line(anchor={"start": 0.5, "end": 1, "text": "x"}), "whole number"),
        (_line(new={"value": 1}), "new: expected no values"),
        (_line(what="correct"), "new: expected some values"),
        (_line(what="correct", new={"value": "1"}), "new.value: expected a number"),
        (_line(what="correct", new={"colour": "red"}), "no field 'colour'"),
        (_line(what="correct", new={"value": -1}), "negative"),
        (_line(what="undo", kind="document", anchor=..., item=...), "undoes"),
        (_line(what="reviewed", kind="document", anchor=..., report="x"), "report"),
        (_line(what="reviewed", kind="document", anchor=..., report="0" * 64, pages=[0]), "from 1"),
    ],
)
def test_a_line_that_is_none_is_named_with_its_number(tmp_path: Path, line: bytes, said: str) -> None:
    path = tmp_path / "x.jsonl"
    first, last = records(2)
    path.write_bytes(first.line() + line + b"\n" + last.line())
    found = read(path)
    assert found.corrections == (first, last)
    (error,) = found.failures
    assert isinstance(error, WrongCorrection)
    assert f"{path}: line 2: " in str(error)
    assert said in str(error)
    assert error.remedy in str(error)


_WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from extractor.corrections.journal import append
from extractor.corrections.record import Correction
one = Correction.of(Path(sys.argv[2]).read_bytes())
for i in range(int(sys.argv[4])):
    append(Path(sys.argv[1]), [replace(one, id=f"{int(sys.argv[3]) + i:032x}")])
    print(i, flush=True)
"""


def _writer(path: Path, first: int, count: int) -> subprocess.Popen[str]:
    one = path.with_name("one")
    one.write_bytes(records(1)[0].line())
    command = [sys.executable, "-c", _WRITER, str(path), str(one), str(first), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    writers = [_writer(path, first, 60) for first in (0, 1000)]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    found = read(path)
    assert found.failures == ()
    assert sorted(int(c.id, 16) for c in found.corrections) == [*range(60), *range(1000, 1060)]


def test_a_killed_writer_loses_nothing_that_it_had_said_was_written(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    for round_ in range(2):
        writer = _writer(path, round_ * 10_000, 10_000)
        assert writer.stdout is not None
        said = [int(writer.stdout.readline()) for _ in range(5 + 9 * round_)]
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        append(path, [replace(records(1)[0], id=f"{round_ + 1:016x}{0:016x}")])
        found = read(path)
        there = {int(c.id, 16) for c in found.corrections}
        assert found.failures == ()
        assert {round_ * 10_000 + i for i in said} <= there


# --- the folder ------------------------------------------------------------------------------------------------------


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "2023").mkdir(parents=True)
    (folder / "2023" / "a.txt").write_text(TEXT, encoding="utf8")
    (folder / "b.txt").write_text(TEXT.replace("1.320", "1.105").replace("2023", "2024"), encoding="utf8")
    run(tmp_path)
    return tmp_path / "out"


def run(tmp_path: Path) -> None:
    run_module.run([tmp_path / "in"], tmp_path / "out", read=reader, workers=1)


def say(out: Path, json: str, step: Any) -> Correction:
    """Make a correction of the report and keep it."""
    made: Correction = step(load(out, json).corrected)
    save(out, json, [made])
    return made


def poor(now: Corrected) -> Any:
    return next(f for f in now.report.figures if f.text == "1.320 hộ nghèo")


def right(now: Corrected) -> Correction:
    return making.change(now, "figure", poor(now).id, {"value": Decimal(1302)}, "Lan")


A, B = "2023/a.txt.json", "b.txt.json"


def values(out: Path, column: str = "value") -> list[Any]:
    with open_store(out) as store:
        figures = store.figures()
        return figures[figures["text"] == "1.320 hộ nghèo"][column].tolist()


def test_every_command_sees_the_report_as_it_was_corrected(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (out / "reports" / A).read_bytes()
    assert values(out) == [1320.0]
    with open_store(out) as store:
        ids = store.documents()["id"].tolist()
    say(out, A, right)
    reference = say(out, A, lambda now: making.change(now, "reference", "r1", {"key": "27/2022/NĐ-CP"}, "Lan"))
    assert (values(out), values(out, "corrected")) == ([1302.0], [1])
    with open_store(out) as store:
        documents = store.documents()
        assert documents["id"].tolist() == ids
        assert documents["corrected"].tolist() == [2, 0]
        assert int(store.figures()["corrected"].sum()) == 1
    assert (out / "reports" / A).read_bytes() == before
    assert cli.main(["export", str(out), "--tables", "csv"]) == 0
    with (out / "tables" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        assert "1302" in {row["exact"] for row in csv.DictReader(file)}
    capsys.readouterr()
    for key, count in (("27/2022/NĐ-CP", 1), ("07/2021/NĐ-CP", 1)):
        assert cli.main(["cite", key, str(out), "--format", "json"]) == 0
        assert len(json.loads(capsys.readouterr().out)["passages"]) == count
    say(out, A, lambda now: making.undo(now, reference.id, "Lan"))
    assert cli.main(["cite", "07/2021/NĐ-CP", str(out), "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["passages"]) == 2


def test_a_corrected_letterhead_is_seen_by_the_store_and_the_catalogue(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    id = load(out, A).corrected.machine.document.id
    new = {"issuer": "UBND huyện Bắc Hà", "number": "13/TB-UBND", "type": "Thông báo", "issued_on": "2022-12-20"}
    say(out, A, lambda now: making.change(now, "letterhead", id, new, "Lan"))
    columns = "issuer, number, type, type_code, issued_on, corrected"
    with open_store(out) as store:
        (row,) = store.rows(f"SELECT {columns} FROM documents WHERE corrected").fetchall()
    assert row == ("UBND huyện Bắc Hà", "13/TB-UBND", "Thông báo", "TB", "2022-12-20", 1)
    assert cli.main(["export", str(out), "--catalogue"]) == 0
    assert "UBND huyện Bắc Hà" in (out / "catalogue.csv").read_text(encoding="utf-8-sig")
    capsys.readouterr()
    assert cli.main(["corrections", str(out), "--format", "json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["kind"], told["new"], told["text"]) == ("letterhead", new, None)


def test_what_two_versions_read_differently_is_not_what_people_corrected(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_module.run([tmp_path / "in"], tmp_path / "again", read=reader, workers=1)
    say(out, A, right)
    capsys.readouterr()
    assert cli.main(["diff", "--tool", str(out), str(tmp_path / "again"), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"readings": []}


def test_a_folder_without_its_store_is_read_as_it_was_corrected(out: Path) -> None:
    say(out, A, right)
    (out / "extractor.sqlite").unlink()
    assert (values(out), values(out, "corrected")) == ([1302.0], [1])


def test_an_undone_correction_leaves_the_store_as_it_was(out: Path) -> None:
    made = say(out, A, right)
    assert values(out) == [1302.0]
    say(out, A, lambda now: making.undo(now, made.id, "Bình"))
    assert (values(out), values(out, "corrected")) == ([1320.0], [0])


def test_corrections_outlive_a_new_store_and_a_new_extraction(out: Path, tmp_path: Path) -> None:
    say(out, A, right)
    (out / "extractor.sqlite").unlink()
    run(tmp_path)
    assert values(out) == [1302.0]
    source = tmp_path / "in" / "2023" / "a.txt"
    source.write_text(TEXT.replace("BÁO CÁO\n", "BÁO CÁO\n(bản in lần hai)\n"), encoding="utf8")
    run(tmp_path)
    assert values(out) == [1302.0]
    source.write_text(TEXT.replace("1.320 hộ", "1.319 hộ"), encoding="utf8")
    run(tmp_path)
    (row,) = list_corrections(out).rows
    assert (row["state"], row["text"]) == ("stale", "1.320 hộ nghèo")
    assert "no longer stand there" in row["reason"]


def test_corrections_follow_a_report_that_got_another_name(out: Path, tmp_path: Path) -> None:
    say(out, A, right)
    (tmp_path / "in" / "2023" / "a.txt").rename(tmp_path / "in" / "c.txt")
    run(tmp_path)
    assert values(out) == [1302.0]
    assert read(journal_path(out, "c.txt.json")).corrections
    (tmp_path / "in" / "c.txt").write_text("Năm 2023, toàn xã giảm 42 hộ nghèo.\n", encoding="utf8")
    (out / "reports" / "c.txt.json").unlink()
    assert [row["reason"] for row in list_corrections(out).rows] == ["its report is no longer in OUT/reports"]


def test_a_broken_line_is_told_each_time_and_the_others_count(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say(out, A, right)
    path = journal_path(out, A)
    path.write_bytes(b"{}\n" + path.read_bytes())
    for command in (["export", str(out), "--tables", "csv"], ["corrections", str(out)], ["audit", str(out)]):
        for _ in range(2):
            assert cli.main(command) == 2
            assert f"WrongCorrection: {path}: line 1: " in capsys.readouterr().err
    assert values(out) == [1302.0]


@pytest.mark.parametrize("name", ["../../etc/passwd.json", "/etc/x.json", "a/../../x.json", "x.sqlite", "a\0.json"])
def test_no_name_leads_out_of_the_folder(out: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no report of a run"):
        load(out, name)
    with pytest.raises(UsageError, match="no report of a run"):
        save(out, name, records(1))


def test_a_report_that_is_not_there(out: Path) -> None:
    with pytest.raises(NotFound):
        load(out, "x.json")


def test_names_at_the_limit_of_file_systems(tmp_path: Path) -> None:
    names = ["ộ" * 83 + ".json", "ộ" * 82 + "a.json", "x" * 250 + ".json"]
    paths = {journal_path(tmp_path, name) for name in names}
    assert len(paths) == 3
    for path in paths:
        append(path, records(1))
        path.write_bytes(path.read_bytes() + b"{")
        append(path, records(2)[1:])
        assert len(read(path).corrections) == 2


def test_the_list(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = say(out, A, right)
    say(out, A, lambda now: making.reject(now, "section", section("b", now.report).id, "=cmd()"))
    say(out, A, lambda now: making.undo(now, made.id, "Bình"))
    capsys.readouterr()
    assert cli.main(["corrections", str(out), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(r["who"], r["what"], r["state"], r["old"], r["new"]) for r in told] == [
        ("Lan", "correct", "undone", {"value": 1320}, {"value": 1302}),
        ("=cmd()", "reject", "applied", {}, {}), ("Bình", "undo", "applied", {}, {}),
    ]  # fmt: skip
    assert told[0]["document"].endswith("a.txt")
    assert cli.main(["corrections", str(out), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert (rows[0]["old"], rows[0]["new"]) == ("value=1320", "value=1302")
    assert cli.main(["corrections", str(out), "--format", "table"]) == 0
    assert "3 corrections: 2 applied, 1 undone, 0 stale" in capsys.readouterr().out
    assert cli.main(["corrections", str(out / "reports")]) == 1


# --- gold ------------------------------------------------------------------------------------------------------------


def scored(path: Path, report: Report) -> Scores:
    gold = load_gold(path)
    assert gold.raw is not None
    return score(gold, (path.parent / gold.raw).read_text(encoding="utf8"), report)


def test_gold_of_a_reviewed_document_measures_the_machine(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = TEXT.index("mười hộ")
    say(out, A, right)
    say(out, A, lambda now: making.add(now, "figure", at, at + 7, {"value": 10, "unit": "hộ"}, "Lan"))
    say(out, A, lambda now: making.change(now, "reference", "r2", {"key": "21-NQ/TU"}, "Lan"))
    say(out, A, lambda now: making.change(now, "section", section("2").id, {"number": "3"}, "Lan"))
    assert export_gold(out, tmp_path / "gold").files == []
    mark_reviewed(out, A, "Lan")
    gold = tmp_path / "gold"
    capsys.readouterr()
    assert cli.main(["export", str(out), "--gold", str(gold), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [str(gold / "2023-a-txt.json")]
    data = json.loads((gold / "2023-a-txt.json").read_text(encoding="utf8"))
    jsonschema.validate(data["annotations"], SCHEMA["properties"]["annotations"] | {"$defs": SCHEMA["$defs"]})

    corrected = load(out, A).corrected
    best = rows(total([scored(gold / "2023-a-txt.json", corrected.report)]))
    assert {name: row.f1 for name, row in best.items() if row.gold} == dict.fromkeys(
        [name for name, row in best.items() if row.gold], 1.0
    )
    assert {"figure", "reference", "section", "place", "section.parent", "attr.indicator"} <= best.keys()

    assert cli.main(["eval", str(gold), "--out", str(out), "--format", "json"]) == 0
    measured = json.loads(capsys.readouterr().out)
    for kind in ("figure", "figure.household", "reference", "section"):
        assert measured[kind]["f1"] < 1.0, kind
    assert (measured["place"]["f1"], measured["figure.money"]["f1"]) == (1.0, 1.0)
    assert cli.main(["eval", str(gold), "--format", "json"]) == 0  # as it is: the raw text is extracted
    assert json.loads(capsys.readouterr().out)["figure"]["f1"] < 1.0


def test_gold_has_the_letterhead_that_a_person_vouched_for(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    id = load(out, A).corrected.machine.document.id
    say(out, A, lambda now: making.change(now, "letterhead", id, {"number": "13/BC-UBND"}, "Lan"))
    mark_reviewed(out, A, "Lan")
    mark_reviewed(out, B, "Lan")
    corrected, other = (json.loads(f.read_bytes()) for f in export_gold(out, tmp_path / "gold").files)
    assert corrected["document"] | {"number": "13/BC-UBND", "type": "Báo cáo"} == corrected["document"]
    assert "document" not in other
    capsys.readouterr()
    assert cli.main(["eval", str(tmp_path / "gold"), "--out", str(out), "--format", "json"]) == 0
    measured = json.loads(capsys.readouterr().out)
    assert (measured["document.number"]["recall"], measured["document.type"]["recall"]) == (0.0, 1.0)


def test_gold_is_what_was_looked_through_whatever_the_machine_finds_later(out: Path, tmp_path: Path) -> None:
    say(out, A, right)
    mark_reviewed(out, A, "Lan")
    (first,) = export_gold(out, tmp_path / "gold").files
    before = first.read_bytes()
    worse = Report.from_json((out / "reports" / A).read_bytes())
    (out / "reports" / A).write_text(replace(worse, figures=worse.figures[3:]).to_json(), encoding="utf8")
    assert export_gold(out, tmp_path / "gold").files == [first]
    assert first.read_bytes() == before
    (out / "reports" / A).unlink()
    assert export_gold(out, tmp_path / "gold").files == [first]
    assert first.read_bytes() == before


def test_pages_reviewed_one_by_one_make_gold_when_none_is_left(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = out / "reports" / A
    report = Report.from_json(path.read_bytes())
    middle = len(report.text) // 2
    pages = (Page(1, 0, middle), Page(2, middle, len(report.text)))
    path.write_text(replace(report, pages=pages).to_json(), encoding="utf8")
    mark_reviewed(out, A, "Lan", [1])
    assert cli.main(["export", str(out), "--gold", str(tmp_path / "gold")]) == 0
    assert f"{A}: no gold yet: pages 2 are not reviewed" in capsys.readouterr().err
    second = mark_reviewed(out, A, "Bình", [2])
    assert len(export_gold(out, tmp_path / "gold").files) == 1
    say(out, A, lambda now: making.undo(now, second.id, "Bình"))
    assert export_gold(out, tmp_path / "gold").files == []


def test_a_review_whose_copy_is_gone_is_named(out: Path, tmp_path: Path) -> None:
    mark_reviewed(out, A, "Lan")
    (copy,) = (out / "corrections" / ".reviewed").iterdir()
    copy.write_bytes(copy.read_bytes() + b" ")
    made = export_gold(out, tmp_path / "gold")
    assert ([type(e) for e in made.failures], made.exit_code) == ([ReviewLost], 3)
    copy.unlink()
    assert [type(e) for e in export_gold(out, tmp_path / "gold").failures] == [ReviewLost]


def test_marks_of_ranges_bare_numbers_and_labels() -> None:
    report = extract_text("Điều 5. Mức hỗ trợ\nHỗ trợ từ 1-1,5% giá trị; phấn đấu đạt 16/19 tiêu chí.\n")
    figures = [replace(f, unit="") if f.text.startswith("16") else f for f in report.figures]
    marks = marks_of(replace(report, figures=tuple(figures)))
    told = [(m["tag"], m["text"], float(m["value"])) for m in marks if m["tag"] == "F"]
    assert [(m["tag"], m["text"]) for m in marks if m["tag"] == "O"] == [("O", "16/19 tiêu chí")]
    assert [(m["text"], m["number"]) for m in marks if m["tag"] == "S"] == [("Điều 5.", "Điều 5")]
    assert told == [("F", "1", 1.0), ("F", "1,5%", 1.5)]
