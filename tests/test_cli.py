"""The command line on real files: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import extractor
from extractor.cli import _parser, main
from extractor.serial import from_json

REPORT = """ỦY BAN NHÂN DÂN
XÃ MINH SƠN

Số: 31/BC-UBND
Minh Sơn, ngày 05 tháng 12 năm 2023

BÁO CÁO
Kết quả công tác giảm nghèo năm 2023

I. KẾT QUẢ THỰC HIỆN
1. Công tác giảm nghèo
Thực hiện Nghị quyết số 07-NQ/ĐU, trong năm toàn xã giảm được 42 hộ nghèo, tỷ lệ hộ nghèo còn 8,15%.
2. Kinh phí
Tổng kinh phí hỗ trợ là 1.250 triệu đồng.
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with a good report, one in a folder below, and an empty file."""
    folder = tmp_path / "in"
    (folder / "2023").mkdir(parents=True)
    (folder / "2023/minh-son.txt").write_text(REPORT, encoding="utf8")
    (folder / "again.txt").write_text(REPORT.replace("42 hộ", "43 hộ"), encoding="utf8")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "table.xlsx").write_bytes(b"PK")
    return folder


def test_run_writes_json_and_names_what_failed(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["run", str(reports), "--out", str(out), "--format", "table"]) == 2
    shown = capsys.readouterr()
    report = from_json((out / "reports/2023/minh-son.txt.json").read_bytes())
    assert [f.text for f in report.figures if f.kind == "household"] == ["42 hộ nghèo"]
    assert [r.key for r in report.references if "07" in r.key] == ["07-NQ/ĐU"]
    assert [s.number for s in report.sections] == ["I", "1", "2"]
    assert report.document.source == f"{reports.as_posix()}/2023/minh-son.txt"
    assert f"extractor: EmptyFile: {reports}/empty.pdf" in shown.err
    assert "(ask for the file again" in shown.err
    table = dict(line.split()[:2] for line in shown.out.splitlines() if len(line.split()) >= 2)
    assert table["documents"] == "2"
    assert table["household"] == "2"
    assert "extension .xlsx is not read" in shown.out
    assert f"for instance:            {out}/reports/again.txt.json" in shown.out


def test_run_as_json(reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["run", str(reports), "--out", str(tmp_path / "out"), "--format", "json"]
    assert main(arguments) == 2
    first = json.loads(capsys.readouterr().out)
    assert (first["documents"], first["read"], first["unchanged"]) == (2, 2, 0)
    assert first["figures"]["household"] == 2
    assert [f["error"] for f in first["failed"]] == ["EmptyFile"]
    assert main(arguments) == 2
    second = json.loads(capsys.readouterr().out)
    assert (second["documents"], second["read"], second["unchanged"]) == (2, 0, 2)
    assert second["figures"] == first["figures"]


def test_run_as_csv_has_a_row_a_report(reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", str(reports), "--out", str(tmp_path / "out"), "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(Path(r["source"]).name, r["status"], r["household"]) for r in rows] == [
        ("again.txt", "read", "1"),
        ("empty.pdf", "failed", ""),
        ("minh-son.txt", "read", "1"),
    ]
    assert rows[1]["error"] == "EmptyFile"


def test_quiet_prints_errors_only(reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", str(reports), "--out", str(tmp_path / "out"), "--quiet"])
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1


def test_two_runs_write_the_same_bytes(reports: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        main(["run", str(reports), "--out", str(tmp_path / name), "--quiet"])
    written = list((tmp_path / "a/reports").rglob("*.json"))
    assert len(written) == 2
    for path in written:
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ([], 1, "UsageError"),
        (["nonsense"], 1, "UsageError"),
        (["run"], 1, "--out"),
        (["run", "x"], 1, "--out"),
        (["run", "x", "--out", "OUT", "--format", "xml"], 1, "--format"),
        (["run", "good.txt", "--out", "OUT", "--workers", "0"], 1, "--workers"),
        (["run", "good.txt", "--out", "OUT", "--page-timeout", "0"], 1, "--page-timeout"),
        (["run", "good.txt", "--out", "OUT", "--file-timeout", "nan"], 1, "--file-timeout"),
        (["run", "s3://bucket/in", "--out", "OUT"], 1, "--engine ray"),
        (["run", "missing.pdf", "--out", "OUT"], 3, "NotFound: missing.pdf"),
        (["run", "x.bin", "--out", "OUT"], 3, "x.bin"),
        (["run", "x.bin", "--out", "x.bin"], 1, "UsageError: x.bin"),
        (["run", "good.txt", "--out", "OUT"], 0, ""),
        (["run", "good.txt", "missing.pdf", "--out", "OUT"], 2, "NotFound: missing.pdf"),
        (["eval", "missing.json"], 3, "NotFound: missing.json"),
        (["eval", "x.bin"], 3, "WrongGold: x.bin"),
        (["eval", "empty"], 1, "UsageError: empty"),
        (["schema"], 0, ""),
    ],
)
def test_exit_codes(
    arguments: list[str],
    code: int,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.bin").write_bytes(b"\x00\x01\x02\x03" * 10)
    Path("good.txt").write_text(REPORT, encoding="utf8")
    Path("empty").mkdir()
    try:
        got = main(arguments)
    except SystemExit as stop:
        got = int(stop.code or 0)
    assert got == code
    assert says in capsys.readouterr().err


def test_eval_extracts_and_scores(reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "minh-son.json"
    start = REPORT.index("42 hộ nghèo")
    annotation = {"tag": "F", "start": start, "end": start + 11, "text": "42 hộ nghèo", "value": 42.0, "of": None}
    annotation |= {"unit": "hộ", "kind": "household"}
    wrong = annotation | {"value": 7.0, "unit": "%", "kind": "percent"}
    data = {"source": "in/2023/minh-son.txt", "raw": "in/2023/minh-son.txt", "annotations": [annotation, wrong]}
    gold.write_text(json.dumps(data))
    assert main(["eval", str(gold), "--format", "json"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert scores["figure.household"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 1}
    assert scores["figure.percent"]["recall"] == 0.0
    main(["eval", str(gold), "--format", "table", "--errors"])
    table = capsys.readouterr().out
    assert any(line.split()[:2] == ["figure.household", "1.0000"] for line in table.splitlines())
    assert "missed" in table
    main(["eval", str(gold), "--format", "csv"])
    rows = {r["kind"]: r for r in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert rows["figure.household"]["f1"] == "1.0"
    out = tmp_path / "out"
    main(["run", str(reports), "--out", str(out), "--quiet"])
    capsys.readouterr()
    assert main(["eval", str(gold), "--out", str(out), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == scores


def test_schema_in_three_forms(capsys: pytest.CaptureFixture[str]) -> None:
    main(["schema"])
    assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")
    main(["schema", "--format", "table"])
    assert "Figure" in capsys.readouterr().out
    main(["schema", "--format", "csv"])
    assert capsys.readouterr().out.startswith("object,key,type\n")


def installed(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it."""
    command = [sys.executable, "-c", "import sys; from extractor.cli import main; sys.exit(main())", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | more)


def test_version() -> None:
    assert installed("--version").stdout == f"extractor {extractor.__version__}\n"


def test_a_pipe_gets_json_and_may_close_early() -> None:
    command = f'{sys.executable} -c "import sys; from extractor.cli import main; sys.exit(main())" schema'
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | head -c 20"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("{")


def test_a_program_that_reads_gets_json_unless_it_asks_otherwise(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf8")
    done = installed("run", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"))
    assert json.loads(done.stdout)["documents"] == 1


@pytest.mark.parametrize("call", [["triage", "out"], ["patterns", "check"], ["diff", "a", "b"]])
def test_a_command_leaves_its_form_to_the_terminal(call: list[str]) -> None:
    """`schema` alone is JSON everywhere; its default once became that of all."""
    assert _parser().parse_args(call).format is None


def test_help_names_the_commands_and_exit_codes() -> None:
    shown = installed("--help").stdout
    for word in ("run", "eval", "schema", "patterns", "exit codes"):
        assert word in shown


def test_starting_loads_no_stage() -> None:
    """`--version` and a wrong call answer at once: the PDF reader, NLP and gazetteer load with the first report."""
    code = "import sys, extractor.cli; print([m for m in sys.modules if m.split('.')[0] in %r])"
    heavy = {"pypdfium2", "underthesea", "lxml", "regex", "ahocorasick", "rapidfuzz"}
    done = subprocess.run([sys.executable, "-c", code % heavy], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_output_survives_a_terminal_that_knows_only_ascii(tmp_path: Path) -> None:
    (tmp_path / "báo cáo.txt").write_text(REPORT, encoding="utf8")
    arguments = ["run", str(tmp_path / "báo cáo.txt"), "--out", str(tmp_path / "out"), "--format", "table"]
    done = installed(*arguments, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "b\\xe1o c\\xe1o" in done.stdout
