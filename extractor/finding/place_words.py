"""What the search for places knows: the automaton of names and cues, the expressions that read the words around a name.

Everything is built on first use. The words themselves are data: patterns/place_cues.toml.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import ahocorasick
import regex

from extractor import patterns
from extractor.gazetteer import gazetteer
from extractor.gazetteer.names import key, variants

CueLevel = Literal["commune", "district", "province", "city"]


class Cue(NamedTuple):
    """A word that says the level of the name after it. abbreviation: only valid with a capital letter (`TX.`, `TP`)."""

    level: CueLevel
    word: str
    entry: str
    abbreviation: bool


class Name(NamedTuple):
    """A spelling of one or more look-up keys of the gazetteer."""

    keys: tuple[str, ...]


class Lexicon(NamedTuple):
    """The automaton (values: Cue, Name, or None for a phrase that only contains a name) and the other word lists."""

    automaton: Any
    counters: dict[str, str]  # words before a name that say it is no unit -> their entry
    common: frozenset[str]  # names that are ordinary words: units only after a cue
    cues: dict[str, Cue]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Built once from the gazetteer and patterns/place_cues.toml."""
    data = patterns.load("place_cues")
    words: dict[str, list[Cue | Name | None]] = {}
    spelled: dict[str, set[str]] = {}
    for name in gazetteer().by_key:
        for spelling in variants(name):
            spelled.setdefault(spelling, set()).add(name)
    for spelling, keys in spelled.items():
        words[" " + spelling] = [Name(tuple(sorted(keys)))]
    cues: dict[str, Cue] = {}
    for entry in data.get("cue", []):
        short = [w.lower() for w in entry.get("abbreviations", [])]
        for word in [*(v for w in entry["words"] for v in variants(w)), *short]:
            cues[word] = Cue(entry["level"], word, entry["name"], word in short)
            words.setdefault(" " + word, []).append(cues[word])
    for entry in data.get("phrase", []):
        for spelling in {v for w in entry["words"] for v in variants(key(w))}:
            words.setdefault(" " + spelling, []).append(None)
    automaton = ahocorasick.Automaton()
    for word, values in words.items():
        automaton.add_word(word, (len(word) - 1, values))
    automaton.make_automaton()
    counters = {v: e["name"] for e in data.get("counter", []) for w in e["words"] for v in variants(w)}
    common = frozenset(v for e in data.get("common", []) for w in e["words"] for v in variants(key(w)))
    return Lexicon(automaton, counters, common, cues)


_PUNCTUATION = ',.;:()[]{}<>/\\|"“”„«»…!?*+=&%~•·−–—‐‑‒-\n\t\r\f\v\xa0\u2002\u2003\u2007\u2009\u202f\u3000'
_REPLACED = {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "ð": "đ"}


class Flat(NamedTuple):
    """A text with each run of blanks made one character, framed by blanks, and the map back.

    `low` has the same length: lower case, punctuation as blanks, so that every name and cue starts after a blank.
    """

    text: str
    low: str
    starts: list[int]
    shifts: list[int]

    def origin(self, at: int) -> int:
        """The offset in the original text of the character at `at`."""
        return at + self.shifts[bisect_right(self.starts, at) - 1]


@lru_cache(maxsize=1)
def _runs() -> Any:
    return regex.compile(r"\s{2,}")


def flatten(text: str) -> Flat:
    """Names are torn by line ends and wide blanks in plain text: a run counts as one blank, or as one line end."""
    pieces, starts, shifts = [" "], [0], [-1]
    at, length = 0, 1
    for run in _runs().finditer(text):
        pieces += [text[at : run.start()], "\n" if "\n" in run[0] else " "]
        length += run.start() - at + 1
        at = run.end()
        starts.append(length)
        shifts.append(at - length)
    flat = "".join([*pieces, text[at:], " "])
    low = flat.lower()
    if len(low) != len(flat):  # İ is the one letter whose lower case is longer
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in flat)
    for char, other in _REPLACED.items():
        low = low.replace(char, other)
    for char in _PUNCTUATION:
        low = low.replace(char, " ")
    return Flat(flat, low, starts, shifts)


class Rules(NamedTuple):
    """The expressions that read the words around a name."""

    plural: Any  # before a cue: it heads a list (`các xã`, `05 xã`, `xã, phường`)
    not_cue: Any  # before a cue: it is none (`cấp xã`, `hợp tác xã`)
    direct: Any  # between a cue and its name
    head: Any  # between a plural cue and the first name of its list
    far_head: Any  # the same with words between: `một số xã trong huyện như`
    modified: Any  # before a name: words that may stand between the cue and its list
    separator: Any  # between the members of a list, with the amounts that may stand behind each
    aside: Any  # before the parent of one member of a list: `A (huyện X), B (huyện Y)`
    run: Any  # capitalised words
    numbers: Any  # one more number of a list
    capital: Any  # a capitalised word right before a name
    byline: Any  # a line that names its authors
    listed: Any  # a plural head with the names between it and one more: `các tuyến đường A, B,`


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Compiled once."""
    counted = (
        r"(?:các|những|một số|nhiều|mọi|mấy|theo|từng|\d+(?:/\d+)?|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
        r"(?:\s+(?:địa phương|đơn vị))?"
    )
    unit = r"(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)"
    amount = r"(?:\s*(?:cũ|mới))?(?:\s*\([^()]{0,50}\)|\s*:?\s*\d[\d.,/]*(?:[^;:()\n,\p{Lu}]{0,40}[^;:()\n,\p{Lu}\s])?)"
    modifier = (
        r"(?:vùng (?:cao|sâu|xa|cát|biên|trũng|hạ|thượng|bãi ngang|lũ|khó khăn)|miền núi|ven biển|ven sông|biên giới"
        r"|nghèo|bãi ngang|hải đảo|(?:đặc biệt )?khó khăn|trọng điểm|trung du|đồng bằng|còn lại|lân cận|giáp ranh"
        r"|phía (?:bắc|nam|đông|tây))"
    )
    compiled = regex.compile
    return Rules(
        plural=compiled(rf"(?:\b{counted}|\b{unit}\s*(?:[,/]|và|-)(?: và)?)\s*$", regex.IGNORECASE),
        not_cue=compiled(r"(?:\bcấp|\bhợp tác|\bliên|\bchính sách|\bkinh tế\s*[-–]|\ban sinh)\s*$", regex.IGNORECASE),
        direct=compiled(r"[\s.]*[“\"']?\s*"),
        head=compiled(r"[\s“\"]*(?:(?:là|như|gồm|gồm có|bao gồm|như sau|sau)\s*)?[:(\[]*\s*[“\"]?"),
        far_head=compiled(
            rf"\b{counted}\s+({unit})(?:\s*(?:[,/]|và)\s*{unit})*"
            rf"(?:[^.;:()\n]{{0,60}}?(?:\(?\s*(?:như|gồm|có|là)|:|\()\s*:?\s*\(?|\s+{modifier})\s*$",
            regex.IGNORECASE,
        ),
        modified=compiled(rf"{modifier}\s*$", regex.IGNORECASE),
        separator=compiled(
            rf"(?:{amount}|\s*(?:cũ|mới))?\s*(?:[,;/+]|và|hoặc|cùng|với|-|–)\s*(?:và\s+|hoặc\s+)?(?:một phần\s+)?"
            rf"(?:\(\d+\)\s*)?(?:{unit}\s+)?",
            regex.IGNORECASE,
        ),
        aside=compiled(rf"\s*\(\s*(?:{unit}|TP\.?|TX\.?)?\s*", regex.IGNORECASE),
        run=compiled(r"\p{Lu}[\p{L}'’]*+(?:[ -]{1,3}\p{Lu}[\p{L}'’]*+){0,4}(?: \d{1,2}(?![\d.,/]))?"),
        numbers=compiled(r"\s*(?:,|và)\s*(\d{1,2})(?![.,]?\d)(?!\s*(?:%|/))"),
        capital=compiled(r"(\p{Lu}[\p{L}&]*+(?:\.[\p{L}&]++)*+) $"),
        byline=compiled(
            r"\s*(?:bài|ảnh|tin|tác giả|nguồn ảnh|phóng viên|pv|nhóm pv|biên tập|thực hiện|người (?:lập|viết|soạn))\b"
            r"[^:.\n\d]{0,20}:",
            regex.IGNORECASE,
        ),
        listed=compiled(
            r"\b(?:các|những)\s((?:\p{Ll}+\s){1,4})(?:\p{Lu}[\p{L}'’]*+(?:[ -]\p{Lu}[\p{L}'’]*+)*+,\s){1,8}$"
        ),
    )


# Words that are no part of a unit's name though capitalised after a cue (`xã Hội Nông dân`, `huyện Đảng bộ`).
NO_NAME = frozenset(
    "hội đảng đoàn ủy uỷ chủ phó bí ban trung mặt công nông ubnd hđnd ubmttq mttq việt quốc nhà nghị quyết kế báo căn"
    " số năm tháng ngày trưởng giám sở phòng văn chi cục tổng bộ thủ chính phủ lãnh cán tổ nội tài kinh thông tư liên"
    " cộng độc và của là đã các thường trực ntm nn hnd đ/c đồng thành tỉnh huyện xã phường thị quận khu thôn ấp bản"
    " trường trạm hộ nhân dân người khi trong ngoài theo từ để do tại được đạt có không gồm vùng đội dự toàn bảo lực"
    " quân an cựu phụ thanh giai tiêu điều khoản mục phần nhiều tiếp đề lập".split()
)
# Capitalised words that open a sentence or an organisation's name and may stand right before a unit's name.
BEFORE_NAME = frozenset(
    "tại ở riêng từ và với trên trong về đến qua theo cả báo đài sở hội đoàn cục chi vùng hiện nay như gồm là đất phía"
    " khu đó do miền toàn nhất lãnh tỉnh huyện xã thành phường quê gốc đi giữa sau trước cho bộ".split()
)
# Family names, also of the peoples of the mountains and Highlands: an unknown name that opens with one is a person.
SURNAMES = frozenset(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đinh Trịnh Mai Tô Lò Vàng Giàng Sùng"
    " Thào Hà Cao Lương Tạ Trương Vừ Lầu Ma Hầu Cư Quàng Cầm Đoàn Lâm Chu Triệu Nông La Tẩn Chảo Lù Thạch Sơn Kim Danh"
    " Châu Y Hứa Lục Mạc Thái Vương Từ Đàm Quách Tống Nghiêm Văn Hờ Mùa Cứ Tráng Thền Phàn Bàn Lường Tòng Vi Lang Ksor"
    " Rơ Siu Kpă Nay Rmah Rơchâm Puih A H Niê Êban Ayun Mlô K Đàng Bling Zơrâm Alăng Pơloong Coor Arất Bhnướch".split()
)
