"""Texts that make a careless algorithm slow, by the room that reads them, and how each room is run on one.

A text is a unit that is repeated to the room's length, or a name and a function of the length.
"""

from __future__ import annotations

import json
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from typing import Any

Spec = str | tuple[str, Callable[[int], str]]

LENGTHS = {
    "whole": 10**6,
    "linking": 60_000,
    "audit": 60_000,
    "layout of boxes": 30_000,
    "pdf": 60_000,
    "json": 60_000,
}
LENGTH = 200_000
"""Characters where `LENGTHS` names no other length."""

MOST_SECONDS = 20.0
"""A room's text that takes longer at half its length is not run at the whole."""


def _syllables(n: int) -> str:
    """Names of communes that do not exist, each another."""
    vowels, consonants = "aăâeêioôơuưy", "bcdghklmnpqrstvx"
    unknown = (f"xã Z{a}{b}o {c}i{a}, " for c in consonants for b in consonants for a in vowels)
    return "".join(chain.from_iterable(zip(unknown, strict=False))) * (1 + n // 40_000)


TEXTS: dict[str, list[Spec]] = {
    "whole": [
        "7",
        "1.",
        "1,2 ",
        "12/QĐ-",
        "ngày 1/",
        "xã huyện tỉnh Nghị quyết số ",
        "Toàn xã còn 1.204 hộ nghèo, đạt 87,5% kế hoạch; ",
        "1.\na)\n",
        ("10⁵ nested brackets", lambda n: "(" * (n // 20) + "5 hộ" + ")" * (n // 20)),
        ("1 … hộ", lambda n: "1" + " " * n + "hộ"),
    ],
    "dates": ["1", "1/", "ngày ", "ngày 1,", "năm 2023,", "2020 ", "quý I, ", "tháng 1, ", " ", "1-", "("],
    "references": [
        "/A", "12/", "1-", "Luật ", "Luật A ", "Điều 1 ", "12/KH-UBND, ", "12/KH-UBND của ", "số ", "1", "(",
        "Luật sửa đổi một số điều của ",
    ],
    "figures": [
        "1", "1.", "1/", "12 ", "Có 12 hộ, ", "xã A: 12; ", "12/19 ", "xã, ",
        ("( … 12 hộ", lambda n: "(" * n + "12 hộ"),
        ("… 12 … hộ", lambda n: " " * n + "12" + " " * n + "hộ"),
        ("1-1- … 5%", lambda n: "1-" * (n // 2) + "5%"),
        ("12 xã, xã, …", lambda n: "12 xã" + ", xã" * (n // 4)),
        ("5 triệu tỷ tỷ …", lambda n: "5 triệu" + " tỷ" * (n // 3)),
        ("5 đồng/người/người …", lambda n: "5 đồng" + "/người" * (n // 6)),
    ],
    "linking": [
        "tỷ lệ hộ nghèo giảm từ 5,2% xuống 3,1%, đạt 12 hộ; ", "- xã A: 5 hộ:\n", " (5 hộ ", "năm 2023 " * 40 + "5% ",
        "a " * 400 + "5% ",
    ],
    "audit": [
        "(" * 300 + ")" * 300, "Có 45 hộ, xã A: 5 hộ, ", "trong đó: 5 hộ (3 hộ); ", "gồm 5 hộ: (1) 3 hộ ", "đạt   % ",
        "- 5 triệu đồng\nTrong đó:\n", "5 tiêu chí gồm: a, b, ", "giảm 5% từ 10% xuống 5% ",
    ],
    "places": [
        "1", "(", "các xã (", "Bắc Hà, ", "BẮC HÀ ",
        ("xã …", lambda n: "xã" + " " * n),
        ("unknown names", lambda n: _syllables(n)[:n]),
        ("các xã Bản Phố, Tà Chải, …", lambda n: "các xã " + "Bản Phố, Tà Chải, " * (n // 18)),
    ],
    "segmenting": [
        "1", "“1. x\n", "1.1.1.1.1. ", "a) ", "I. A\n1. B\na) C\n",
        ("( … )", lambda n: "(" * (n // 2) + ")" * (n // 2)),
    ],
    "layout": [
        "1", "và các xã\n", "người1\n1 Huyện\n", "7\n\n", "(1) x; (2) y;\n(3) z\n", "Nơi nhận:\n- A\nB\n",
        ("[1] … [1] Xã", lambda n: "[1]" * (n // 3) + "\n[1] Xã"),
        ("( … )", lambda n: "(" * (n // 2) + ")" * (n // 2)),
    ],
    "layout of boxes": ["từ ", ("từ … Nơi nhận:", lambda n: "từ " * (n // 3) + "Nơi nhận:")],
    "metadata": [" ", "\n", "Nơi nhận: ", "\nNơi nhận:\n", "TM. A", "A ", "Số: 1/A", "\nBÁO CÁO", "   - a;", "TỈNH "],
    "html": ["<div>", "<p>a<br>", "<sup>1", ("<p> a a …", lambda n: "<p>" + "a " * (n // 2))],
    "encodings": ["ạ ", "\xb8\xb5 ", "1"],
    "pdf": ["a1", "a ", "1, "],
    "json": ["Có 12 hộ, "],
}  # fmt: skip


def make(spec: Spec, length: int) -> str:
    """The text of about `length` characters."""
    return spec * (length // len(spec)) if isinstance(spec, str) else spec[1](length)


def name_of(spec: Spec) -> str:
    """How a text is called in the table."""
    return repr(spec[:40]) if isinstance(spec, str) else spec[0]


def room(name: str) -> tuple[Callable[[str], Any], Callable[[Any], object]]:
    """What makes a room's input of a text (not measured), and the room's own function (measured)."""
    if name == "whole":
        from extractor import extract_text

        return _same, lambda text: extract_text(text).to_json()
    if name == "dates":
        from extractor.finding.dates import find_dates

        return _same, find_dates
    if name == "references":
        from extractor.finding.references import find_references

        return _same, find_references
    if name == "figures":
        from extractor.finding.figures import find_figures

        return _same, find_figures
    if name == "linking":
        from extractor.finding.dates import find_dates
        from extractor.finding.figures import find_figures
        from extractor.linking.figures import link_figures

        def link(made: tuple[str, Any, Any]) -> object:
            text, figures, dates = made
            return link_figures(text, figures, sections=(), places=(), dates=dates)

        return lambda text: (text, find_figures(text), find_dates(text)), link
    if name == "audit":
        from extractor import extract_text
        from extractor.auditing import audit

        return extract_text, audit
    if name == "places":
        from extractor.finding.places import find_mentions
        from extractor.linking.places import link_places

        day, home = date(2023, 1, 1), ("UBND tỉnh Lào Cai",)
        return _same, lambda text: link_places(text, find_mentions(text), on=day, home=home)
    if name == "segmenting":
        from extractor.segmenting import segment

        return _same, segment
    if name in ("layout", "layout of boxes"):
        from extractor.layout import lay_out
        from extractor.reading.text import text_pages

        return (_two_columns, lay_out) if name == "layout of boxes" else (_same, lambda text: lay_out(text_pages(text)))
    if name == "metadata":
        from extractor.finding.metadata import find_metadata

        return _same, find_metadata
    if name == "html":
        from extractor.reading.html import html_lines

        return _same, html_lines
    if name == "encodings":
        from extractor.reading.encodings import decode

        return str.encode, decode
    if name == "pdf":
        return _one_page, _read_bytes
    from extractor import Report, extract_text

    return extract_text, lambda report: Report.from_json(report.to_json())


def _same(text: str) -> str:
    return text


def _two_columns(text: str) -> list[Any]:
    """One page with a column of the text's words beside another."""
    from extractor.pages import SourcePage

    words = text.split()
    boxes = array("f")
    for n in range(len(words)):
        x, y = (60.0, 320.0)[n % 2], 10.0 * (n // 2)
        boxes.extend((x, y, x + 30, y + 9))
    return [SourcePage(1, 595.0, 10.0 * len(words), tuple(words), boxes, array("f", [9.0] * len(words)))]


def _one_page(text: str) -> bytes:
    """A PDF of one page with the text in lines of 90 characters over one another."""
    lines = "".join(f"1 0 0 1 50 {50 + n % 700} Tm ({text[n : n + 90]}) Tj " for n in range(0, len(text), 90))
    stream = f"BT /F1 9 Tf {lines} ET".encode("latin-1", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.4\n"
    offsets = []
    for n, text_of in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj" % n + text_of + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table, len(body),
    )  # fmt: skip


def _read_bytes(data: bytes) -> object:
    import tempfile
    from pathlib import Path

    from extractor.reading import open_source

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return list(open_source(Path(file.name)).pages)


def measure(name: str) -> Iterator[tuple[str, int, float, float | None]]:
    """(text, its length, seconds for half of it, seconds for the whole) for each text of a room."""
    prepare, run = room(name)
    for spec in TEXTS[name]:
        length = LENGTHS.get(name, LENGTH)
        run(prepare(make(spec, 1000)))
        half = _seconds(run, prepare(make(spec, length // 2)))
        whole = _seconds(run, prepare(make(spec, length))) if half < MOST_SECONDS else None
        yield name_of(spec), length, half, whole


def _seconds(run: Callable[[Any], object], argument: Any) -> float:
    """The least CPU time of five runs, of fewer where they are long."""
    best, spent = float("inf"), 0.0
    for _ in range(5):
        began = time.process_time()
        run(argument)
        took = time.process_time() - began
        best, spent = min(best, took), spent + took
        if spent > 0.4:
            break
    return best


if __name__ == "__main__":
    for found in measure(sys.argv[1]):
        print(json.dumps(found), flush=True)
