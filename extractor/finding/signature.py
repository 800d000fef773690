"""The foot of a document: recipients (nơi nhận), and who signed it in which role.

Layout by Nghị định 30/2020/NĐ-CP, Phụ lục I: recipients on the left, the signature on the right under TM., KT., TL. or
TUQ. (on behalf of the body; for the head; by order; by authority). Side by side or one after the other.
"""

from __future__ import annotations

import re

from extractor.finding.lazy import lazy
from extractor.finding.official import role

_RECIPIENTS = lazy(r"(?:Nơi|NƠI)\s{1,4}(?:nhận|NHẬN|gửi)\s{0,4}:?")
_CELLS = lazy(r"\s{3,}|\t+|\s?\|\s?")
_ACTING = lazy(r"(?:T/?M|K/?T|T/?L|TUQ|T/?U/?Q|Q)\s*\.?\s*(?=[A-ZĐÀ-Ỹ]{2})")
_ACTING_MARK = lazy(r"(?:(?<=\n)|(?<=\s\s\s))(?:T/?M|K/?T|T/?L|TUQ)\s?\.\s?[A-ZĐ]")
_ITEM = lazy(r"[-–−+•]\s*")
_NAME_WORD = lazy(r"[A-ZĐÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ](?:(?!ƣ)[\w’'.-])*$")
_TITLES = lazy(
    r"(?:(?:PGS|GS|TS|ThS|BS|CKI{1,2}|Đại\s+t[áướ]\w*|Thượng\s+t[áướ]\w*|Trung\s+t[áướ]\w*|Thiếu\s+t[áướ]\w*"
    r"|Đồng\s+chí|Ông|Bà)\.?\s+)+"
)
_SIGNED = lazy(r"\(?\s*(?:Đã\s+ký|đã\s+ký|ĐÃ\s+KÝ)\s*\)?|Ký\s+bởi.*|Người\s+ký.*|Thời\s+gian\s+ký.*", re.IGNORECASE)
_REACH = 4000
_MAX_RECIPIENTS = 80


def read_signature(text: str) -> tuple[str | None, str | None, tuple[str, ...]]:
    """(signer, role, recipients); None or empty where the text does not say."""
    heads = [h for h in _RECIPIENTS.finditer(text) if _opens_cell(text, h.start())]
    if heads:
        head = heads[0] if len(heads) == 1 else _with_signature(text, heads)
        column = head.end() - (text.rfind("\n", max(0, head.end() - 300), head.end()) + 1)
        left, right = _columns(text[head.end() : head.end() + _REACH], min(column, 100))
        recipients, rest = _recipients(left)
        signer = _signer(right) or _signer(rest)
        if signer is None:
            above, above_right = _columns(text[max(0, head.start() - 500) : head.start()])
            signer = _signer(above_right) or _signer(above, last=True)
        return (*(signer or (None, None)), recipients)
    mark = None
    for mark in _ACTING_MARK.finditer(text, max(0, len(text) - 20000)):  # noqa: B007 - the last one counts
        pass
    if mark:
        left, right = _columns(text[text.rfind("\n", 0, mark.start()) + 1 : mark.start() + 800])
        signer = _signer(right) or _signer(left)
        if signer:
            return (*signer, ())
    return (*(_closing_signer(text) or (None, None)), ())


def _closing_signer(text: str) -> tuple[str, str | None] | None:
    """A role in capitals and a name under it as the last lines of a text that has neither list nor acting mark."""
    left, right = _columns(text[-600:])
    lines = [line for line in right + left if line][-8:]
    for i, line in enumerate(lines[:-1]):
        if line.isupper() and role(line):
            return _signer(lines[i:])
    return None


def _opens_cell(text: str, position: int) -> bool:
    """Whether a line or a column begins at `position`."""
    before = text[max(0, position - 200) : position]
    return not before.rpartition("\n")[2].strip() or before[-3:].isspace()


def _with_signature(text: str, heads: list[re.Match[str]]) -> re.Match[str]:
    """Of several `Nơi nhận`, the first that a list follows."""
    return next((h for h in heads if _ITEM.match(text[h.end() : h.end() + 40].lstrip())), heads[-1])


def _columns(part: str, offset: int = 0) -> tuple[list[str], list[str]]:
    """Lines of the left and of the right column, where two stand side by side; the first line begins at `offset`."""
    left: list[str] = []
    right: list[str] = []
    edge = 26  # where the right column begins, until a line shows it
    for i, line in enumerate(part.split("\n")):
        cells = [c for c in _CELLS.split(line.strip()) if c]
        indent = len(line) - len(line.lstrip()) + (0 if i else offset)
        if len(cells) > 1 and not cells[0].isdigit():
            left.append(cells[0])
            right += cells[1:]
            edge = max(8, min(edge, line.rfind(cells[-1]) - 10))
        elif cells and (indent >= edge or (i == 0 and line[:3].isspace())):
            right.append(cells[0])
            edge = max(8, min(edge, indent - 10))
        else:
            left.append(cells[0] if cells else "")
    return left, right


def _recipients(lines: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The items of the list, and the lines after it."""
    items: list[str] = []
    closed = False
    for i, line in enumerate(lines):
        line = " ".join(line.split())
        if not line:
            continue
        if _ACTING.match(line) or (role(line) and not _ITEM.match(line)) or len(items) >= _MAX_RECIPIENTS:
            return _clean(items), lines[i:]
        mark = _ITEM.match(line)
        if mark:
            items.append(line[mark.end() :])
            closed = False
        elif items and not closed and items[-1][-1:] not in (";", ".") and not _looks_like_end(line):
            items[-1] += " " + line
        elif not items and line[-1] in ";.":
            items += [p for p in line.split(";") if p.strip()]
        else:
            return _clean(items), lines[i:]
        if items and re.match(r"L[ưƯ]u\b", items[-1], re.IGNORECASE) and items[-1].endswith("."):
            closed = True
    return _clean(items), []


def _looks_like_end(line: str) -> bool:
    shouted = line.isupper() and len(line) > 6 and line[-1] not in ";." and not any(c.isdigit() for c in line)
    return shouted or line.startswith(("[", "Phụ lục", "PHỤ LỤC"))


def _clean(items: list[str]) -> tuple[str, ...]:
    return tuple(c for item in items if (c := item.strip().rstrip(";.,").strip()))


def _signer(lines: list[str], *, last: bool = False) -> tuple[str, str | None] | None:
    """(name, role): the name is the first line after a role or an acting mark that is a person's name."""
    found: tuple[str, str | None] | None = None
    current: str | None = None
    armed = False
    for line in lines[:60]:
        line = _SIGNED.sub("", " ".join(line.split())).strip(" *_-")
        if not line:
            continue
        acting = _ACTING.match(line)
        if acting:
            armed = True
            tail = re.search(r"\s((?:PHÓ|Phó)\s.+|CHÁNH\s.+|TRƯỞNG\s.+|GIÁM ĐỐC.*)$", line[acting.end() :])
            current = role(tail[1]) if tail else role(line[acting.end() :]) if line.startswith("Q") else None
            continue
        title = role(line)
        if title:
            current, armed = current or title, True  # a second role is the signer's other post
            continue
        if armed and (name := person(line)):
            found = (name, current)
            if not last:
                return found
            current, armed = None, False
        elif armed and line.endswith((".", ";")) and len(line) > 60:
            armed = False
    return found


def person(line: str) -> str | None:
    """`line` as a person's name without rank or degree, or None: two to six capitalised words and nothing else."""
    name = _TITLES.sub("", line, count=1) if _TITLES.match(line) else line
    words = name.split()
    if not 2 <= len(words) <= 6 or not all(_NAME_WORD.match(w) for w in words) or any(w.endswith(".") for w in words):
        return None
    if any(len(w) == 1 and w not in "AÂEÊHIKOÔƠUƯY" for w in words):  # ethnic names hold single letters, not these
        return None
    if any(len(w) > 1 and w.isupper() for w in words) and not (
        name.isupper() and len(words) <= 5 and not _is_body(name)
    ):
        return None
    if _is_body(name):
        return None
    return " ".join(w.capitalize() for w in words) if name.isupper() else name


def _is_body(name: str) -> bool:
    return bool(_BODY.match(name.upper() + " "))


_BODY = lazy(
    r"(?:[UỦ][YỶ]\s+BAN|HỘI\s|BAN\s+(?:CH|TH|QU|TỔ|TUY|DÂN|NỘI|KIN|PHÁ|BÍ)|SỞ\s|PHÒNG\s|TỈNH\s|HUYỆN\s|UBND"
    r"|HĐND|LÃNH\s|ĐẠI\s+(?:DIỆN|BIỂU)|CÁC\s|NƠI\s|"
    r"ĐOÀN\s+(?:THANH\s+NIÊN|TNCS|ĐẠI|ĐBQH|KIỂM|THANH\s+TRA)|VĂN\s+(?:PHÒNG|THƯ)|TRUNG\s+(?:TÂM|ƯƠNG)"
    r"|CHI\s+(?:CỤC|BỘ|NHÁNH)|THƯỜNG\s|PHỤ\s+(?:LỤC|BIỂU)|BIỂU\s|"
    r"CỘNG\s+H|ĐỘC\s+LẬP|KẾ\s+(?:TOÁN|HOẠCH)|NGƯỜI\s|THỦ\s+T|XÁC\s+NHẬN|KÝ\s|ĐƠN\s+VỊ|TRƯỞNG\s|CHÁNH\s"
    r"|BÁO\s+CÁO|BẢNG\s|DANH\s+SÁCH|UỶ\s+BAN)"
)
