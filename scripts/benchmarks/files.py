"""PDFs made for measuring: plain prose as reports have it, and one long file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

STYLE = (
    "@page{size:A4;margin:2cm 2cm 2cm 3cm;@top-center{content:counter(page)}}"
    "p{font:14pt/1.55 'Liberation Serif';text-align:justify;text-indent:1cm;margin:6pt 0}"
)
SENTENCES = [
    "Thực hiện Nghị quyết số {n}-NQ/TU ngày 15/3/2021 của Ban Thường vụ Tỉnh ủy, các cấp, các ngành đã vào cuộc sớm.",
    "Công tác tuyên truyền được duy trì thường xuyên trên hệ thống loa truyền thanh, qua các buổi sinh hoạt của thôn.",
    "Đến nay toàn huyện còn {n} hộ nghèo, chiếm {d},{e}% tổng số hộ, giảm {e} hộ so với đầu năm.",
    "Việc rà soát được tiến hành công khai, dân chủ, đúng quy trình, có sự giám sát của người dân ở từng khu dân cư.",
    "Tổng vốn đã giải ngân là {n},{e} triệu đồng, đạt {d}% kế hoạch giao; phần còn lại chuyển sang quý sau.",
    "Một số xã vùng cao còn gặp khó khăn do địa hình chia cắt, thời tiết thất thường, giá vật tư tăng kéo dài.",
    "Đời sống của bà con nhìn chung ổn định, không để xảy ra tình trạng thiếu đói giáp hạt trên địa bàn huyện.",
]


def prose_pdf(path: Path, pages: int = 30) -> Path:
    """A born-digital PDF of running text, `pages` A4 pages of about 2,200 characters, a table on none of them."""
    from weasyprint import HTML

    def paragraph(k: int) -> str:
        said = (SENTENCES[(k + n) % len(SENTENCES)].format(n=103 + 7 * k, d=2 + k % 90, e=1 + k % 9) for n in range(7))
        return f"<p>{' '.join(said)}</p>"

    html = f"<style>{STYLE}</style>" + "".join(map(paragraph, range(4 * pages)))
    document = HTML(string=html).render()
    document.copy(document.pages[:pages]).write_pdf(str(path))
    return path


def long_pdf(path: Path, sources: Sequence[Path], pages: int) -> Path:
    """The pages of the `sources` over and over, until there are `pages` of them."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    opened = [pypdfium2.PdfDocument(source) for source in sources]
    while len(whole) < pages:
        for source in opened:
            whole.import_pages(source, list(range(min(len(source), pages - len(whole)))))
    whole.save(str(path))
    return path
