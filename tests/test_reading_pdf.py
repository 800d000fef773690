"""PDF: words where they stand on the page as shown, hyphens and marks, what cannot be opened, layers that lie."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pikepdf
import pytest

from extractor.errors import DamagedFile, Encrypted, NoPages, ReportError, TooLarge
from extractor.pages import SourcePage
from extractor.reading import open_source
from tests.reading_files import tcvn3, vni

SHARED = Path(__file__).resolve().parents[2] / "shared" / "reports" / "pdf"

HTML = """<meta charset=utf8><style>@page{size:A4;margin:2cm}body{font:13pt 'Liberation Serif';margin:0}
sup{font-size:8pt}</style>
<p>Huyện có 8 người<sup>1</sup> được vay, diện tích 120 m<sup>2</sup>, năm 2019<sup>2</sup>, đạt 9 lớp<sup>6</sup>.</p>
<p style="width:7cm">Thực hiện Kế hoạch số 158/KH-UBND ngày 17/6/2021 của UBND tỉnh về chăm sóc trẻ em tại mười
xã nghèo.</p>
<p style="page-break-before:always">Trang sau: các phòng, ban hướng dẫn các xã rà soát hộ nghèo, hộ cận nghèo theo
chuẩn mới, bảo đảm đúng đối tượng và đúng quy định; nước sạch, trường học, đường liên thôn được đầu tư từ
nhiều nguồn vốn.</p>"""


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A born-digital report of two pages."""
    import weasyprint

    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    weasyprint.HTML(string=HTML).write_pdf(path)
    return path


def read(path: Path) -> list[SourcePage]:
    return list(open_source(path, "off").pages)


def boxes(page: SourcePage) -> dict[str, tuple[float, ...]]:
    """The box of each word, the first of equal ones."""
    found: dict[str, tuple[float, ...]] = {}
    for at, word in enumerate(page.words):
        found.setdefault(word, tuple(page.boxes[4 * at : 4 * at + 4]))
    return found


def changed(source: Path, target: Path, **page: object) -> Path:
    """A copy of `source` with entries of its first page's dictionary set."""
    with pikepdf.open(source) as pdf:
        for key, value in page.items():
            pdf.pages[0][f"/{key}"] = value
        pdf.save(target)
    return target


def test_words_in_order_with_marks_apart(report: Path) -> None:
    first, second = read(report)
    assert " ".join(first.words) == (
        "Huyện có 8 người 1 được vay, diện tích 120 m2, năm 2019 2 , đạt 9 lớp 6 . Thực hiện Kế hoạch số 158/KH- UBND "
        "ngày 17/6/2021 của UBND tỉnh về chăm sóc trẻ em tại mười xã nghèo."
    )
    assert second.words[:2] == ("Trang", "sau:")
    assert len(first.boxes) == 4 * len(first.words)
    assert len(first.sizes) == len(first.words)
    assert (first.confidence, first.warnings, first.source) == (1.0, (), "text")


def test_a_mark_touches_its_word_and_is_smaller(report: Path) -> None:
    page = read(report)[0]
    word, mark = page.words.index("người"), page.words.index("1")
    assert page.sizes[word] == pytest.approx(13, abs=0.1)
    assert page.sizes[mark] == pytest.approx(8, abs=0.1)
    assert page.boxes[4 * mark] == pytest.approx(page.boxes[4 * word + 2], abs=0.5)


def test_a_hyphen_at_a_line_end_keeps_both_boxes(report: Path) -> None:
    found = boxes(read(report)[0])
    before, after = found["158/KH-"], found["UBND"]
    assert after[0] < before[0]
    assert after[1] > before[1] + 10


def test_boxes_are_points_from_the_top_left(report: Path) -> None:
    page = read(report)[0]
    x0, top, x1, bottom = boxes(page)["Huyện"]
    assert (page.width, page.height) == pytest.approx((595.28, 841.89), abs=0.1)
    assert x0 == pytest.approx(56.7, abs=0.5)  # the margin of 2 cm
    assert 56.7 < top < bottom < 56.7 + 13 + 20
    assert 30 < x1 - x0 < 45


@pytest.mark.parametrize("crop", [(0.0, 0.0, 595.28, 841.89), (40.0, 300.0, 560.0, 820.0)])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_rotated_and_cropped_pages(report: Path, tmp_path: Path, turn: int, crop: tuple[float, ...]) -> None:
    left, low, right, high = crop
    plain = boxes(read(report)[0])["Huyện"]
    x0, top, x1, bottom = plain[0] - left, plain[1] - (841.89 - high), plain[2] - left, plain[3] - (841.89 - high)
    wide, tall = right - left, high - low
    expected = {  # a clockwise turn of the page takes (x, y) to (height - y, x)
        0: (x0, top, x1, bottom),
        90: (tall - bottom, x0, tall - top, x1),
        180: (wide - x1, tall - bottom, wide - x0, tall - top),
        270: (top, wide - x1, bottom, wide - x0),
    }[turn]
    page = read(changed(report, tmp_path / "t.pdf", Rotate=turn, CropBox=list(crop)))[0]
    assert boxes(page)["Huyện"] == pytest.approx(expected, abs=0.5)
    assert (page.width, page.height) == pytest.approx((tall, wide) if turn % 180 else (wide, tall), abs=0.1)


def test_words_outside_the_page_as_shown_are_left_out(report: Path, tmp_path: Path) -> None:
    page = read(changed(report, tmp_path / "t.pdf", CropBox=[0, 0, 595, 760]))[0]
    assert "Huyện" not in page.words
    assert "Thực" not in page.words or page.boxes[1] >= 0


def test_an_owner_password_opens_and_a_user_password_is_named(report: Path, tmp_path: Path) -> None:
    with pikepdf.open(report) as pdf:
        ban = pikepdf.Permissions(extract=False, print_lowres=False)
        pdf.save(tmp_path / "owner.pdf", encryption=pikepdf.Encryption(owner="x", user="", allow=ban))
        pdf.save(tmp_path / "user.pdf", encryption=pikepdf.Encryption(owner="x", user="y"))
    assert read(tmp_path / "owner.pdf")[0].words == read(report)[0].words
    with pytest.raises(Encrypted, match=r"user\.pdf.*password"):
        open_source(tmp_path / "user.pdf")


def test_no_page(tmp_path: Path) -> None:
    pikepdf.new().save(tmp_path / "a.pdf")
    with pytest.raises(NoPages):
        open_source(tmp_path / "a.pdf")


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_cut_off_file_is_damaged(report: Path, tmp_path: Path, part: float) -> None:
    data = report.read_bytes()
    (tmp_path / "a.pdf").write_bytes(data[: int(len(data) * part)])
    with pytest.raises(DamagedFile, match=r"a\.pdf"):
        open_source(tmp_path / "a.pdf")


def test_a_cut_off_file_that_could_be_patched_up_is_damaged_too(report: Path, tmp_path: Path) -> None:
    with pikepdf.open(report) as pdf:
        pdf.save(tmp_path / "old.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = (tmp_path / "old.pdf").read_bytes()
    (tmp_path / "a.pdf").write_bytes(data[: data.rindex(b"xref")])
    with pytest.raises(DamagedFile):
        open_source(tmp_path / "a.pdf")


def test_padding_and_a_broken_directory_are_read(report: Path, tmp_path: Path) -> None:
    with pikepdf.open(report) as pdf:
        pdf.save(tmp_path / "old.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = (tmp_path / "old.pdf").read_bytes()
    (tmp_path / "a.pdf").write_bytes(re.sub(rb"startxref\s+\d+", b"startxref\n7", data) + b"\0" * 4000)
    source = open_source(tmp_path / "a.pdf")
    assert "rebuilt" in source.warnings[0]
    assert [page.words for page in source.pages] == [page.words for page in read(report)]


def test_a_giant_page_is_too_large(report: Path, tmp_path: Path) -> None:
    path = changed(report, tmp_path / "a.pdf", MediaBox=[0, 0, 100_000, 100_000])
    with pytest.raises(TooLarge, match="page 1"):
        read(path)


@pytest.mark.parametrize("seed", range(12))
def test_garbled_bytes_are_read_or_named(report: Path, tmp_path: Path, seed: int) -> None:
    data = bytearray(report.read_bytes())
    for at in range(seed * 37 + 20, len(data), 211 + 17 * seed):
        data[at] ^= 0x55
    (tmp_path / "a.pdf").write_bytes(data)
    with contextlib.suppress(ReportError):
        assert len(read(tmp_path / "a.pdf")) >= 1


def _pdf(path: Path, content: bytes, font: str = "Helvetica", extra: str = "") -> Path:
    """One page with `content` as its content stream; fonts are not embedded, letters are Latin-1."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    source = f"<</Type/Font/Subtype/Type1/BaseFont/{font}/Encoding/WinAnsiEncoding>>"
    page.Resources = pikepdf.Object.parse(f"<</Font<</F1 {source}>>{extra}>>".encode("latin-1"))
    page.Contents = pdf.make_stream(content)
    pdf.save(path)
    return path


def _shown(lines: list[str]) -> bytes:
    body = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    return f"BT /F1 12 Tf 50 780 Td {body} ET".encode("latin-1")


LINES = ["Cộng hoà xã hội chủ nghĩa Việt Nam", "Tỷ lệ hộ nghèo giảm còn dưới mười phần trăm"]


@pytest.mark.parametrize(
    ("font", "lines", "expected"),
    [(".VnTime", [tcvn3(line) for line in LINES], LINES), ("VNI-Times", [vni(line) for line in LINES], LINES),
     ("ABCDEF+.VnTimeH", [tcvn3(line) for line in LINES], [line.upper() for line in LINES]),
     ("Times-Roman", [tcvn3(line) for line in LINES], LINES), ("Times-Roman", ["Café déjà"], ["Café déjà"])],
)  # fmt: skip
def test_legacy_fonts_are_converted(tmp_path: Path, font: str, lines: list[str], expected: list[str]) -> None:
    page = read(_pdf(tmp_path / "a.pdf", _shown(lines), font))[0]
    assert " ".join(page.words) == " ".join(expected)
    assert page.confidence == 1.0


def test_pages_without_words(tmp_path: Path) -> None:
    blank = read(_pdf(tmp_path / "blank.pdf", b""))[0]
    assert (blank.words, blank.confidence, blank.warnings) == ((), 1.0, ())
    picture = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q "
    scan = read(_pdf(tmp_path / "scan.pdf", picture))[0]
    assert (scan.words, scan.confidence) == ((), 0.0)
    assert scan.warnings == ("page 1: no text layer and recognition was switched off",)
    stamped = read(_pdf(tmp_path / "stamped.pdf", picture + _shown(["12/BC-UBND"])))[0]
    assert stamped.words == ("12/BC-UBND",)
    assert stamped.confidence < 0.5
    assert stamped.warnings[0].startswith("page 1: a picture with 1 words")


def test_what_annotations_show_is_read(report: Path, tmp_path: Path) -> None:
    with pikepdf.open(report) as pdf:
        look = pdf.make_stream(b"BT /F 12 Tf 2 4 Td (417) Tj ET")
        form = b"<</Type/XObject/Subtype/Form/BBox[0 0 60 20]/Resources<</Font<</F<</Type/Font/Subtype/Type1"
        look.update(pikepdf.Object.parse(form + b"/BaseFont/Helvetica>>>>>>>>"))
        box = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=[300, 700, 360, 720], F=4)
        box.AP = pikepdf.Dictionary(N=pdf.make_indirect(look))
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(box)]))
        pdf.save(tmp_path / "a.pdf")
    page = read(tmp_path / "a.pdf")[0]
    assert boxes(page)["417"][:2] == pytest.approx((302, 842 - 720), abs=8)


def _with_glyph_map(source: Path, target: Path, old: str, new: str) -> Path:
    """A copy whose fonts say the character `new` (none where it is empty) for the glyph of `old`."""
    with pikepdf.open(source) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and b"beginbfchar" in (data := thing.read_bytes()):
                code = b"<%04x>" % ord(old)
                thing.write(data.replace(code, b"<%04x>" % ord(new)) if new else data.replace(code, b"<>"))
        pdf.save(target)
    return target


def test_a_glyph_map_that_writes_a_wrong_letter(report: Path, tmp_path: Path) -> None:
    first, second = read(_with_glyph_map(report, tmp_path / "a.pdf", "ư", "ƣ"))
    assert "hƣớng" in second.words  # delivered as they stand
    assert 0.8 < second.confidence < 1
    assert second.warnings[0].startswith("page 2: its text layer is not trusted: a broken glyph map")
    assert first.words[0] == "Huyện"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real reports are not here")
@pytest.mark.parametrize(
    ("name", "untrusted"),
    [("danang_1_2019_scan_kodak.pdf", {1, 2}), ("hop_thuong_truc_2020.pdf", set()), ("phumybac_danhmuc.pdf", set()),
     ("tb79_vpcp.pdf", {1, 2, 3, 4, 5})],
)  # fmt: skip
def test_real_files(name: str, untrusted: set[int]) -> None:
    pages = read(SHARED / name)
    assert {page.number for page in pages if page.confidence < 1} == untrusted
    assert {page.number for page in pages if page.warnings} == untrusted


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real reports are not here")
def test_a_real_file_with_a_broken_glyph_map() -> None:
    pages = read(SHARED / "nd47_2020.pdf")
    assert {1, 5, 8, 13, 20} <= {page.number for page in pages if page.confidence < 1}
    assert all(page.words for page in pages)


def test_a_page_of_long_words_in_which_letters_and_digits_change(tmp_path: Path) -> None:
    (page,) = read(_pdf(tmp_path / "a.pdf", _shown(["a1" * 40] * 38)))
    assert page.words == ("a1" * 40,) * 38
