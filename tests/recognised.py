"""Scans with known words: a born-digital PDF, its pages turned into pictures, and a reader that gives its words as if
they had been recognised."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pikepdf
import pypdfium2

from extractor.batch.discover import Job
from extractor.model import Report
from extractor.pages import SourcePage
from extractor.pipeline import extract_text
from extractor.reading import open_source
from extractor.reading.watching import Watch

HTML = """<meta charset=utf8><style>@page{size:A4;margin:2cm}body{font:13pt 'Liberation Serif';margin:0}</style>
<table style="width:100%;text-align:center"><tr><td>ỦY BAN NHÂN DÂN<br>XÃ TÂN LẬP<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT
NAM<br>Độc lập - Tự do - Hạnh phúc</table>
<p>Số: 47/BC-UBND<p>BÁO CÁO<br>Kết quả giảm nghèo năm 2023
<p>Trong năm toàn xã giảm được 42 hộ nghèo, tỷ lệ hộ nghèo còn 8,15%; nguồn vốn được giải ngân 1.250 triệu đồng,
đường liên thôn, trường học và nước sạch được đầu tư, sửa chữa kịp thời trước mùa mưa bão.
<p style="page-break-before:always">Trang hai: các thôn tiếp tục rà soát hộ cận nghèo theo chuẩn mới."""
PIXELS = 2  # a point: 144 dpi
_TALL, _DEEP = set("bdđfhklt\u0323"), set("gpqy,;\u0323")


def born_digital(path: Path) -> Path:
    import weasyprint

    weasyprint.HTML(string=HTML).write_pdf(path)
    return path


def words_of(path: Path) -> list[SourcePage]:
    """The pages of a text PDF as recognition would give them, a box no taller than its word's ink."""
    return [_recognised(page) for page in open_source(path).pages]


def _recognised(page: SourcePage) -> SourcePage:
    boxes = page.boxes[:]
    sideways = sum(boxes[2::4]) - sum(boxes[::4]) < sum(boxes[3::4]) - sum(boxes[1::4])
    if not sideways:  # then the ink is not where this takes it to be
        for i, word in enumerate(page.words):
            high = boxes[4 * i + 3] - boxes[4 * i + 1]
            bare = unicodedata.normalize("NFD", word)
            tall = len(bare) > len(word) or not bare.islower() or set(bare) & _TALL
            boxes[4 * i + 1] += high * (0.1 if tall else 0.4)
            boxes[4 * i + 3] -= 0 if set(bare) & _DEEP else high * 0.2
    return replace(page, boxes=boxes, source="ocr", confidence=0.9)


def picture(path: Path, number: int = 0, kind: str = "JPEG") -> bytes:
    """A page of a PDF, whole and unturned, as a picture."""
    return _picture(path.read_bytes(), number, kind)


@cache
def _picture(data: bytes, number: int, kind: str) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[number]
        page.rotate(0, relative=False)
        page.cropbox = page.mediabox
        plain = io.BytesIO()
        pdf.save(plain)
    document = pypdfium2.PdfDocument(plain.getvalue())
    made = io.BytesIO()
    document[number].render(scale=PIXELS).to_pil().convert("RGB").save(made, kind, dpi=(72 * PIXELS, 72 * PIXELS))
    document.close()
    return made.getvalue()


def scan(text: Path, target: Path) -> Path:
    """`text` with every page as a picture, boxes and rotation the same."""
    target.write_bytes(_scanned(text.read_bytes()))
    return target


@cache
def _scanned(data: bytes) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages):
            x0, y0, x1, y1 = (float(v) for v in page.mediabox)
            image = pdf.make_stream(
                _picture(data, number, "JPEG"), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
                Filter=pikepdf.Name.DCTDecode, Width=round((x1 - x0) * PIXELS + 0.49),
                Height=round((y1 - y0) * PIXELS + 0.49), BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB,
            )  # fmt: skip
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
            page.obj.Contents = pdf.make_stream(b"q %f 0 0 %f %f %f cm /Im0 Do Q" % (x1 - x0, y1 - y0, x0, y0))
        pdf.save(made)
    return made.getvalue()


def reader(pages: list[SourcePage]) -> Callable[[Path, str, Watch], Report]:
    """A reader that recognises `pages`, whatever the file."""

    def read(path: Path, source: str, watch: Watch) -> Report:
        for page in pages:
            watch(page.number, partial(_as_it_is, page))
        report = extract_text(" ".join(word for page in pages for word in page.words))
        return replace(report, document=replace(report.document, source=source))

    return read


def _as_it_is(page: SourcePage) -> SourcePage:
    return page


def job(path: Path) -> Job:
    return Job(path, path.as_posix(), Path(path.name + ".json"))
