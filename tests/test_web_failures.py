"""Failures on the pages: a sentence and what to do in the reader's language, what the program said folded behind it."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from test_docs import errors
from web_site import client

from extractor.errors import DamagedFile, ExtractorError, TimedOut
from extractor.store.ledger import FileRow, Ledger
from extractor.web.failures import failure, failure_of
from extractor.web.words import Words

ENGLISH = re.compile(r"\b(?:the|file|is|it|again|not|was|and|check|cannot)\b")


def test_every_named_failure_has_its_name_a_sentence_and_what_to_do_in_both_languages() -> None:
    found = list(errors())
    assert len(found) > 30
    for kind in found:
        for language in ("vi", "en"):
            told = failure(Words(language), "x", kind.__name__)
            assert told.says[-1] == told.remedy[-1] == ".", kind
            assert told.label != kind.__name__ or language == "en"
            if language == "vi":
                plain = re.sub(r"'[^']*'|\S*/\S*|pip install|--\S+", "", f"{told.label} {told.says} {told.remedy}")
                assert not ENGLISH.search(plain), plain


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (DamagedFile("cut off", path="a/b.pdf"), "Tệp đúng loại nhưng bị hỏng hoặc bị cắt cụt."),
        (TimedOut("120 s", path="a", page=7), "Trang 7: Đọc tệp, hoặc mọi trang của tệp, lâu hơn thời gian cho phép."),
    ],
)
def test_the_page_is_told_and_the_message_kept(error: ExtractorError, says: str) -> None:
    told = failure_of(Words("vi"), error)
    assert (told.name, told.says, told.message) == (error.name, says, str(error))
    assert failure(Words("vi"), f"{error.name}: {error}") == told  # as other processes tell it


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("interrupted; run the same command again to go on", "đã ngắt; chạy lại cùng lệnh để tiếp tục"),
        ("Strange: words", "Có lỗi."),
        ("", "Có lỗi."),
    ],
)
def test_what_has_no_name_is_told_as_it_is(message: str, says: str) -> None:
    told = failure(Words("vi"), message)
    assert (told.name, told.says, told.remedy, told.message) == ("", says, "", message)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    with Ledger(tmp_path) as ledger:
        error = DamagedFile("page tree is broken", path="a/<b>.pdf", page=3)
        ledger.put(FileRow(tmp_path / "b.pdf", "a/<b>.pdf", "failed", error=error.name, message=str(error)))
        ledger.skip({"~$x.docx": "a lock file of Word", "y.zip": "extension .zip is not read"})
    return tmp_path


def shown(text: str) -> str:
    """What stands on the page, without what is folded."""
    text = re.sub(r"<details(?![^>]* open).*?</details>", "", text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_pages_tell_failures_in_the_language_that_is_chosen(out: Path) -> None:
    browser: Any = client(out)
    page = browser.get("/failures").text
    assert "Trang 3: Tệp đúng loại nhưng bị hỏng hoặc bị cắt cụt. Xin lại tệp" in shown(page)
    assert "page tree is broken" not in shown(page)
    assert "DamagedFile: a/&lt;b&gt;.pdf: page 3: page tree is broken" in page
    assert "tệp khóa của Word" in shown(page)
    assert "không đọc phần mở rộng .zip" in shown(page)
    assert "Tệp hỏng" in shown(browser.get("/").text)
    browser.cookies.set("extractor_language", "en")
    page = shown(browser.get("/failures").text)
    assert "Page 3: The file is of the right kind, but broken or cut off. Ask for the file again" in page
    assert "page tree is broken" in page
    assert "a lock file of Word" in page


def test_a_page_that_fails_tells_why(out: Path) -> None:
    browser: Any = client(out)
    (out / "extractor.sqlite").write_bytes(b"no database" * 100)
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "Tệp kho không phải cơ sở dữ liệu SQLite, hoặc đã hỏng. Xóa OUT/extractor.sqlite" in shown(answer.text)
    assert "StoreDamaged" in answer.text
