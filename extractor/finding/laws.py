"""Laws, codes, ordinances and the constitution cited by name: where the name ends, and its canonical form.

Names come from `patterns/laws.toml`; one that is not listed is read by grammar: a capitalised word after `Luật`, then
words up to punctuation or a word that cannot stand inside a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor import patterns
from extractor.finding.lazy import lazy


@dataclass(frozen=True, slots=True)
class LawMention:
    """A law's name at `text[start:end]`; `listed` is False where only the grammar knows it."""

    start: int
    end: int
    name: str
    type: str
    listed: bool


_HEAD = lazy(
    r"[Bb]ộ\s{1,4}[Ll]uật|BỘ\s{1,4}LUẬT|Luật|LUẬT|luật(?=\s[A-ZĐ])|Pháp\s{1,4}lệnh|PHÁP\s{1,4}LỆNH"
    r"|Hiến\s{1,4}pháp|HIẾN\s{1,4}PHÁP"
)
_TYPES = {"bộ luật": "Bộ luật", "luật": "Luật", "pháp lệnh": "Pháp lệnh", "hiến pháp": "Hiến pháp"}
_NOT_BEFORE = frozenset(
    "xã thôn bản phường ấp buôn làng ông bà huyện cầu chợ pháp kỷ đoàn hội học khoa trường ngành cử viện chí ty"
    " phòng giới môn thạc tiến giảng tạp bộ".split()
)
_WORD = lazy(r"(?:[\s,]{0,6}|\s[-–]\s)([^\W_]+(?:/[^\W_]+)?)")
_TITLE_WORD = lazy(r"\s{1,4}([^\W\d_]+)")
_AMENDING = lazy(
    r"\s{1,4}(?:[Ss]ửa\s{1,4}đổi|SỬA\s{1,4}ĐỔI)(?:\s{0,3},?\s{0,4}(?:bổ\s{1,4}sung"
    r"|BỔ\s{1,4}SUNG))?\s{1,4}(?:một\s{1,4}số\s{1,4}|MỘT\s{1,4}SỐ\s{1,4}|các\s{1,4})?"
    r"(?:điều|ĐIỀU)(?:,\s{0,4}khoản)?\s{1,4}(?:của|CỦA)\s{1,4}(?:các\s{1,4})?"
)
_AND = lazy(r"\s{0,3}(?:,|;|và)\s{1,4}(?:của\s{1,4})?(?=(?:Bộ\s{1,4}l|L)uật|Pháp)")
_NATION = lazy(r"\s{1,4}nước\s{1,4}(?:Cộng\s{1,4}hòa|Cộng\s{1,4}hoà|CHXHCN)[^\d.,;\n]{0,45}?Việt\s{1,4}Nam")
# Lower-case words that cannot stand inside a title: always, or only before the words given.
_STOP = frozenset(
    "số năm ngày được có đã của trên tại cho theo để là này thì trong với do khi từ đến bị nhằm hoặc hay cũng"
    " phải những về nêu"
    " bằng như ký sẽ đang nên vào đó".split()
)
_STOP_WITH = {
    "sửa": "đổi", "quy": "định", "hiện": "hành nay", "đối": "với", "một": "số", "ban": "hành", "thông": "qua",
    "bao": "gồm",
    "không": "có được phải quy", "chưa": "được có quy", "các": "văn quy nghị luật", "và": "các quy nghị pháp"
        " văn", "bổ": "sung",
    "thực": "hiện", "triển": "khai", "tuyên": "truyền", "mới": "được ban", "còn": "có nhiều hạn", "nói": "chung riêng",
}  # fmt: skip
_MAX_WORDS = 10


def _plain(word: str) -> str:
    """A word without the difference of case and of where the tone mark of oa, oe, uy stands."""
    word = word.lower()
    for old, new in _TONES:
        if old in word:
            word = word.replace(old, new)
    return word


_TONES = [
    ("uỷ", "ủy"), ("uý", "úy"), ("uỳ", "ùy"), ("uỵ", "ụy"), ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"), ("sĩ", "sỹ"),
]  # fmt: skip


@lru_cache(maxsize=1)
def _listed() -> dict[tuple[str, ...], str]:
    names = [w for entry in patterns.load("laws")["law"] for w in entry["words"]]
    return {tuple(_plain(w) for w in re.findall(r"[^\W_]+(?:/[^\W_]+)?", name)): name for name in names}


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _listed()))


def find_laws(text: str) -> Iterator[LawMention]:
    """Every law cited by name (or as "Luật số …", with the bare type as name), in order, not overlapping."""
    done = 0
    for head in _heads(text):
        if head.start() < done or not _may_start(text, head):
            continue
        mention = _read(text, head)
        if mention:
            done = mention.end
            yield mention


# The rest of each first word behind its first letter. Looking for them as they stand is many times faster than letting
# the pattern try every letter of the text; it changes nothing (tests/test_references.py compares the two).
_TAILS = ("uật", "UẬT", "háp", "HÁP", "iến", "IẾN", "ộ", "Ộ")
_FIRST = frozenset("BbLlPH")


def _heads(text: str) -> Iterator[re.Match[str]]:
    """What `_HEAD.finditer(text)` finds."""
    starts: list[int] = []
    for tail in _TAILS:
        at = text.find(tail, 1)
        while at >= 0:
            if text[at - 1] in _FIRST:
                starts.append(at - 1)
            at = text.find(tail, at + 1)
    done = 0
    for start in sorted(starts):
        head = _HEAD.match(text, start) if start >= done else None
        if head:
            done = head.end()
            yield head


def _may_start(text: str, head: re.Match[str]) -> bool:
    if head.start() and (text[head.start() - 1].isalnum() or text[head.start() - 1] == "_"):
        return False
    before = text[max(0, head.start() - 12) : head.start()].split()
    if not before or text[head.start() - 1] in "\n":
        return True
    return before[-1].lower() not in _NOT_BEFORE and before[-2:] != ["cử", "nhân"]


def _read(text: str, head: re.Match[str]) -> LawMention | None:
    kind = _TYPES[" ".join(head[0].lower().split())]
    if kind == "Hiến pháp":
        nation = _NATION.match(text, head.end())
        return LawMention(head.start(), nation.end() if nation else head.end(), kind, kind, True)
    amending = _AMENDING.match(text, head.end())
    if not amending:
        named = _name(text, head, kind)
        return LawMention(head.start(), named[0], named[1], kind, named[2]) if named else None
    end, listed = amending.end(), False
    while inner := _HEAD.match(text, end):
        named = _name(text, inner, _TYPES[" ".join(inner[0].lower().split())])
        if not named:
            break
        last, listed = named[0], named[2]
        more = _AND.match(text, last)
        if not more:
            return LawMention(head.start(), last, _spaced(text[head.start() : last]), kind, listed)
        end = more.end()
    return None


def _name(text: str, head: re.Match[str], kind: str) -> tuple[int, str, bool] | None:
    """(end, canonical name, listed) of the law whose first word is `head`; None where no name follows."""
    words, ends, end = [_plain(w) for w in head[0].split()], [head.end()] * len(head[0].split()), head.end()
    while len(words) < _longest() and (word := _WORD.match(text, end)):
        words.append(_plain(word[1]))
        end = word.end()
        ends.append(end)
    for size in range(len(words), 1, -1):
        name = _listed().get(tuple(words[:size]))
        if name:
            return ends[size - 1], _as_written(text[head.start() : ends[size - 1]], name), True
    return _by_grammar(text, head, kind)


def _by_grammar(text: str, head: re.Match[str], kind: str) -> tuple[int, str, bool] | None:
    if kind == "Bộ luật" or head[0].isupper():
        return None
    end, count = head.end(), 0
    while count < _MAX_WORDS and (word := _TITLE_WORD.match(text, end)):
        token = word[1]
        if count == 0 and (not token[0].isupper() or token.lower() == "số"):  # "Luật Số: 12/…" is not named
            return None
        if not token[0].isupper():
            following = _TITLE_WORD.match(text, word.end())
            if token in _STOP or (following and following[1].lower() in _STOP_WITH.get(token, "").split()):
                break
        if token in ("Luật", "Bộ", "Nghị", "Thông", "Quyết", "Chỉ", "Pháp", "Số"):
            break
        end, count = word.end(), count + 1
    if not count:
        return None
    name = _spaced(text[head.start() : end])
    return end, name[0].upper() + name[1:], False


def _spaced(surface: str) -> str:
    return re.sub(r"\s+([,;])", r"\1", " ".join(surface.split()))


def _as_written(surface: str, name: str) -> str:
    """The text's own spelling; the list's capitals where the text has none of its own (LUẬT ĐẤT ĐAI, luật đất đai)."""
    surface = _spaced(surface)
    return name if surface.isupper() or surface.casefold() == name.casefold() else surface
