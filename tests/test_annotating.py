"""`annotate`: links in text and HTML, everything else untouched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import annotate
from extractor.model import Reference


def marks(reference: Reference) -> tuple[str, str]:
    return f"[{reference.resolved}|", "]"


def test_a_text() -> None:
    made = annotate("theo Nghị quyết số 5-NQ/TU; Nghị quyết 5, đã nêu", wrap=marks)
    assert made == "theo [5-NQ/TU|Nghị quyết số 5-NQ/TU]; [5-NQ/TU|Nghị quyết 5], đã nêu"


def test_the_default_is_a_link() -> None:
    made = annotate("<p>theo Nghị định số 7/2021/NĐ-CP</p>", html=True)
    assert made == (
        '<p>theo <a class="citation" href="#7/2021/NĐ-CP" title="7/2021/NĐ-CP">Nghị định số 7/2021/NĐ-CP</a></p>'
    )


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<b>Nghị định</b> số 7/2021/NĐ-CP", "<b>[7/2021/NĐ-CP|Nghị định]</b>[7/2021/NĐ-CP| số 7/2021/NĐ-CP]"),
        ("Nghị định số 7/2021/N&#272;-CP &amp; 5", "[7/2021/NĐ-CP|Nghị định số 7/2021/N&#272;-CP] &amp; 5"),
        (
            "<p>Nghị định</p><p>số 7/2021/NĐ-CP</p>",
            "<p>[7/2021/NĐ-CP|Nghị định]</p><p>[7/2021/NĐ-CP|số 7/2021/NĐ-CP]</p>",
        ),
        ("<a href='x'>5/QĐ-UBND</a> <script>'Quyết định 5/QĐ-UBND'</script>", None),
        ("<!-- Quyết định số 5/QĐ-UBND -->", None),
        ('<img alt="Quyết định số 5/QĐ-UBND">', None),
    ],
)
def test_html(html: str, made: str | None) -> None:
    assert annotate(html, html=True, wrap=marks) == (html if made is None else made)


PIECES = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<p>",
        "&amp;",
        "&#272;",
        "Nghị định số 7/2021/NĐ-CP",
        "Luật Đất đai 2013",
        " ",
        "x < y",
        "&",
        "\n",
        "<",
        "5/QĐ-",
        "UBND",
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_without_the_links_it_is_the_source(source: str) -> None:
    for html in (False, True):
        made = annotate(source, html=html, wrap=lambda r: ("\ue000", "\ue001"))
        assert re.sub("[\ue000\ue001]", "", made) == source
        assert made.count("\ue000") == made.count("\ue001")


class Depth(HTMLParser):
    """Fails where a link is closed inside another element than it was opened in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_links_nest() -> None:
    parser = Depth()
    parser.feed(annotate("<p><i>Nghị</i> định <b>số 7/2021</b>/NĐ-CP và <u>Luật <s>Đất</s> đai</u></p>", html=True))
    assert parser.open == []
