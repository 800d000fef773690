"""The parts of a report whose lines stand alone: letterhead and signature block (Nghị định 30/2020/NĐ-CP, Phụ lục I).

In them a short line is a line (an organ, a motto, a recipient, a role, a name); elsewhere it may be the torn start
of a paragraph.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from extractor.layout import openers
from extractor.layout.lines import Line

LETTERHEAD = 40
"""No letterhead has more lines than this."""


SIGNING = "NnTKQ"
"""First letters of what opens a signature block."""


@lru_cache(maxsize=1)
def _motto() -> regex.Pattern[str]:
    return regex.compile(r"(?i:cộng ho[àa]|cộng h[òo]a|độc lập\s*[-–]|đảng cộng sản việt nam)")


@lru_cache(maxsize=1)
def _organ() -> regex.Pattern[str]:
    return regex.compile(
        r"(?i:(?:uỷ|ủy) ban|ubnd|hđnd|hội đồng|(?:tỉnh|huyện|thành|quận|thị|đảng) (?:uỷ|ủy)|sở |ban |bộ |văn phòng"
        r"|số\s*:)|ĐẢNG BỘ |CHI BỘ |BẢO HIỂM |NGÂN HÀNG |KHO BẠC |T(?:ÒA|OÀ) ÁN |VIỆN |CÔNG AN |(?:TỔNG |CHI )?CỤC |"
        r"HỘI |LIÊN ĐOÀN |(?:TỈNH |HUYỆN |THÀNH )?ĐOÀN |MẶT TRẬN |UBMTTQ|TRƯỜNG |TRUNG TÂM |THANH TRA |KIỂM TOÁN |"
        r"PHÒNG |THUẾ |TỔNG CÔNG TY "
    )


@lru_cache(maxsize=1)
def _body() -> regex.Pattern[str]:
    return regex.compile(r"(?i:căn cứ|xét |thực hiện |kính gửi|theo )")


@lru_cache(maxsize=1)
def _signature() -> regex.Pattern[str]:
    return regex.compile(r"(?i:nơi\s+nhận)\s*:?|(?:TM|KT|TL|TUQ|T/M|Q)\.\s?\p{Lu}")


class Zones:
    """Walks down the lines and says for each whether it stands in the letterhead or the signature block."""

    def __init__(self) -> None:
        self.zone = ""
        self.seen = 0

    def enter(self, line: Line) -> bool:
        """Whether `line` is in a zone. Call once a line, in order."""
        self.seen += 1
        text = line.text
        early = self.seen <= LETTERHEAD and self.zone != "signature"
        if early and (_motto().match(text) or (self.seen == 1 and _organ().match(text))):
            self.zone = "letterhead"
        elif self.zone == "letterhead" and self._leaves(text):
            self.zone = ""
        if text[0] in SIGNING and _signature().match(text):
            self.zone = "signature"
        elif self.zone == "signature" and (len(text) > 95 or openers.bare_marker(text)):
            self.zone = ""
        return self.zone != ""

    def _leaves(self, text: str) -> bool:
        """Whether the letterhead ends before this line: at the document's type, its legal grounds or its addressee."""
        bodily = _body().match(text) or openers.bulleted(text) or openers.bare_type(text)
        return self.seen > LETTERHEAD or bool(bodily)
