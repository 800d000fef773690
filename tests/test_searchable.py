"""Searchable PDFs: the scan's own pixels, its words found where their ink is, nothing of a layer that lies, and a plain
word wherever something could not be done."""

from __future__ import annotations

import hashlib
import io
import math
import shutil
import subprocess
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from extractor.batch.run import run
from extractor.batch.writing import DiskFull
from extractor.cli import main
from extractor.model import Report
from extractor.pages import SourcePage
from extractor.reading import open_source
from extractor.reading.watching import Watch
from extractor.searchable import write
from extractor.searchable.copies import Copies
from extractor.searchable.write import OverOriginal
from tests.recognised import born_digital, job, picture, reader, scan, words_of

SHARED = Path(__file__).resolve().parents[2] / "shared" / "reports" / "pdf"
WIDE, HIGH = 595.28, 841.89
TURNED = {  # a page's instructions turned so that, shown under /Rotate, they stand upright
    0: (1, 0, 0, 1, 0, 0), 90: (0, 1, -1, 0, HIGH, 0), 180: (-1, 0, 0, -1, WIDE, HIGH), 270: (0, -1, 1, 0, 0, WIDE)
}  # fmt: skip


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return born_digital(tmp_path_factory.mktemp("text") / "text.pdf")


def made(path: Path, pages: list[SourcePage], *, pdfa: bool = False) -> tuple[Path, Report]:
    """The searchable PDF of `path` whose pages are recognised as `pages`, and the report."""
    out = path.parent / "out"
    copies = Copies(pdfa=pdfa)
    report = copies.read(reader(pages), job(path), out)
    return copies.target(job(path), out), report


def tool(*command: str | Path) -> str:
    if not shutil.which(str(command[0])):
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout


def flat(words: Sequence[str]) -> str:
    return " ".join(words)


def images(path: Path) -> list[bytes]:
    with pikepdf.open(path) as pdf:
        return [t.read_raw_bytes() for page in pdf.pages for t in page.resources.get("/XObject", {}).values()]


def boxed(path: Path) -> Path:
    """`path` with boxes as scanners write them: the page does not begin at 0, and is cropped."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            page.contents_add(b"q 1 0 0 1 100 -50 cm\n", prepend=True)
            page.contents_add(b"\nQ")
            page.mediabox = [100, -50, 100 + WIDE, -50 + HIGH]
            page.cropbox = [130, -20, 100 + WIDE - 20, -50 + HIGH - 10]
        pdf.save(path.with_name("boxed.pdf"))
    return path.with_name("boxed.pdf")


def turned(path: Path, target: Path, degrees: int, *, upright: bool) -> Path:
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            if upright:
                matrix = " ".join(map(str, TURNED[degrees])).encode()
                page.contents_add(b"q %s cm\n" % matrix, prepend=True)
                page.contents_add(b"\nQ")
                page.mediabox = [0, 0, HIGH, WIDE] if degrees % 180 else [0, 0, WIDE, HIGH]
            page.obj.Rotate = degrees
        pdf.save(target)
    return target


def test_words_are_found_where_their_ink_is(text: Path, tmp_path: Path) -> None:
    pages = words_of(text)
    path = scan(text, tmp_path / "a.pdf")
    before = path.read_bytes()
    target, report = made(path, pages)
    assert report.warnings == ()
    assert target == tmp_path / "out/searchable/a.pdf"
    assert path.read_bytes() == before
    assert images(target) == images(path)
    for page, again in zip(pages, layers(target), strict=True):
        assert_same_place(page, again)


def assert_same_place(page: SourcePage, again: SourcePage, lower: float = 2.0) -> None:
    """Every word once, in order, over its box: as wide, and as low within `lower` points."""
    assert flat(again.words) == flat(page.words)
    for i in range(len(page.words)):
        x0, top, x1, bottom = page.boxes[4 * i : 4 * i + 4]
        a0, above, a1, below = again.boxes[4 * i : 4 * i + 4]
        slack = 6 if len(page.words[i]) == 1 else 1  # of one letter, the space behind it takes a part
        if x1 - x0 >= bottom - top or len(page.words[i]) < 3:
            assert abs(a0 - x0) < 1
            assert abs(a1 - x1) < slack
            assert above - lower < top < bottom < below + lower
        else:
            assert abs(above - top) < slack
            assert abs(below - bottom) < slack


@pytest.mark.parametrize("degrees", [90, 180, 270])
@pytest.mark.parametrize("upright", [True, False])
def test_turned_pages(text: Path, tmp_path: Path, degrees: int, upright: bool) -> None:
    """Scans that a page's rotation sets upright, and scans that lie on their side or head for whoever reads them."""
    whole = turned(text, tmp_path / "t.pdf", degrees, upright=upright)
    pages = words_of(whole)
    assert sorted(pages[0].words) == sorted(words_of(text)[0].words)
    target, report = made(scan(whole, tmp_path / "a.pdf"), pages)
    assert report.warnings == ()
    for page, again in zip(pages, layers(target), strict=True):
        assert sorted(again.words) == sorted(page.words)
        where = {word: again.boxes[4 * i : 4 * i + 4] for i, word in enumerate(again.words)}
        for i, word in enumerate(page.words):
            if len(word) > 2 and page.words.count(word) == 1:
                x0, top, x1, bottom = page.boxes[4 * i : 4 * i + 4]
                a0, above, a1, below = where[word]
                assert a0 - 2 < (x0 + x1) / 2 < a1 + 2
                assert above - 2 < (top + bottom) / 2 < below + 2


def test_cropped_and_shifted_pages(text: Path, tmp_path: Path) -> None:
    shutil.copy(text, tmp_path / "t.pdf")
    whole = boxed(tmp_path / "t.pdf")
    pages = words_of(whole)
    assert (pages[0].width, pages[0].height) == pytest.approx((WIDE - 50, HIGH - 40), abs=0.1)
    target, _ = made(scan(whole, tmp_path / "a.pdf"), pages)
    for page, again in zip(pages, layers(target), strict=True):
        assert_same_place(page, again)


def test_a_page_that_lies_askew(text: Path, tmp_path: Path) -> None:
    pages = words_of(text)
    askew = []
    for page in pages:
        boxes = page.boxes[:]
        for i in range(len(page.words)):
            boxes[4 * i + 1] += 0.01 * boxes[4 * i]  # 0.6 degrees
            boxes[4 * i + 3] += 0.01 * boxes[4 * i + 2]
        askew.append(replace(page, boxes=boxes))
    target, _ = made(scan(text, tmp_path / "a.pdf"), askew)
    for page, again in zip(askew, layers(target), strict=True):
        assert_same_place(page, again, lower=4)
    assert "\n\nTrong năm toàn xã giảm được 42" in tool("pdftotext", target, "-")


@pytest.mark.parametrize("degrees", [0.5, -1, 90.5, 180, 270])
def test_a_page_that_was_set_straight(text: Path, tmp_path: Path, degrees: float) -> None:
    """Recognition read it deskewed and upright: its words go back to where they stand on the page as shown."""
    quarters = round(degrees / 90) % 4
    shown_at = {0: (0.0, 0.0), 1: (WIDE, 0.0), 2: (WIDE, HIGH), 3: (0.0, HIGH)}[quarters]
    if quarters % 2:  # a page that stands on its side is as wide as the straight one is high
        shown_at = {1: (HIGH, 0.0), 3: (0.0, WIDE)}[quarters]
    turn = math.radians(degrees)
    shown = (math.cos(turn), -math.sin(turn), shown_at[0], math.sin(turn), math.cos(turn), shown_at[1])
    page = words_of(text)[0]
    wide, high = (HIGH, WIDE) if quarters % 2 else (WIDE, HIGH)
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(wide, high))
    pdf.save(tmp_path / "a.pdf")
    target, report = made(tmp_path / "a.pdf", [replace(page, width=wide, height=high, shown=shown)])
    assert report.warnings == ()
    (again,) = layers(target)
    assert sorted("".join(again.words)) == sorted("".join(page.words))
    at = again.words.index("nghèo,"), page.words.index("nghèo,")
    x0, top, x1, bottom = page.boxes[4 * at[1] : 4 * at[1] + 4]
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    a0, above, a1, below = again.boxes[4 * at[0] : 4 * at[0] + 4]
    assert a0 < shown[0] * x + shown[1] * y + shown[2] < a1
    assert above < shown[3] * x + shown[4] * y + shown[5] < below
    if quarters == 0:
        assert flat(again.words) == flat(page.words)


def test_pdftotext_and_qpdf(text: Path, tmp_path: Path) -> None:
    pages = words_of(text)
    target, _ = made(scan(text, tmp_path / "a.pdf"), pages)
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", target)
    shown = tool("pdftotext", "-layout", target, "-")
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert "Trong năm toàn xã giảm được 42 hộ nghèo, tỷ lệ hộ nghèo còn 8,15%; nguồn vốn được giải" in lines
    assert "XÃ TÂN LẬP Độc lập - Tự do - Hạnh phúc" in lines
    assert sorted(shown.split()) == sorted(word for page in pages for word in page.words)
    assert tool("pdffonts", target).splitlines()[2].split()[-6:-2] == ["Identity-H", "yes", "no", "yes"]


def test_letters_beyond_the_usual(text: Path, tmp_path: Path) -> None:
    page = words_of(text)[0]
    odd = ("𝐀bc", "Ω≥≤", "한글", "\ue123x", "“ngoặc”", "e\u0302\u0301")
    boxes = array("f", [v for i in range(len(odd)) for v in (50 + 60 * i, 100, 100 + 60 * i, 112)])
    target, report = made(scan(text, tmp_path / "a.pdf"), [replace(page, words=odd, boxes=boxes)])
    assert report.warnings == ()
    assert tool("pdftotext", "-l", "1", target, "-").split() == list(odd)


INVISIBLE = b"BT 3 Tr /%s 12 Tf 60 700 Td (bad old layer) Tj ET"
VISIBLE = b"BT 0 Tr /%s 12 Tf 60 700 Td (bad old layer) Tj ET"


def with_old_text(path: Path, target: Path, instructions: bytes, where: str = "page") -> Path:
    """`path` with text that lies, under its picture, in the page's instructions or in a form."""
    with pikepdf.open(path) as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(Old=pdf.make_indirect(font)))
        for page in pdf.pages:
            drawn = instructions % b"Old"
            if where == "page":
                page.obj.Resources.Font = fonts.Font
            else:
                form = pdf.make_stream(drawn, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
                form.BBox = [0, 0, WIDE, HIGH]
                if where == "form":
                    form.Resources = fonts
                else:  # a form that borrows the page's fonts
                    page.obj.Resources.Font = fonts.Font
                page.obj.Resources.XObject.Fm0 = form
                drawn = b"/Fm0 Do"
            page.contents_add(drawn + b"\n", prepend=True)
        pdf.save(target)
    return target


@pytest.mark.parametrize("where", ["page", "form", "borrowing form"])
@pytest.mark.parametrize("drawn", [INVISIBLE, VISIBLE])
def test_an_old_layer_that_lies_is_not_found(text: Path, tmp_path: Path, drawn: bytes, where: str) -> None:
    pages = words_of(text)
    old = with_old_text(scan(text, tmp_path / "s.pdf"), tmp_path / "a.pdf", drawn, where)
    assert "bad" in next(iter(layers(old))).words
    target, report = made(old, pages)
    assert report.warnings == ()
    assert [flat(p.words) for p in layers(target)] == [flat(p.words) for p in pages]
    assert "bad" not in tool("pdftotext", target, "-")
    assert picture(target) == picture(old)  # it looks as it did


def test_a_note_on_a_recognised_page_is_found_once(text: Path, tmp_path: Path) -> None:
    """What a clerk's note or a signature's stamp shows was recognised with the page."""
    pages = words_of(text)
    old = with_old_text(scan(text, tmp_path / "s.pdf"), tmp_path / "o.pdf", VISIBLE, "form")
    with pikepdf.open(old) as pdf:
        page = pdf.pages[0]
        looks = page.resources.XObject.Fm0
        del page.resources.XObject["/Fm0"]
        page.obj.Contents = pdf.make_stream(b"".join(part.read_bytes() for part in page.Contents)[len(b"/Fm0 Do") :])
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=looks.BBox, F=4,
            AP=pikepdf.Dictionary(N=looks),
        )  # fmt: skip
        page.obj.Annots = [pdf.make_indirect(note)]
        pdf.save(tmp_path / "a.pdf")
    assert "bad" in next(iter(layers(tmp_path / "a.pdf"))).words
    target, _ = made(tmp_path / "a.pdf", pages)
    assert flat(next(iter(layers(target))).words) == flat(pages[0].words)


def test_words_that_are_seen_stay_seen(text: Path, tmp_path: Path) -> None:
    """A born-digital page whose letters mean the wrong characters: it looks the same and says the right thing."""
    right = words_of(text)
    with pikepdf.open(text) as pdf:
        for font in pdf.pages[0].resources.Font.values():
            font.ToUnicode = pdf.make_stream(font.ToUnicode.read_bytes().replace(b"1ea3", b"01a3"))  # ả as ƣ
        pdf.save(tmp_path / "a.pdf")
    broken = next(iter(layers(tmp_path / "a.pdf")))
    assert broken.confidence < 1
    target, report = made(tmp_path / "a.pdf", [right[0], replace(right[1], source="text")])
    assert report.warnings == ()
    assert picture(target) == picture(tmp_path / "a.pdf")
    pages = list(layers(target))
    assert flat(pages[0].words) == flat(right[0].words)
    assert flat(pages[1].words) == flat(right[1].words).replace("ả", "ƣ")  # not recognised: as it was
    assert "No syntax" in tool("qpdf", "--check", target)


def test_unusual_encodings_are_named(text: Path, tmp_path: Path) -> None:
    with pikepdf.open(text) as pdf:
        for font in pdf.pages[0].resources.Font.values():
            font.Encoding = pikepdf.Name("/UniGB-UTF16-H")
        pdf.save(tmp_path / "a.pdf")
    _, report = made(tmp_path / "a.pdf", words_of(text)[:1])
    (warning,) = report.warnings
    assert warning.startswith("searchable PDF: page 1: its old text may still be found: its font ")


def test_what_pages_inherit(text: Path, tmp_path: Path) -> None:
    """Size, rotation and resources that stand at the node above the pages, and a file with a ban on copying."""
    whole = turned(text, tmp_path / "t.pdf", 90, upright=True)
    pages = words_of(whole)
    with pikepdf.open(scan(whole, tmp_path / "s.pdf")) as pdf:
        del pdf.pages[1]
        page, above = pdf.pages[0].obj, pdf.Root.Pages
        for key in ("/MediaBox", "/Rotate", "/Resources"):
            above[key] = page[key]
            del page[key]
        pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="x", user=""))
    target, report = made(tmp_path / "a.pdf", pages[:1])
    assert report.warnings == ()
    (again,) = layers(target)
    assert_same_place(pages[0], again)


def test_a_born_digital_pdf_is_copied_byte_by_byte(text: Path, tmp_path: Path) -> None:
    shutil.copy(text, tmp_path / "a.pdf")
    target, report = made(tmp_path / "a.pdf", [replace(p, source="text") for p in words_of(text)])
    assert target.read_bytes() == text.read_bytes()
    assert report.warnings == ()


def test_never_over_the_original(text: Path, tmp_path: Path) -> None:
    original = tmp_path / "searchable/a.pdf"
    original.parent.mkdir()
    scan(text, original)
    before = original.read_bytes()
    with pytest.raises(OverOriginal, match="originals are never overwritten"):
        Copies().read(reader(words_of(text)), job(original), tmp_path)
    assert original.read_bytes() == before


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("TIFF", "a.tif")])
def test_a_picture_becomes_a_pdf_with_its_own_pixels(text: Path, tmp_path: Path, kind: str, name: str) -> None:
    pages = words_of(text)[:1]
    data = picture(text, 0, kind)
    (tmp_path / name).write_bytes(data)
    target, report = made(tmp_path / name, pages)
    assert report.warnings == ()
    assert target.name == f"{name}.pdf"
    with pikepdf.open(target) as pdf:
        (image,) = pdf.pages[0].resources.XObject.values()
        if kind == "JPEG":
            assert image.read_raw_bytes() == data
        assert pikepdf.PdfImage(image).as_pil_image().convert("RGB").tobytes() == Image.open(io.BytesIO(data)).tobytes()
    (again,) = layers(target)
    assert_same_place(pages[0], again)
    assert "No syntax" in tool("qpdf", "--check", target)


def test_a_tiff_of_several_pages(text: Path, tmp_path: Path) -> None:
    pages = words_of(text)
    sheets = [Image.open(io.BytesIO(picture(text, n, "PNG"))).convert("1") for n in range(2)]
    sheets[0].save(tmp_path / "a.tif", save_all=True, append_images=sheets[1:], compression="group4", dpi=(144, 144))
    target, _ = made(tmp_path / "a.tif", pages)
    assert [flat(p.words) for p in layers(target)] == [flat(p.words) for p in pages]


def test_a_transparent_picture_keeps_its_pixels(text: Path, tmp_path: Path) -> None:
    clear = Image.open(io.BytesIO(picture(text, 0, "PNG"))).convert("RGBA")
    clear.putpixel((0, 0), (255, 0, 0, 0))
    clear.save(tmp_path / "a.png")
    target, report = made(tmp_path / "a.png", words_of(text)[:1])
    assert report.warnings == ()
    with pikepdf.open(target) as pdf:
        (image,) = pdf.pages[0].resources.XObject.values()
        assert image.read_bytes() == clear.convert("RGB").tobytes()
        assert image.SMask.read_bytes() == clear.getchannel("A").tobytes()


def test_a_picture_beside_a_pdf_of_its_name(text: Path, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture(text, 0, "PNG"))
    shutil.copy(text, tmp_path / "a.png.pdf")
    target, report = made(tmp_path / "a.png", words_of(text)[:1])
    assert not target.exists()
    assert report.warnings == ("searchable PDF: not made: its name is that of a.png.pdf beside it",)


@pytest.mark.parametrize("spoilt", ["cut", "garbage"])
def test_a_picture_that_cannot_be_read_is_named(text: Path, tmp_path: Path, spoilt: str) -> None:
    data = picture(text, 0, "PNG")
    (tmp_path / "a.png").write_bytes(data[:2000] if spoilt == "cut" else data[:40] + b"garbage" * 50)
    target, report = made(tmp_path / "a.png", words_of(text)[:1])
    assert not target.exists()
    assert [w for w in report.warnings if w.startswith("searchable PDF: not made: ")]


def test_a_full_disk_leaves_no_part(text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scan(text, tmp_path / "a.pdf")

    def full(pdf: object, file: object, archival: bool) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write, "_save", full)
    with pytest.raises(DiskFull):
        made(path, words_of(text))
    assert [p.name for p in (tmp_path / "out").rglob("*") if p.is_file()] == []


def test_the_same_file_every_time(text: Path, tmp_path: Path) -> None:
    path = scan(text, tmp_path / "a.pdf")
    first = made(path, words_of(text))[0].read_bytes()
    assert made(path, words_of(text))[0].read_bytes() == first


def layers(path: Path) -> Iterator[SourcePage]:
    """The pages as their text layers say, none recognised."""
    return open_source(path, "off").pages


def statuses(inside: Path, out: Path, pages: list[SourcePage], copies: Copies | None) -> list[str]:
    """The outcomes of a run in which recognition gives `pages`."""
    read = reader(pages)

    def hashed(path: Path, source: str, watch: Watch) -> Report:
        report = read(path, source, watch)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        return replace(report, document=replace(report.document, sha256=sha256))

    return [o.status for o in run([inside], out, read=hashed, copies=copies).outcomes]


def test_run_makes_what_is_missing(text: Path, tmp_path: Path) -> None:
    inside, out = tmp_path / "in", tmp_path / "out"
    (inside / "deep").mkdir(parents=True)
    scan(text, inside / "deep/a.pdf")
    (inside / "b.txt").write_text("Báo cáo", encoding="utf8")
    pages = words_of(text)
    assert statuses(inside, out, pages, None) == ["read", "read"]
    assert not (out / "searchable").exists()
    assert statuses(inside, out, pages, Copies()) == ["unchanged", "read"]
    assert [p.relative_to(out).as_posix() for p in (out / "searchable").rglob("*.pdf")] == ["searchable/deep/a.pdf"]
    assert statuses(inside, out, pages, Copies()) == ["unchanged", "unchanged"]
    assert statuses(inside, out, pages, Copies(pdfa=True)) == ["unchanged", "read"]
    assert statuses(inside, out, pages, Copies(pdfa=True)) == ["unchanged", "unchanged"]
    assert statuses(inside, out, pages, Copies()) == ["unchanged", "unchanged"]


def test_what_cannot_be_made_is_not_tried_at_every_run(text: Path, tmp_path: Path) -> None:
    inside, out = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    shutil.copy(text, inside / "a.pdf")
    (inside / "b.pdf").write_bytes(b"%PDF-1.7\nno PDF at all")
    pages = words_of(text)
    assert statuses(inside, out, pages, Copies(pdfa=True)) == ["read", "read"]
    assert not (out / "searchable/b.pdf").exists()
    assert statuses(inside, out, pages, Copies(pdfa=True)) == ["unchanged", "unchanged"]


def test_the_command(text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(text, tmp_path / "a.pdf")
    assert main(["run", str(tmp_path / "a.pdf"), "--out", str(tmp_path / "out"), "--searchable"]) == 0
    assert (tmp_path / "out/searchable/a.pdf").read_bytes() == text.read_bytes()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there")
@pytest.mark.parametrize("name", ["danang_1_2019_scan_kodak.pdf", "nd47_2020.pdf"])
def test_real_files_with_layers_that_lie(tmp_path: Path, name: str) -> None:
    """Read as if recognition had given what their old layers say: every word is there, and there once."""
    with pikepdf.open(SHARED / name) as pdf:
        del pdf.pages[2:]
        for page in pdf.pages:
            page.obj.Annots = pikepdf.Array()  # a clerk's note on one of them is no part of the layer
        pdf.save(tmp_path / name)
    pages = words_of(tmp_path / name)
    target, _ = made(tmp_path / name, pages)
    assert "No syntax" in tool("qpdf", "--check", target)
    for n, (read, again) in enumerate(zip(pages, layers(target), strict=True)):
        assert sorted("".join(again.words)) == sorted("".join(read.words)), n
    assert picture(target) == picture(tmp_path / name)
