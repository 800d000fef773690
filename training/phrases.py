"""The text of one line: running prose, shuffled words, invented syllables, numbers, symbols, dates, headings, places.

Shares of the kinds are those that the prototype was measured with (shared/research/ocr-model.md), places added.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from extractor.recognising.alphabet import CHARACTERS, LEVEL_DIGITS, RAISED_DIGITS, folded
from training.corpus import Corpus

Item = TypeVar("Item")

LONGEST = 110
"""Characters of a line: A4 in 10 points holds no more."""

_ORGANS = (
    "UBND HĐND NĐ-CP TTg BTC BNNPTNT SYT SGDĐT TU VP TB CTr CT HNDT LĐTBXH SKHĐT TT-BTC QĐ-UBND NQ-HĐND BC-UBND "
    "KH-UBND TT-BKHĐT VPCP CTrTT STNMT BCĐ TT-BYT QH14 QH15 NQ-CP CT-TTg TB-VPCP TTr-UBND BNV BTNMT UBDT SNN SVHTTDL"
).split()
_TYPES = "QĐ KH BC NQ TTr CV TB CT NĐ TT GM HD PA".split()
_LAWS = "NĐ-CP TT-BTC QĐ-TTg NQ-HĐND QH13 QH14 QH15 TT-BNNPTNT QĐ-UBND TT-BGDĐT NQ-CP TT-BYT".split()
_PARTY = "TU HU TW BTCTW HNDT ĐU BCĐ UBKT".split()
_UNITS = (
    "%|%.|%;|%,|triệu đồng|tỷ đồng|ha|ha;|m²|km²|km|m³|tấn|hộ|người|lượt|xã|tháng|năm|giờ|USD|triệu USD|kg|tạ/ha|con|"
    "đồng/người/năm|nghìn đồng|điểm %|°C|mm|kWh|MW|cơ sở|dự án|thôn|bản|km/h|m|cm|lít"
).split("|")
_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI".split()
_PARTS = "Điều Khoản Mục Phụ lục|Biểu|Bảng|Điểm".replace(" ", "|").replace("Phụ|lục", "Phụ lục").split("|")
_HEADINGS = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc|"
    "Độc lập – Tự do – Hạnh phúc|ỦY BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|ĐẢNG CỘNG SẢN VIỆT NAM|BÁO CÁO|KẾ HOẠCH|QUYẾT ĐỊNH|"
    "NGHỊ QUYẾT|THÔNG BÁO|TỜ TRÌNH|CHƯƠNG TRÌNH|Nơi nhận:|TM. ỦY BAN NHÂN DÂN|KT. CHỦ TỊCH|PHÓ CHỦ TỊCH|CHỦ TỊCH|"
    "T/M BAN THƯỜNG VỤ|BÍ THƯ|- Như trên;|- Lưu: VT, KT.|Kính gửi:|Đơn vị tính: triệu đồng|STT|TT|Tổng cộng|Ghi chú|"
    "Nội dung|Số lượng|Tỷ lệ (%)|Chỉ tiêu|DANH MỤC|PHỤ LỤC|BIỂU TỔNG HỢP|Kế hoạch|Thực hiện|Đạt (%)|So với cùng kỳ (%)"
).split("|")
_ONSETS = ["", "", "", *"b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()]
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê "
    "êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oan oang oanh "
    "oat oay oăn oăng oc oe oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uât uê ui um un ung "
    "uôc uôi uôm uôn uông uôt up ut uy uyên uyêt uynh ư ưa ưc ưi ưng "
    "ươc ươi ươm ươn ương ươp ươt ưu y yêm yên yêu"
).split()
_TONES = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
_BULLETS = ["- ", "+ ", "* ", "– ", "• ", "→ "]


class Phrases:
    """Draws lines of text from a corpus and a generator of random numbers."""

    def __init__(self, corpus: Corpus, rng: np.random.Generator) -> None:
        self._corpus, self._rng = corpus, rng
        self._kinds: Sequence[tuple[float, Callable[[int], str]]] = (
            (0.44, self._prose),
            (0.15, self._shuffled),
            (0.10, self._invented),
            (0.14, self._numbers_and_words),
            (0.07, self._numbers),
            (0.04, lambda _: self._heading()),
            (0.03, lambda _: self._place()),
            (0.03, self._signs),
        )

    def line(self) -> str:
        """A folded line of 1 to `LONGEST` characters; raised digits stand at the ends of words alone."""
        shares = [share for share, _ in self._kinds]
        while True:
            made = self._kinds[int(self._rng.choice(len(shares), p=shares))][1](self._length())
            made = self._cased(made)
            if self._chance(0.04):
                made = self._noted(made)
            made = self._levelled(folded(made))[:LONGEST].strip()
            if made:
                return made

    def _length(self) -> int:
        low, high = self._one([(45, 92), (45, 92), (45, 92), (14, 45), (14, 45), (1, 14)])
        return self._between(low, high)

    # kinds of line

    def _prose(self, length: int) -> str:
        words = self._one(self._corpus.paragraphs)
        at = self._between(0, len(words) - 1) if self._chance(0.75) else 0
        made: list[str] = []
        while len(" ".join(made)) < length:
            if at >= len(words):
                if self._chance(0.3) or len(" ".join(made)) > 0.4 * length:
                    break
                words, at = self._one(self._corpus.paragraphs), 0
            made.append(words[at])
            at += 1
            if self._chance(0.03):
                made.append(self._figure())
        return " ".join(made)

    def _shuffled(self, length: int) -> str:
        def word() -> str:
            made = self._one(self._one(self._corpus.paragraphs))
            made = self._signed(made) if self._chance(0.15) else made
            return made.capitalize() if self._chance(0.1) else made

        return self._filled(length, word)

    def _invented(self, length: int) -> str:
        def word() -> str:
            if self._chance(0.08):
                return self._figure()
            made = self._syllable()
            made = made.capitalize() if self._chance(0.2) else made
            return self._signed(made) if self._chance(0.2) else made

        return self._filled(length, word)

    def _numbers_and_words(self, length: int) -> str:
        def word() -> str:
            made = self._figure() if self._chance(0.6) else self._one(self._one(self._corpus.paragraphs))
            return self._signed(made) if self._chance(0.15) else made

        return self._filled(length, word)

    def _numbers(self, length: int) -> str:
        return " ".join(self._figure() for _ in range(1 if self._chance(0.8) else self._between(2, 5)))

    def _heading(self) -> str:
        kind = self._between(0, 9)
        if kind == 0:
            return f"Số: {self._symbol()}"
        if kind == 1:
            return f"{self._one(self._corpus.places)}, {self._date()}"
        if kind == 2:
            return f"(Kèm theo {self._one(['Báo cáo', 'Quyết định', 'Kế hoạch'])} số {self._symbol()} {self._date()})"
        if kind == 3:
            return f"Phụ lục {self._one([*_ROMAN[:5], '01', '02'])}"
        if kind == 4:
            return f"ĐVT: {self._one(_UNITS)}"
        return self._one(_HEADINGS)

    def _place(self) -> str:
        def named() -> str:
            kind = self._one(["xã", "phường", "thị trấn", "huyện", "thị xã", "tỉnh", "thành phố", "Xã", "Huyện", ""])
            return f"{kind} {self._one(self._corpus.places)}".strip()

        return ", ".join(named() for _ in range(self._between(1, 4)))

    def _signs(self, length: int) -> str:
        count = self._between(1, max(2, length // 3))
        made = "".join(self._one(CHARACTERS) for _ in range(count))
        if self._chance(0.5):
            step = self._between(2, 7)
            made = " ".join(made[k : k + step] for k in range(0, len(made), step))
        return made.replace("|", "")

    def _filled(self, length: int, word: Callable[[], str]) -> str:
        made = word()
        while len(made) < length:
            made += " " + word()
        return made

    # parts of lines

    def _figure(self) -> str:
        return [self._number, self._number, self._date, self._symbol, self._quantity, self._quantity][
            self._between(0, 5)
        ]()

    def _number(self) -> str:
        def digits(most: int) -> int:
            return self._between(0, 10 ** self._between(1, most) - 1)

        places = self._between(1, 3)
        decimals = f",{self._between(0, 10**places - 1):0{places}d}"
        kind = self._between(0, 19)
        if kind < 4:
            return str(digits(5))
        if kind < 9:
            return _grouped(digits(10))
        if kind < 14:
            return f"{digits(4)}{decimals}"
        if kind < 16:
            return f"{_grouped(digits(8))}{decimals}"
        if kind < 17:
            return f"{digits(3)}.{self._between(0, 99):02d}"
        if kind < 18:
            return f"{self._between(1, 99)}/{self._between(1, 99)}"
        if kind < 19:
            return f"{self._between(1, 99):02d}"
        return self._one(["+", "-", "≥", "≤", "±", "(", "x", "~"]) + str(digits(4))

    def _year(self) -> str:
        return str(self._between(1975, 2045))

    def _date(self) -> str:
        day, month, year = self._between(1, 31), self._between(1, 12), self._year()
        forms = [f"{day:02d}/{month:02d}/{year}", f"{day}/{month}/{year}"]
        forms += [f"ngày {day:02d} tháng {month:02d} năm {year}", f"{day:02d}.{month:02d}.{year}"]
        forms += [f"{day:02d}-{month:02d}-{year}", f"tháng {month}/{year}"]
        return forms[int(self._rng.choice(6, p=[0.35, 0.2, 0.25, 0.07, 0.05, 0.08]))]

    def _symbol(self) -> str:
        kind, organ, number = self._between(0, 9), self._one(_ORGANS), self._between(1, 9999)
        if kind < 4:
            return f"{number}/{organ}" if "-" in organ else f"{number:02d}/{self._one(_TYPES)}-{organ}"
        if kind < 7:
            return f"{self._between(1, 999):02d}/{self._year()}/{self._one(_LAWS)}"
        if kind < 9:
            return f"{number}-{self._one(_TYPES)}/{self._one(_PARTY)}"
        return "".join(self._one("ABCDĐEGHKLMNPQRSTUVXY0123456789") for _ in range(self._between(3, 9)))

    def _quantity(self) -> str:
        kind = self._between(0, 9)
        if kind < 5:
            return self._number() + self._one([" ", " ", " ", ""]) + self._one(_UNITS)
        if kind < 6:
            return self._year() + self._one(["-", " - ", "–"]) + self._year()
        if kind < 7:
            return f"quý {self._one(_ROMAN[:4])}/{self._year()}"
        if kind < 8:
            return self._one(_ROMAN) + self._one([".", ")", "", ":"])
        if kind < 9:
            return ".".join(str(self._between(1, 19)) for _ in range(self._between(1, 3))) + self._one([".", "", ")"])
        return f"{self._one(_PARTS)} {self._between(1, 99)}"

    def _syllable(self) -> str:
        rime = self._one(_RIMES)
        vowels = [k for k, c in enumerate(rime) if c in "aăâeêioôơuưy"]
        marked = [k for k in vowels if rime[k] in "ăâêôơư"]
        at = marked[-1] if marked else vowels[0] if len(vowels) == 1 else vowels[-2] if len(vowels) > 2 else vowels[
            int(vowels[-1] < len(rime) - 1)
        ]
        toned = unicodedata.normalize("NFC", rime[: at + 1] + self._one(_TONES))
        return self._one(_ONSETS) + toned + rime[at + 1 :]

    def _signed(self, word: str) -> str:
        kind = self._between(0, 9)
        if kind < 1:
            return f"“{word}{self._one(['”', '”', ''])}"
        if kind < 2:
            return word + self._one(["”", "”.", "”;"])
        if kind < 4:
            return f"({word}{self._one([')', ''])}"
        if kind < 6:
            return word + self._one([")", ");", ").", "…", "...", "./.", "!", "?", " –", " -", " +", " ="])
        if kind < 8:
            return word + self._one([",", ";", ":", "."])
        return self._one(_BULLETS) + word

    def _cased(self, text: str) -> str:
        if self._chance(0.14):
            return text.upper()
        return text.title() if self._chance(0.03) else text

    def _noted(self, text: str) -> str:
        """With a footnote's mark behind a word."""
        words = text.split(" ")
        at = self._between(0, len(words) - 1)
        words[at] += str(self._between(1, 49)).translate(RAISED_DIGITS)
        return " ".join(words)

    @staticmethod
    def _levelled(text: str) -> str:
        """Raised digits are drawn at the ends of words alone: elsewhere they are taken down to the line."""
        made = []
        for word in text.split(" "):
            core = word.rstrip("²³¹⁰⁴⁵⁶⁷⁸⁹")
            made.append(core.translate(LEVEL_DIGITS) + word[len(core) :] if core else word.translate(LEVEL_DIGITS))
        return " ".join(made)

    # chance

    def _chance(self, share: float) -> bool:
        return bool(self._rng.random() < share)

    def _between(self, low: int, high: int) -> int:
        return int(self._rng.integers(low, high + 1))

    def _one(self, some: Sequence[Item]) -> Item:
        return some[int(self._rng.integers(len(some)))]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
