"""What people see of a comparison: the page, the workbook, tables, JSON and CSV; the panel; the notebook."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from compare_made import compared, report, side

from extractor import cli, extract_text
from extractor.compare.diff import rows_of
from extractor.compare.html import page
from extractor.compare.panel import panel
from extractor.compare.rows import Row
from extractor.compare.show import number, signed
from extractor.compare.xlsx import write_workbook
from extractor.errors import UsageError
from extractor.store.store import NeedsExtra, open_store

ROOT = Path(__file__).resolve().parents[1]
A = report(2022, "Toàn huyện còn 1.320 hộ nghèo (6,10%), giảm 210 hộ.\n- Thu ngân sách nhà nước 612.450 triệu đồng.")
B = report(
    2023,
    "Toàn huyện còn 1.105 hộ nghèo (5,02%), giảm 215 hộ.\n"
    "- Thu ngân sách nhà nước đạt 671 tỷ 215 triệu đồng.\n- Kết nạp 62 đảng viên mới </script><b>.",
)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return rows_of(compared(A, B))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two years' JSONs."""
    folder = tmp_path_factory.mktemp("out")
    for name, text in (("a", A), ("b", B)):
        (folder / f"{name}.json").write_text(extract_text(text).to_json(), encoding="utf8")
    return folder


def embedded(html: str) -> dict[str, Any]:
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', html, re.S)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_page_holds_every_row_with_both_sentences_and_loads_nothing(rows: list[Row]) -> None:
    html = page(rows, "2022", "2023")
    data = embedded(html)  # what the reports say cannot end the script that holds it
    assert len(data["rows"]) == len(rows)
    money = next(r for r in data["rows"] if r["unit"] == "tỷ đồng")
    assert (money["a"]["text"], money["factor"]) == ("- Thu ngân sách nhà nước 612.450 triệu đồng.", 0.001)
    assert money["reason_vi"] == "đơn vị triệu đồng / tỷ đồng"
    assert "default-src 'none'" in html
    assert not re.findall(r"""(?:src|href)=["']?https?:|@import|url\(""", html)


def test_the_page_is_drawn(rows: list[Row], tmp_path: Path) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("chromium is not installed")
    (tmp_path / "a.html").write_text(page(rows * 200, "2022", "2023"), encoding="utf8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000", "--dump-dom"]
    drawn = subprocess.run(
        [*command, (tmp_path / "a.html").as_uri()], capture_output=True, text=True, timeout=120
    ).stdout
    table = drawn.split('<table id="rows">')[1].split("</table>")[0]
    assert len(re.findall(r"<tr>", table)) == 1 + 300  # the head, and the first of a thousand rows
    assert "+58,77" in table  # 58,765 tỷ đồng, to two decimals
    assert "−1,08 điểm %" in table or "-1,08 điểm %" in table
    assert "<svg" in drawn.split('id="heat"')[0]


def test_the_workbook_computes_the_changes_itself(rows: list[Row], tmp_path: Path) -> None:
    write_workbook(rows, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [row for sheet in book for row in sheet.iter_rows(min_row=2)]
    assert len(cells) == len(rows)
    (money,) = (row for row in cells if row[6].value == "tỷ đồng")
    at = money[0].row
    assert (money[3].value, money[5].value, money[7].value) == (612450, 671.215, f"=F{at}-(D{at}*0.001)")
    assert money[8].value == f'=IF(D{at}=0,"",H{at}/ABS(D{at}*0.001))'
    fewer = next(row for row in cells if row[3].value == 210)
    assert fewer[7].value == f"=-F{fewer[0].row}-(-D{fewer[0].row})"  # two declines
    assert all(sheet.freeze_panes == "A2" for sheet in book)


def test_libreoffice_opens_the_workbook_and_finds_no_wrong_formula(rows: list[Row], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    write_workbook(rows, tmp_path / "a.xlsx")
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", kind]
    made = subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")], capture_output=True, timeout=180
    )
    assert made.returncode == 0
    texts = [path.read_text(encoding="utf8") for path in tmp_path.glob("*.csv")]
    if not texts:
        pytest.skip("LibreOffice is installed without Calc")
    told = "".join(texts)
    assert "58.765" in told
    assert not re.findall(r"#(?:NAME|VALUE|REF|DIV)|Err:", told)


def test_json_is_the_contracts_and_csv_has_a_row_each(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["diff", f"{out}@2022", f"{out}@2023", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["rows"]
    keys = {
        "status",
        "indicator",
        "indicator_id",
        "place",
        "unit",
        "role",
        "a",
        "b",
        "change",
        "change_percent",
        "confidence",
        "reason",
    }
    assert all(keys <= row.keys() for row in told)
    poor = next(
        r for r in told if r["indicator_id"] == "poor_households" and r["status"] == "changed" and not r["is_change"]
    )
    assert {"document", "figure", "value", "period", "text"} <= poor["a"].keys()
    assert (poor["a"]["value"], poor["b"]["value"], poor["change"], poor["change_percent"]) == (
        1320,
        1105,
        -215,
        -16.29,
    )
    assert next(r for r in told if r["status"] == "added")["a"] is None
    assert cli.main(["diff", str(out / "a.json"), str(out / "b.json"), "--format", "csv"]) == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == len(told)


def test_table_and_files(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = ["--html", str(tmp_path / "a.html"), "--xlsx", str(tmp_path / "a.xlsx"), "--language", "en"]
    assert cli.main(["diff", f"{out}@2022", f"{out}@2023", "--format", "table", "--status", "changed", *files]) == 0
    table = capsys.readouterr().out
    assert "-215 (-16,29%)" in table
    assert embedded((tmp_path / "a.html").read_text(encoding="utf8"))["language"] == "en"
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]["A1"].value == "Status"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["@2019", "@2023"], "no document of 2019"), (["", "", "--min-confidence", "0.2"], "between 0.5 and 1"),
     (["", "", "--status", "odd"], "there are changed"), (["", "", "--places", "then"], "as-of YEAR")],
)  # fmt: skip
def test_a_wrong_call_is_told(
    out: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["diff", f"{out}{arguments[0]}", f"{out}{arguments[1]}", *arguments[2:]]) == 1
    assert message in capsys.readouterr().err


def test_a_json_that_is_none_is_named_and_the_rest_compared(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(out, tmp_path / "x")
    (tmp_path / "x" / "c.json").write_text("{", encoding="utf8")
    assert cli.main(["diff", f"{tmp_path / 'x'}@2022", f"{tmp_path / 'x'}@2023", "--format", "json"]) == 2
    told = capsys.readouterr()
    assert json.loads(told.out)["rows"]
    assert "NotAReport" in told.err


def test_numbers_as_people_write_them() -> None:
    assert (number(1234567.5), number(1234567.5, "en"), number(-0.00001), number(None)) == (
        "1.234.567,5",
        "1,234,567.5",
        "0",
        "",
    )
    assert (signed(12.0), signed(-1.5), signed(0.0)) == ("+12", "-1,5", "0")


def test_the_panel_has_every_value_with_its_doubts(out: Path, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(extract_text(A).to_json(), encoding="utf8")
    b = B.replace("giảm 215 hộ", "giảm 215 hộ so với năm 2022 (1.330 hộ nghèo)")
    (tmp_path / "b.json").write_text(extract_text(b).to_json(), encoding="utf8")
    with open_store(tmp_path) as store:
        cells = panel(store, "hộ nghèo")
        levels = [(c.year, c.told_in, c.value, c.latest, bool(c.doubts)) for c in cells if not c.is_change]
        assert levels == [
            (2022, 2022, 1320.0, False, True),
            (2022, 2023, 1330.0, True, True),
            (2023, 2023, 1105.0, True, False),
        ]
        assert {c.indicator for c in cells} == {"Số hộ nghèo"}
        assert [c.value for c in panel(store, "poverty_rate")] == [6.1, 5.02]
        assert panel(store, "hộ nghèo", ["Trạm Tấu"]) == []
        with pytest.raises(UsageError, match="says nothing"):
            panel(store, "của")


def test_the_panel_is_printed(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        cli.main(["panel", str(out), "--indicator", "tỷ lệ hộ nghèo", "--places", "Văn Bàn, khác", "--format", "json"])
        == 0
    )
    assert [row["value"] for row in json.loads(capsys.readouterr().out)] == [6.1, 5.02]
    assert cli.main(["panel", str(out), "--indicator", "tỷ lệ hộ nghèo", "--format", "table"]) == 0
    assert "5,02" in capsys.readouterr().out


VALUES = ("1.320", "1.105", "210", "215")


def test_the_panel_marks_what_is_a_change(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["panel", str(out), "--indicator", "poor_households", "--format", "table"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    at = head.index("is_change")
    marked = {value: line[at : at + 3].strip() for line in lines for value in line.split() if value in VALUES}
    assert marked == {"1.320": "", "1.105": "", "210": "yes", "215": "yes"}


def test_what_two_versions_read_differently(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(out, tmp_path / "new")
    data = json.loads((out / "a.json").read_text(encoding="utf8"))
    data["figures"][0]["unit"] = "người"
    del data["figures"][1]
    (tmp_path / "new" / "a.json").write_text(json.dumps(data), encoding="utf8")
    assert cli.main(["diff", "--tool", str(out), str(tmp_path / "new"), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["readings"]
    assert [(r["change"], r["text"], r["was"][:8], r["now"]) for r in told] == [
        ("differently", "1.320 hộ nghèo", "unit: hộ", "unit: người"), ("lost", "6,10%", "exact: 6", ""),
    ]  # fmt: skip
    assert cli.main(["diff", "--tool", str(tmp_path / "new"), str(out), "--format", "table"]) == 0
    assert "figures differently 1, figures gained 1" in capsys.readouterr().out


def test_a_side_may_be_a_report_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("a.txt", A), ("b.txt", B)):
        (tmp_path / name).write_text(text, encoding="utf8")
    assert cli.main(["diff", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--format", "json"]) == 0
    assert [r for r in json.loads(capsys.readouterr().out)["rows"] if r["status"] == "changed"]


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rows: list[Row]) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(NeedsExtra, match=r"pip install 'extractor\[analyst\]'"):
        write_workbook(rows, tmp_path / "a.xlsx")
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with side(A).store as store, pytest.raises(NeedsExtra):
        store.figures()


def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = json.loads((ROOT / "docs" / "from-reports-to-a-chart.ipynb").read_text(encoding="utf8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len([line for line in cells[0].splitlines() if line]) <= 11  # ten lines and an import
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    known: dict[str, Any] = {}
    for cell in cells:
        exec(compile(cell, "notebook", "exec"), known)
    drawn = {line.get_label(): list(line.get_ydata()) for line in known["chart"].get_lines()}
    assert drawn["Trạm Tấu"] == [57.72, 46.51, 35.24]
    assert drawn["Mù Căng Chải"][0] == 52.64
    known["store"].close()
