"""The head of a document: who issued it, its number, where and when, its type and title.

Layout by Nghị định 30/2020/NĐ-CP, Phụ lục I (state) and Hướng dẫn 36-HD/VPTW (party): the issuer's name over its
superior's on the left, the motto on the right, below them number and place with date, then the type, the title, a rule.
In text they come column by column or side by side (columns parted by three spaces or more), with lines torn anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.finding.dates import find_dates
from extractor.finding.doctypes import QUALIFIERS, names_by_phrase
from extractor.finding.lazy import lazy
from extractor.finding.official import natural, split_area
from extractor.finding.symbols import find_symbols

HEAD = 5000  # characters in which the head of a document is looked for
_MAX_LINES = 60

_CELLS = lazy(r"\s{3,}|\t+|\s?\|\s?")  # columns side by side, or cells of a flattened table
_MOTTO = lazy(
    r"C[ỘỌ]NG\s+(?:H?ÒA|H?OÀ)|C[ỘỌ]NG$|(?:ĐẢNG\s+)?CỘNG\s+SẢN|ĐẢNG$|.*CHỦ\s+NGHĨA|Độc\s+lập|Tự\s+do|H?ạnh\s+phúc",
    re.IGNORECASE,
)
_MOTTO_REST = lazy(r"(?:H?ÒA|H?OÀ|XÃ\s+HỘI|CHỦ\s+NGHĨA|VIỆT\s+NAM|NAM$|CỘNG\s+SẢN)", re.IGNORECASE)
_RULE = lazy(r"[\W_]*$")
_OWN_NUMBER = lazy(r"(?<!\w)(?:Số|SỐ|số(?=\s{0,9}:))\s{0,9}[:.]?\s{0,9}$")
_NUMBER_LINE = lazy(r"(?:Luật\s+)?Số\s*[:.]?\s*(?:\d|[/….]|$)|Số\s*:", re.IGNORECASE)
_SUBJECT = lazy(r"(?:V/v|Về\s+việc|V/V)\s*[:.]?\s*", re.IGNORECASE)
_UPPER = "A-ZĐÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ"
_PLACE = lazy(
    rf"(?P<place>(?:(?:Thành phố|Thị xã|thành phố|TP\.?)[^\S\n]{{1,4}})?"
    rf"(?:[{_UPPER}][\w.’'-]*[^\S\n]{{1,4}}){{0,5}}[{_UPPER}][\w.’'-]*)\s{{0,3}},\s{{0,9}}(?=[Nn]gày|NGÀY)"
)
_BLANK_DATE = lazy(r"ngày[\d….\s]{0,40}tháng", re.IGNORECASE)
_BODY_LINE = lazy(r"(?m)^[^\S\n]*(?:Căn cứ|Kính gửi|Điều 1|I\.|1\.)")
_BODY = lazy(
    r"(?:TM\.|KT\.|T/M|Nơi\s+nhận|Căn\s+cứ|Thực\s+hiện|Thi\s+hành|Kính\s+gửi|Xét|Theo|Để|Nhằm|Phần|PHẦN|Chương"
    r"|CHƯƠNG|Mục|Điều|ĐIỀU"
    r"|Trong|Năm|Ngày|Sau|"
    r"Tiếp\s+tục|Qua|Trên\s+cơ\s+sở|Tiếp\s+theo|Được\s+sự|Với\s|Triển\s+khai|Quán\s+triệt|QUYẾT\s+NGHỊ"
    r"|QUYẾT\s+ĐỊNH|[IVX]{1,5}\s*[.\-/)]|[A-D]\s*[.\-/)]|\d{1,2}\s*[.)]\s|"
    r"[-–+*•]\s|\(|Đảng\s+bộ.*tiến\s+hành)"
)
_ORGAN = lazy(
    r"(?:ỦY\s+BAN|UỶ\s+BAN|UBND|UBMTTQ|HỘI\s+ĐỒNG|HĐND|SỞ|BỘ|PHÒNG|BAN|CHI\s+CỤC|CỤC|TỔNG\s+CỤC|HỘI|ĐOÀN|LIÊN"
    r"|TỈNH\s+(?:ỦY|UỶ|ĐOÀN)|THÀNH\s+(?:ỦY|UỶ|ĐOÀN)|"
    r"HUYỆN\s+(?:ỦY|UỶ|ĐOÀN)|QUẬN\s+(?:ỦY|UỶ)|THỊ\s+(?:ỦY|UỶ)|ĐẢNG\s+(?:ỦY|UỶ|BỘ)|CHI\s+BỘ|VĂN\s+PHÒNG"
    r"|CHÍNH\s+PHỦ|THỦ\s+TƯỚNG|QUỐC\s+HỘI|CÔNG\s+AN|"
    r"TRƯỜNG|TRUNG\s+TÂM|VIỆN|TÒA|TOÀ|NGÂN\s+HÀNG|KHO\s+BẠC|BẢO\s+HIỂM|MẶT\s+TRẬN|THANH\s+TRA|KIỂM\s+TOÁN"
    r"|CHỦ\s+TỊCH|BCĐ|BCH|TỔNG|TẬP\s+ĐOÀN|CÔNG\s+TY|TRẠM|XÃ\s+ĐOÀN)(?!\w)"
)
_ISSUER_LINE = lazy(r"(?:Ủy ban|Uỷ ban|Hội đồng) nhân dân\s|(?:UBND|HĐND)\s")
_LEVEL_LINE = lazy(
    r"(?:TỈNH|THÀNH\s+PHỐ|TP|HUYỆN|QUẬN|THỊ\s+XÃ|THỊ\s+TRẤN|XÃ|PHƯỜNG|DÂN|NHÂN)(?!\w)(?!\s+(?:[ỦU][ỶY]|ĐOÀN|ĐỘI)(?!\w))"
)
_OPEN_END = lazy(
    r"(?:của|và|xã|huyện|tỉnh|phố|về|các|năm|tại|trong|với|quý|do|thuộc|cho|theo|từ|,|-|–)$", re.IGNORECASE
)
# The line of a decision that says who decides, under the title: CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …
_AUTHORITY = lazy(
    r"(?:QUỐC HỘI|CHÍNH PHỦ|CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỦ TƯỚNG|HIỆU TRƯỞNG|CHÁNH|TRƯỞNG|[UỦ][YỶ] BAN NHÂN"
    r"|UỶ BAN NHÂN|UBND"
    r"|HỘI ĐỒNG NHÂN|HĐND|BAN CHẤP|BAN THƯỜNG)(?!\w)"
)
_TITLE_LINES, _TITLE_CHARS = 8, 700


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the head says; None where it does not."""

    type: str | None = None
    number: str | None = None
    number_code: str | None = None  # the first code of the number, which stands for the type
    title: str | None = None
    note: str | None = None  # the line in brackets under the title
    issuer: str | None = None
    area: str | None = None  # the issuer's own area, without its level
    issued_at: str | None = None
    issued_on: str | None = None


def read_letterhead(text: str) -> Letterhead:
    """Read the head of `text` (its first `HEAD` characters)."""
    head = text[:HEAD]
    cells = _cells(head)
    at, kind, rest = _type_line(cells)
    body = _BODY_LINE.search(head)
    above = head[: body.start()] if body else head
    symbol = _own_symbol(above)
    subject = None if at is not None else _subject(cells)
    front = cells[:at] if at else cells[: _body_start(cells)]
    organs = _organs(front)
    issuer, area = _issuer(organs)
    place, on = _place_date(above)
    title = _title(cells[at + 1 :], rest) if at is not None else subject
    note = next((c for c in cells[at + 1 : at + 12] if c.startswith("(")), None) if at is not None else None
    return Letterhead(kind, symbol[0], symbol[1], title, note, issuer, area, place, on)


def _cells(head: str) -> list[str]:
    """The head's lines without their padding, "" for an empty line; lines of several columns are cut."""
    cells: list[str] = []
    for line in head.split("\n")[: 3 * _MAX_LINES]:
        plain = " ".join(line.split())
        if "|" in plain or plain != line.strip():
            cells += [" ".join(c.split()) for c in _CELLS.split(line.strip())]
        else:
            cells.append(plain)
    return cells


def _type_line(cells: list[str]) -> tuple[int | None, str | None, str]:
    """(index of the line that holds the type, type, what follows the type on it)."""
    seen = 0
    for i, cell in enumerate(cells):
        if not cell:
            continue
        seen += 1
        if seen > _MAX_LINES or cell.startswith("Căn cứ"):
            break
        words = cell.strip(" *_-:").split()
        for size in range(min(4, len(words)), 0, -1):
            name = names_by_phrase().get(" ".join(words[:size]).lower())
            if not name or len(" ".join(words[:size])) < 4:
                continue
            rest = " ".join(words[size:])
            if rest.startswith("CỦA ") or all(w.lower() in QUALIFIERS for w in words[size:]):
                rest = ""  # BÁO CÁO NHANH; NGHỊ QUYẾT CỦA BAN THƯỜNG VỤ TỈNH ỦY
            alone = not rest and words[0][0].isupper() and (cell.isupper() or seen <= 12)
            if alone or (cell.isupper() and not re.match(r"(?:SỐ|NÀY)\b", rest)):
                return i, name, rest
            opens_text = (
                seen <= 2 and words[0][0].isupper() and rest[:1].islower() and not rest.startswith(("số", "này"))
            )
            if opens_text and len(cell) < 250 and cell[-1] not in ".;,:":
                return i, name, rest  # the type and title as the text's first line
    return None, None, ""


def _title(cells: list[str], rest: str) -> str | None:
    parts = [rest] if rest else []
    for i, cell in enumerate(cells):
        if not cell:
            continue
        if not parts and _RULE.fullmatch(cell):
            continue
        if _RULE.fullmatch(cell) or len(parts) >= _TITLE_LINES or sum(map(len, parts)) > _TITLE_CHARS:
            break
        if not parts:
            if _BODY.match(cell) and not _SUBJECT.match(cell) and not _heads_title(cell):
                break
        elif not _continues(parts, cell, gap=i > 0 and not cells[i - 1]):
            break
        parts.append(cell)
    title = (
        _SUBJECT.sub("", " ".join(parts), count=1)
        if parts and re.match(r"V/v", parts[0], re.IGNORECASE)
        else " ".join(parts)
    )
    return title.strip(" *_-") or None


def _heads_title(cell: str) -> bool:
    """`Thực hiện …` opens many titles too: a title ends without a full stop, semicolon or comma."""
    return (
        cell[-1] not in ".;,:"
        and not cell.startswith(("Căn cứ", "Kính gửi", "("))
        and not re.match(r"[IVX\d-]+[.)\s]", cell)
    )


def _continues(parts: list[str], cell: str, *, gap: bool) -> bool:
    """Whether `cell` goes on with the title: torn lines do, the first paragraph does not."""
    shouted = all(p.isupper() for p in parts)
    if shouted and not cell.isupper():
        return False
    if cell.isupper() and len(cell.split()) > 1 and not shouted:
        return False
    if shouted:
        authority = _AUTHORITY.match(cell) and not _OPEN_END.search(parts[-1])
        return not authority and not _BODY.match(cell)
    if _ISSUER_LINE.match(cell):
        return False
    if cell[0].islower():
        return True
    if _BODY.match(cell) or parts[-1][-1] in ".;:" or (_ORGAN.match(cell.upper()) and cell[-1] in ".;:,"):
        return False
    if parts[-1][-1] in ",-–" or _OPEN_END.search(parts[-1]):
        return True
    return not gap and len(cell) <= 110 and cell[-1] not in ".;:,"


def _subject(cells: list[str]) -> str | None:
    """The `V/v …` of an official letter, which stands under its number."""
    for i, cell in enumerate(cells[: _body_start(cells)]):
        mark = re.match(r"V/v\s*[:.]?\s*", cell, re.IGNORECASE)
        if mark:
            parts = [cell[mark.end() :]]
            for following in cells[i + 1 : i + 8]:
                if not following or (following[0].isupper() and not parts[-1].endswith(",")):
                    break
                if _RULE.fullmatch(following) or ", ngày" in following:
                    break
                parts.append(following)
            return " ".join(parts).strip(" *_-.") or None
    return None


def _body_start(cells: list[str]) -> int:
    return next((i for i, c in enumerate(cells) if re.match(r"Căn cứ|Kính gửi|Thực hiện", c)), min(len(cells), 24))


def _own_symbol(head: str) -> tuple[str | None, str | None]:
    for symbol in find_symbols(head):
        word = _OWN_NUMBER.search(head, max(0, symbol.start - 24), symbol.start)
        if not word:
            continue
        line = head[: word.start()].rpartition("\n")[2]
        cell = _CELLS.split(line)[-1].strip()
        if not cell or cell.lower() in names_by_phrase() or _MOTTO.match(cell):
            return symbol.key, symbol.type_code
    return None, None


def _place_date(head: str) -> tuple[str | None, str | None]:
    """(place, ISO date) of the line `Sơn La, ngày … tháng … năm …`, or the date alone on a line of its own."""
    for match in _PLACE.finditer(head):
        after = head[match.end() : match.end() + 90]
        day = next(iter(find_dates(after)), None)
        if (day is None or day.start) and not _BLANK_DATE.match(after):
            continue
        line = head[: match.start()].rpartition("\n")[2]
        cell = _CELLS.split(line)[-1].strip()
        if cell and not re.search(r"[\d/]-?[A-ZĐ&-]*$", cell):  # a place within a sentence
            continue
        words = match["place"].split()
        while len(words) > 1 and words[0].isupper() and len(words[0]) > 2 and not words[-1].isupper():
            words.pop(0)  # the number's last code stood before it on the line
        place = " ".join(words)
        above = head[: match.start()].rstrip().rpartition("\n")[2].strip()
        if not cell and len(words) == 1 and re.fullmatch(rf"[{_UPPER}]\w{{0,6}}", above) and not above.isupper():
            place = f"{above} {place}"  # torn: Hà / Nội, ngày …
        return title_of(place), day.iso if day and not day.start else None
    for cell in _cells(head):
        days = find_dates(cell) if cell.strip("(").lower().startswith("ngày") else []
        if len(days) == 1 and days[0].iso and cell.strip("()*. ") == cell[days[0].start : days[0].end]:
            return None, days[0].iso
    return None, None


def title_of(place: str) -> str:
    """A place as printed, or in natural case where it is printed in capitals."""
    return " ".join(w.capitalize() for w in place.split()) if place.isupper() and len(place) > 3 else place


def _organs(cells: list[str]) -> list[str]:
    """The bodies that the letterhead names, superior first: lines in capitals, torn names joined."""
    organs: list[str] = []
    open_name = in_motto = False
    for cell in cells:
        if _MOTTO.match(cell) or (in_motto and _MOTTO_REST.match(cell)):
            open_name, in_motto = False, True
            continue
        if not cell or _RULE.fullmatch(cell):
            open_name = open_name and cell == ""
            continue
        in_motto = False
        if _NUMBER_LINE.match(cell) or ", ngày" in cell.lower() or cell.lower().startswith("ngày"):
            open_name = False
            continue
        name = cell.strip(" *_-")
        if not _capitals(name):
            if not organs and _ISSUER_LINE.match(name) and len(name) < 120 and name[-1] not in ".;:,":
                organs.append(re.split(r"\s+(?:khóa|khoá|nhiệm|kỳ)\b", name, flags=re.IGNORECASE)[0])
            open_name = False
            continue
        if (
            open_name
            and organs
            and (not _ORGAN.match(name) or _LEVEL_LINE.match(name) or organs[-1] in ("BỘ", "SỞ", "BAN"))
        ):
            organs[-1] += " " + name
        elif _ORGAN.match(name) and not (name.isascii() and len(name.split()) > 3):  # a text layer without diacritics
            organs.append(name)
        open_name = True
    return organs


def _capitals(name: str) -> bool:
    letters = [*filter(str.isalpha, name)]
    return len(letters) > 1 and sum(map(str.isupper, letters)) > 0.85 * len(letters)


def _issuer(organs: list[str]) -> tuple[str | None, str | None]:
    """(issuer in natural case, its own area): the last body named, completed from its superior where it has no area."""
    if not organs:
        return None, None
    own = organs[-1]
    _, level, area = split_area(own)
    if area or len(organs) == 1:
        if len(organs) > 1 and re.match(r"BAN (?:CHẤP HÀNH|THƯỜNG)", own) and level:
            union = natural(split_area(organs[-2])[0]).removesuffix(" Việt Nam")
            return f"{union} {level} {area}", area
        return natural(own), area
    superior = organs[-2]
    upper_body, upper_level, upper_area = split_area(superior)
    if upper_area is None:
        central = re.search(r"TRUNG ƯƠNG$", superior) and "TRUNG ƯƠNG" not in own
        return natural(own) + (" Trung ương" if central else ""), None
    own_name = natural(own)
    if upper_level and own_name.endswith(" " + upper_level):  # THANH TRA TỈNH
        return f"{own_name} {upper_area}", upper_area
    if upper_level is None or not re.match(r"(?:ỦY|UỶ) BAN NHÂN|UBND|HỘI ĐỒNG NHÂN|HĐND", upper_body):
        return f"{own_name} {natural(superior)}", upper_area
    return f"{own_name} {upper_level} {upper_area}", upper_area
