"""Words that stand for documents cited elsewhere: `Nghị định này`, `các Quyết định nêu trên`, `KH 239`, an agreed name.

Only where they stand and what they ask for; `extractor.linking.authorities` says which documents are meant. A bare
number behind a full type word with "số" is a reference already (`extractor.finding.citations`). Time is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.finding.doctypes import names_by_phrase
from extractor.finding.lazy import lazy, words_at

Pointer = Literal["this", "above", "number", "name"]


@dataclass(frozen=True, slots=True)
class ShortSpan:
    """A short form at `text[start:end]`.

    `type` is None for any document (`văn bản`); `count` is that of a plural (0: not said), None in the singular. `sure`
    is False where the words are a citation only if a document fits (`KH 239`).
    """

    start: int
    end: int
    pointer: Pointer
    type: str | None
    count: int | None = None
    number: str | None = None
    at: int | None = None  # "name": where the document's own citation ends
    sure: bool = True


_TYPE = (
    r"[Nn]ghị\s{1,4}định|[Nn]ghị\s{1,4}quyết|[Qq]uyết\s{1,4}định|[Cc]hỉ\s{1,4}thị|[Tt]hông\s{1,4}tư(?:\s{1,4}liên\s{1,4}tịch)?"
    r"|Kết\s{1,4}luận|[Kk]ế\s{1,4}hoạch|Công\s{1,4}văn|Thông\s{1,4}báo|Quy\s{1,4}định|Quy\s{1,4}chế|Tờ\s{1,4}trình"
    r"|Đề\s{1,4}án|Hướng\s{1,4}dẫn|Báo\s{1,4}cáo|Chương\s{1,4}trình|Phương\s{1,4}án|Công\s{1,4}điện|[Vv]ăn\s{1,4}bản"
    r"|Bộ\s{1,4}luật|[Ll]uật|Pháp\s{1,4}lệnh"
)
# A bare "trên" is also "on": only before what goes on with the sentence.
_ON = (
    r"trên(?=\s{0,3}(?:[,.;:)]|$)|\s{1,4}(?:đã|được|là|có|và|của|chưa|cũng|đều|sẽ|nhằm|đến|còn|thì|do|với|bảo|quy|phù|"
    r"làm|tạo|cho|khi|hiện|vẫn|phải|cần)(?!\w)(?!\scả))"
)
_POINTING = lazy(
    rf"(?<!\w)(?:(?P<many>[Cc]ác|[Nn]hững|[Hh]ai|[Bb]a|[Bb]ốn|[Cc]ả\shai|0?[2-9]|1\d)\s{{1,4}})?(?P<type>{_TYPE})\s{{1,4}}"
    rf"(?P<pointer>(?P<this>này|đó|ấy)|(?:đã\s|vừa\s|được\s)?(?:nêu|nói|kể|dẫn|viện\sdẫn)\s(?:ở\s)?trên(?:\sđây)?"
    rf"|trên\sđây|vừa\snêu|{_ON})(?!\w)"
)
_POINTERS = ("này", "đó", "ấy", "trên", "nêu")
_LAST_WORDS = frozenset(
    "định quyết thị tư tịch luận hoạch văn báo chế trình án dẫn cáo điện bản luật lệnh"
    " đã vừa được nói kể viện ở".split()
)
_LONGEST = 64
_COUNTS = {"các": 0, "những": 0, "hai": 2, "cả hai": 2, "ba": 3, "bốn": 4}
_COUNTS_NOTHING = lazy(r"(?:điều|khoản|điểm|mục|chương|phần|số|năm|tháng)\s{1,4}$", re.I)
# `Kế hoạch 239`, `NQ 26`, `KH239`; sure only where what follows is no unit.
_NUMBERED = lazy(
    r"(?:(?P<full>Kế\s{1,4}hoạch|Công\s{1,4}văn|Thông\s{1,4}báo|Quy\s{1,4}định|Tờ\s{1,4}trình|Đề\s{1,4}án|Hướng\s{1,4}dẫn"
    r"|Báo\s{1,4}cáo|Chương\s{1,4}trình|Kết\s{1,4}luận|Phương\s{1,4}án|Công\s{1,4}điện|Nghị\s{1,4}quyết|Nghị\s{1,4}định"
    r"|Quyết\s{1,4}định|Chỉ\s{1,4}thị|Thông\s{1,4}tư)\s{1,4}(?:số\s{1,4})?|(?P<code>NQ|QĐ|NĐ|KH|CT|KL|TB|HD|TT|CV|CTr|TTr|BC|ĐA)"
    r"(?:\s{1,4}(?:số\s{1,4})?|-)?)(?P<n>\d{1,5}[a-zđ]?(?:/(?:19|20)\d\d)?)(?![\w%/]|[.,]\d|\s?[-–]\s?[\dA-ZĐ]|\s?%|\s{1,3}/)"
)
_AFTER_NUMBER = lazy(
    r"\s{0,3}(?:[,;.:)(”\"]|$)|\s{1,4}(?:ngày|của|về|đã|được|và|là|có|trên|theo|đến|tại|cho|để|nhằm|do|nêu|yêu|trước|gồm|với"
    r"|trong|như|vào|thì|tới|chưa|sẽ|hướng|thực|sửa|thay|cũng|phải|còn|hay|hoặc|quy|ban|giao|phê|đạt|này)(?!\w)"
)
_MOST_NAMES = 40
"""Names that a text can agree on; each is looked for in all of it."""
_YEARS = range(1900, 2100)
# Names that programmes carry without being documents: `Chương trình 135` is one only where a document fits.
_WEAK = frozenset(("Chương trình", "Đề án", "Báo cáo", "Phương án", "Quy định"))
_AGREED = lazy(
    r"\(\s{0,2}(?:(?:sau|dưới)\s{1,2}đây\s{1,4})?(?:được\s{1,2})?(?:gọi|viết)\s{1,4}(?:tắt\s{1,4}|chung\s{1,4})?(?:là\s{1,4}|:\s{0,4})?"
    r"[“\"]?(?P<name>[^\W\d_][^()“”\"\n;]{2,60}?)[”\"]?\s{0,2}\)"
)


def find_short_forms(text: str, taken: Sequence[tuple[int, int]]) -> list[ShortSpan]:
    """The short forms of `text` in order, none of them within `taken`, the spans of its references."""
    found = [*_pointing(text), *_numbered(text), *_agreed(text, taken)]
    found.sort(key=lambda s: (s.start, s.pointer != "name", -s.end))
    kept: list[ShortSpan] = []
    done, waiting = 0, list(taken)
    waiting.sort()
    at = 0
    for span in found:
        while at < len(waiting) and waiting[at][1] <= span.start:
            at += 1
        inside = at < len(waiting) and waiting[at][0] < span.end
        if not inside and span.start >= done:
            kept.append(span)
            done = span.end
    return kept


def _pointing(text: str) -> Iterator[ShortSpan]:
    for match in _pointings(text):
        many = " ".join(match["many"].lower().split()) if match["many"] else None
        if many and many.isdigit() and _COUNTS_NOTHING.search(text, max(0, match.start() - 12), match.start()):
            many = None  # `Điều 9 Nghị định này`
        count = None if many is None else _COUNTS[many] if many in _COUNTS else int(many)
        small = match["type"][0].islower()
        kind = " ".join(match["type"].lower().split())
        if small and kind in ("kế hoạch", "quyết định") and (match["this"] or many is None):
            continue  # the common nouns: this plan, that decision
        start = match.start() if count is not None else match.start("type")
        yield ShortSpan(start, match.end(), "this" if match["this"] else "above", _type(kind), count)


def _pointings(text: str) -> Iterator[re.Match[str]]:
    """What `_POINTING.finditer(text)` finds, tried only around the words that point."""
    at = sorted(found for word in _POINTERS for found in _occurrences(text, word))
    done = 0
    for pointer in at:
        before = text[max(0, pointer - 10) : pointer].split()
        if pointer < done or not before or before[-1].lower() not in _LAST_WORDS:
            continue
        found = _POINTING.search(text, max(done, pointer - _LONGEST), pointer + _LONGEST)
        if found and found.start("pointer") <= pointer < found.end():
            done = found.end()
            yield found


def _occurrences(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _type(phrase: str) -> str | None:
    if phrase == "văn bản":
        return None
    laws = {"luật": "Luật", "bộ luật": "Bộ luật", "pháp lệnh": "Pháp lệnh"}
    return laws.get(phrase) or names_by_phrase()[phrase]


def _numbered(text: str) -> Iterator[ShortSpan]:
    for match in words_at(_NUMBERED, text):
        number = match["n"]
        if number.isdigit() and int(number) in _YEARS:
            continue
        goes_on = _AFTER_NUMBER.match(text, match.end()) is not None
        word = " ".join((match["full"] or match["code"]).split())
        kind = names_by_phrase().get(word.lower()) or _types_of_codes().get(word)
        if kind:
            yield ShortSpan(
                match.start(), match.end(), "number", kind, number=number,
                sure=goes_on and bool(match["full"]) and kind not in _WEAK,
            )  # fmt: skip


def _types_of_codes() -> dict[str, str]:
    from extractor.finding.doctypes import names_by_code

    known = names_by_code()
    return {"CV": "Công văn"} | {c: known[c.upper()] for c in "NQ QĐ NĐ KH CT KL TB HD TT CTr TTr BC ĐA".split()}


def _agreed(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[ShortSpan]:
    """Later uses of a name that the text has agreed on: `… (sau đây gọi tắt là Chương trình 1719)`."""
    ends = sorted(end for _, end in taken)
    known: set[str] = set()
    for agreed in _AGREED.finditer(text):
        name = agreed["name"].strip()
        if name in known or len(known) == _MOST_NAMES:
            continue
        if len(name.split()) < 2 or name.lower().startswith(
            ("các ", "ủy ban", "uỷ ban", "ban ", "hội đồng", "sở ", "bộ ")
        ):
            continue
        first = " ".join(name.split()[:2]).lower()
        kind = names_by_phrase().get(first) or _types_of_codes().get(name.split()[0])
        if kind is None:
            continue
        at = bisect_right(ends, agreed.start()) - 1
        if at < 0 or "\n" in text[ends[at] : agreed.start()]:
            continue
        known.add(name)
        cited = ends[at]
        at = text.find(name, agreed.end())
        while at >= 0:
            end = at + len(name)
            if not text[at - 1].isalnum() and not text[end : end + 1].isalnum():
                yield ShortSpan(at, end, "name", kind, at=cited)
            at = text.find(name, end)
