"""Recognition of scans by Tesseract: words where they stand, pages turned and askew, tables, and engines that fail."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from extractor import extract
from extractor.cli import main
from extractor.errors import DamagedFile, MissingProgram, TooLarge, UnknownFormat
from extractor.layout import lay_out
from extractor.model import Report
from extractor.pages import SourcePage
from extractor.reading import open_source
from extractor.reading.scan import NO_SECOND
from extractor.recognising import models, weights
from extractor.recognising import numbers as numbers_module
from extractor.recognising import tesseract as tesseract_module
from tests.scans_made import DPI, ROOT, askew, band, scan, turned_point

NAME = "kiem-thu-06-nghi-quyet-tinh-uy"
TABLE = "yen-bai-giam-ngheo-2021"
TOP, BOTTOM = 60.0, 250.0  # points of NAME's second page: eight lines


@pytest.fixture(autouse=True, scope="module")
def without_weights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tesseract reads here, also where the package has weights of our own recogniser (test_eye.py is about that)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weights, "FOLDER", tmp_path_factory.mktemp("no weights"))
        yield


@pytest.fixture(scope="module")
def paragraph() -> Image.Image:
    return band(NAME, 1, TOP, BOTTOM)


@pytest.fixture(scope="module")
def printed() -> dict[str, tuple[float, ...]]:
    """The words of the band that stand in it once, with their boxes in the band."""
    page = list(open_source(ROOT / "corpus" / f"{NAME}.pdf", "off").pages)[1]
    found = {}
    for k, word in enumerate(page.words):
        x0, top, x1, bottom = page.boxes[4 * k : 4 * k + 4]
        if top > TOP and bottom < BOTTOM and page.words.count(word) == 1 and len(word) > 3:
            found[word] = (x0, top - TOP, x1, bottom - TOP)
    assert len(found) > 15
    return found


def only(path: Path, ocr: Any = "auto") -> SourcePage:
    (page,) = open_source(path, ocr).pages
    return page


def test_words_and_boxes(paragraph: Image.Image, printed: dict[str, tuple[float, ...]], tmp_path: Path) -> None:
    page = only(scan(tmp_path / "a.pdf", [paragraph]))
    assert page.source == "ocr"
    assert page.confidence > 0.9
    assert page.warnings == ()
    assert len(page.confidences) == len(page.words)
    near = [k for k, word in enumerate(page.words) if word in printed]
    assert len(near) >= 0.95 * len(printed)
    for k in near:
        x0, top, x1, bottom = page.boxes[4 * k : 4 * k + 4]
        a, b, c, d = printed[page.words[k]]
        assert (x0, x1) == pytest.approx((a, c), abs=2.5)
        assert b - 4 < top < (b + d) / 2 < bottom < d + 4
        assert page.sizes[k] == pytest.approx(13.5, rel=0.12)


@pytest.mark.parametrize("degrees", [0.0, 1.4, -1.1])
def test_boxes_lie_on_the_page_as_shown(
    paragraph: Image.Image, printed: dict[str, tuple[float, ...]], tmp_path: Path, degrees: float
) -> None:
    laid = lay_out(open_source(scan(tmp_path / "a.pdf", [askew(paragraph, degrees)])).pages)
    size = (paragraph.width * 72 / DPI, paragraph.height * 72 / DPI)
    found = {word: laid.text.index(f" {word} ") + 1 for word in printed if laid.text.count(f" {word} ") == 1}
    assert len(found) > len(printed) / 2
    for word, at in found.items():
        a, b, c, d = printed[word]
        x, y = turned_point((a + c) / 2, (b + d) / 2, size, degrees)
        ((x0, top, x1, bottom),) = laid.boxes(at, at + len(word))
        assert (x0 + x1) / 2 == pytest.approx(x, abs=4)
        assert top < y < bottom


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270])
def test_pages_that_lie_on_their_side_or_head(
    paragraph: Image.Image, printed: dict[str, tuple[float, ...]], tmp_path: Path, turn: Image.Transpose
) -> None:
    turned = paragraph.transpose(turn)
    page = only(scan(tmp_path / "a.pdf", [turned]))
    assert len(set(page.words) & set(printed)) >= 0.9 * len(printed)
    assert page.shown is not None
    wide, high = paragraph.width * 72 / DPI, paragraph.height * 72 / DPI
    a, b, c, d, e, f = page.shown
    k = next(k for k, word in enumerate(page.words) if word in printed)
    x0, top = printed[page.words[k]][:2]
    expected = {  # where the upright page's top left corner of that word is shown
        Image.Transpose.ROTATE_90: (top, wide - x0),
        Image.Transpose.ROTATE_180: (wide - x0, high - top),
        Image.Transpose.ROTATE_270: (high - top, x0),
    }[turn]
    x, y = page.boxes[4 * k], page.boxes[4 * k + 1]
    assert (a * x + b * y + c, d * x + e * y + f) == pytest.approx(expected, abs=6)


def test_a_ruled_table_with_a_merged_head(tmp_path: Path) -> None:
    report = extract(scan(tmp_path / "a.pdf", [band(TABLE, 3, 0, 330)]))
    born = extract(ROOT / "corpus" / f"{TABLE}.pdf")
    (table,) = report.tables
    wanted = born.tables[0].rows[: len(table.rows)]
    assert table.rows[0] == wanted[0]
    cells = [(a, b) for got, want in zip(table.rows, wanted, strict=True) for a, b in zip(got, want, strict=True)]
    assert sum(a == b for a, b in cells) >= 0.9 * len(cells)
    assert any(f.table and f.value == 30112 for f in report.figures)


def test_readings_and_confidences_reach_the_report(paragraph: Image.Image, tmp_path: Path) -> None:
    worn = paragraph.resize((paragraph.width // 3, paragraph.height // 3)).resize(paragraph.size)
    report = extract(scan(tmp_path / "a.pdf", [worn]))
    for reading in report.readings:
        assert report.text[reading.start : reading.end] == reading.text
        assert reading.reason
        assert reading.page == 1
        assert reading.boxes
    assert report.figures
    assert all(0 < figure.confidence < 1 for figure in report.figures)
    assert Report.from_json(report.to_json()) == report


def test_pages_of_a_mixed_file_are_taken_one_by_one(paragraph: Image.Image, tmp_path: Path) -> None:
    import pikepdf

    scan(tmp_path / "scan.pdf", [paragraph])
    with pikepdf.open(ROOT / "corpus" / f"{NAME}.pdf") as pdf, pikepdf.open(tmp_path / "scan.pdf") as other:
        pdf.pages.extend(other.pages)
        pdf.save(tmp_path / "a.pdf")
    pages = list(open_source(tmp_path / "a.pdf").pages)
    assert [page.source for page in pages] == ["text", "text", "text", "ocr"]
    assert pages[3].words


def test_off_and_force(tmp_path: Path, paragraph: Image.Image) -> None:
    path = scan(tmp_path / "a.pdf", [paragraph])
    off = only(path, "off")
    assert (off.words, off.confidence) == ((), 0.0)
    assert off.warnings == ("page 1: no text layer and recognition was switched off",)
    with pytest.raises(UnknownFormat, match="switched off"):
        open_source(scan(tmp_path / "a.tif", [paragraph]), "off")
    assert main(["run", str(path), "--out", str(tmp_path / "out"), "--ocr", "off", "--quiet"]) == 0
    assert Report.from_json((tmp_path / "out/reports/a.pdf.json").read_bytes()).text == ""
    assert main(["run", str(path), "--out", str(tmp_path / "out"), "--quiet"]) == 0  # read again, now with recognition
    assert Report.from_json((tmp_path / "out/reports/a.pdf.json").read_bytes()).pages[0].source == "ocr"


def test_force_recognises_a_page_with_a_good_layer(tmp_path: Path) -> None:
    import pikepdf

    with pikepdf.open(ROOT / "corpus" / f"{NAME}.pdf") as pdf:
        del pdf.pages[:2]
        pdf.save(tmp_path / "a.pdf")
    assert only(tmp_path / "a.pdf").source == "text"
    assert only(tmp_path / "a.pdf", "force").source == "ocr"


def test_a_tiff_of_two_pages_and_a_jpeg(paragraph: Image.Image, tmp_path: Path) -> None:
    half = paragraph.crop((0, 0, paragraph.width, 200))
    source = open_source(scan(tmp_path / "a.tif", [half, half.convert("1")]))
    assert (source.media_type, source.page_count) == ("image/tiff", 2)
    pages = list(source.pages)
    assert [page.number for page in pages] == [1, 2]
    assert all(len(page.words) > 10 for page in pages)
    assert (pages[0].width, pages[0].height) == pytest.approx((half.width * 72 / DPI, half.height * 72 / DPI), abs=0.5)
    half.save(tmp_path / "a.jpg", quality=90)
    assert open_source(tmp_path / "a.jpg").media_type == "image/jpeg"


def test_pictures_that_are_none(tmp_path: Path, paragraph: Image.Image) -> None:
    paragraph.save(tmp_path / "a.jpg")
    data = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(data[: len(data) // 2])
    with pytest.raises(DamagedFile, match=r"cut\.jpg"):
        list(open_source(tmp_path / "cut.jpg").pages)
    Image.new("L", (1, 1), 0).save(tmp_path / "dot.png")
    assert only(tmp_path / "dot.png").words == ()
    Image.new("L", (600, 800), 255).save(tmp_path / "white.png")
    white = only(tmp_path / "white.png")
    assert (white.words, white.confidence, white.warnings) == ((), 1.0, ())


def test_a_picture_of_a_thousand_million_pixels_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0"))
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + data)
    with pytest.raises(TooLarge, match="page 1"):
        open_source(tmp_path / "a.png")


class Broken:
    """An engine that throws what its C++ does."""

    def recognise(self, *_: object) -> None:
        raise RuntimeError("Failed to recognize")


def test_an_engine_that_fails_sinks_a_page_and_not_the_report(
    paragraph: Image.Image, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract_module, "tesseract", Broken)
    report = extract(scan(tmp_path / "a.pdf", [paragraph]))
    assert report.text == ""
    assert "page 1: no text layer and recognition failed: RuntimeError: Failed to recognize" in report.warnings[0]
    page = only(scan(tmp_path / "a.tif", [paragraph]))
    assert (page.words, page.confidence) == ((), 0.0)
    assert "recognition failed" in page.warnings[0]


def test_an_untrusted_layer_is_kept_where_recognition_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract_module, "tesseract", Broken)
    from tests.test_reading_pdf import _pdf, _shown

    line = "Bao cao ket qua thuc hien nhiem vu phat trien kinh te xa hoi nam nay tren dia ban huyen"
    page = only(_pdf(tmp_path / "a.pdf", _shown([line] * 5), "Times-Roman"))
    assert page.source == "text"
    assert page.words[:3] == ("Bao", "cao", "ket")
    assert page.confidence < 0.5
    assert "its text layer is not trusted" in page.warnings[0]
    assert "recognition failed" in page.warnings[0]


@pytest.fixture
def no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(models, "_DEBIAN", tmp_path)
    tesseract_module.tesseract.cache_clear()
    yield
    tesseract_module.tesseract.cache_clear()


@pytest.mark.usefixtures("no_model")
def test_without_a_model_the_program_is_missing(paragraph: Image.Image, tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", [paragraph])
    with pytest.raises(MissingProgram, match=r"a\.pdf.*apt-get install tesseract-ocr-vie"):
        extract(path)
    with pytest.raises(MissingProgram, match=r"vie\.traineddata"):
        extract(scan(tmp_path / "a.tif", [paragraph]))
    assert main(["run", str(path), "--out", str(tmp_path / "out"), "--quiet"]) == 4


@pytest.mark.usefixtures("no_model")
def test_without_a_model_the_other_pages_are_read(paragraph: Image.Image, tmp_path: Path) -> None:
    import pikepdf

    scan(tmp_path / "scan.pdf", [paragraph, paragraph])
    with pikepdf.open(ROOT / "corpus" / f"{NAME}.pdf") as pdf, pikepdf.open(tmp_path / "scan.pdf") as other:
        pdf.pages.extend(other.pages)
        pdf.save(tmp_path / "a.pdf")
    pages = list(open_source(tmp_path / "a.pdf").pages)
    assert [bool(page.words) for page in pages] == [True, True, True, False, False]
    assert all("recognition is not installed" in page.warnings[0] for page in pages[3:])


@pytest.mark.parametrize("how", ["missing", "failing"])
def test_without_the_second_reader_pages_are_read_all_the_same(
    paragraph: Image.Image, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    class Failing:
        def read(self, *_: object) -> None:
            raise RuntimeError("onnx")

    monkeypatch.setattr(numbers_module, "number_reader", lambda: None if how == "missing" else Failing())
    half = paragraph.crop((0, 0, paragraph.width, 200))
    pages = list(open_source(scan(tmp_path / "a.pdf", [half, half])).pages)
    assert all(len(page.words) > 10 for page in pages)
    said = [warning for page in pages for warning in page.warnings]
    assert len(said) == (1 if how == "missing" else 0)


@pytest.mark.parametrize("kept", [1, 2])
def test_pages_kept_by_a_run_that_was_killed_change_nothing(
    paragraph: Image.Image, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr(numbers_module, "number_reader", lambda: None)
    path = scan(tmp_path / "a.pdf", [paragraph, paragraph])
    pages: dict[int, SourcePage] = {}

    def keeping(number: int, read: Callable[[], SourcePage]) -> SourcePage:
        return pages.setdefault(number, read())

    def going_on(number: int, read: Callable[[], SourcePage]) -> SourcePage:
        return pages[number] if number <= kept else read()

    first = extract(path, watch=keeping)
    assert first.warnings.count(NO_SECOND) == 1
    assert extract(path, watch=going_on) == first


@pytest.mark.usefixtures("no_model")
def test_pages_kept_without_a_model_are_still_missing(paragraph: Image.Image, tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", [paragraph])
    empty = SourcePage(1, 595.0, 842.0, confidence=0.0, warnings=("page 1: no text layer",))
    with pytest.raises(MissingProgram, match=r"a\.pdf"):
        extract(path, watch=lambda number, read: empty)


def test_born_digital_reports_load_no_engine() -> None:
    code = (
        "import sys; from extractor import extract; extract(sys.argv[1]);"
        "print([m for m in ('cv2', 'tesserocr', 'onnxruntime') if m in sys.modules])"
    )
    path = ROOT / "corpus" / f"{NAME}.pdf"
    out = subprocess.run([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True, check=True)
    assert out.stdout.strip() == "[]"
