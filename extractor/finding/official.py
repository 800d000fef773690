"""Official bodies and roles in natural case: what a letterhead or signature block prints in capitals.

`ỦY BAN NHÂN DÂN TỈNH SƠN LA` -> `UBND tỉnh Sơn La`, `PHÓ CHỦ TỊCH` -> `Phó Chủ tịch`. People's committees and councils
are written as reports write them, `UBND` and `HĐND`; other bodies in full, the first letter of each field in capitals
(Nghị định 30/2020/NĐ-CP, Phụ lục II).
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractor import patterns
from extractor.finding.lazy import lazy

# Words for a unit's level; what follows them is its name.
_LEVEL = lazy(r"(?<!\w)(?:tỉnh|thành phố|tp\.?|thị xã|thị trấn|quận|huyện|xã|phường|đặc khu)(?!\w)", re.IGNORECASE)
_COMMITTEE = lazy(
    r"(?<!\w)(?:(?:tỉnh|thành|huyện|quận|thị|đảng) [uủ][yỷ]|(?:tỉnh|thành|huyện|quận|thị"
    r"|xã) đoàn)(?!\w)",
    re.IGNORECASE,
)
_NAME = lazy(r"\s+([^\W\d_][^,;()\d]*)")
_SHORT = {"ủy ban nhân dân": "UBND", "uỷ ban nhân dân": "UBND", "hội đồng nhân dân": "HĐND"}
_ABBREVIATIONS = frozenset("UBND UBMTTQ UBMTTQVN UB TU HU ĐU MTTQ BCĐ BCH TW TƯ VHTT GDĐT".split())
_VOWEL = lazy(r"[AĂÂEÊIOÔƠUƯYÀ-Ỵ]")
_CAPITALISED = (
    "việt nam", "chấp hành", "thường vụ", "thường trực", "chỉ đạo", "chỉ huy", "mặt trận", "tổ quốc", "nông dân",
    "phụ nữ",
    "cựu chiến binh", "thanh niên", "lao động", "chữ thập đỏ", "điều phối", "trung ương", "dân tộc", "tổ chức",
    "tuyên giáo",
    "dân vận", "nội chính", "kiểm tra", "kinh tế", "pháp chế", "quản lý", "liên hiệp", "cộng sản", "hồ chí minh",
    "chính phủ",
    "quốc hội", "chương trình", "khuyến học", "tỉnh ủy", "tỉnh uỷ", "huyện ủy", "huyện uỷ", "thành ủy", "đảng ủy",
    "tỉnh đoàn", "huyện đoàn", "người cao tuổi",
)  # fmt: skip
_HEADS = (
    "ban", "sở", "bộ", "hội", "đoàn", "liên đoàn", "phòng", "văn phòng", "chi cục", "cục", "tổng cục", "trung tâm",
    "công an",
    "ủy ban", "uỷ ban", "tỉnh ủy", "tỉnh đoàn", "thành ủy", "huyện ủy", "quận ủy", "thị ủy", "đảng ủy", "đảng bộ",
    "chi bộ", "trường",
    "bảo hiểm", "ngân hàng", "kho bạc", "thanh tra", "kiểm toán", "viện", "tòa án", "huyện đoàn", "thành đoàn",
)  # fmt: skip
_SCHOOL = frozenset(
    "mầm non mẫu giáo tiểu học trung học cơ sở phổ thông nội trú bán trú và cao đẳng đại chính trị".split()
)
_ROLES = (
    "chủ tịch", "bí thư", "giám đốc", "tổng giám đốc", "chánh văn phòng", "văn phòng", "trưởng ban", "trưởng"
        " phòng", "trưởng đoàn",
    "hiệu trưởng", "chánh thanh tra", "cục trưởng", "chi cục trưởng", "bộ trưởng", "thứ trưởng", "thủ tướng",
    "vụ trưởng",
    "tổng cục trưởng", "chủ nhiệm", "viện trưởng", "chánh án", "chỉ huy trưởng", "chính ủy", "thống đốc",
    "tổng thanh tra",
    "thủ trưởng", "trưởng công an", "trưởng trạm", "tổng kiểm toán", "tổng bí thư", "tổ trưởng", "trạm trưởng",
)  # fmt: skip


@lru_cache(maxsize=1)
def _known_bodies() -> dict[str, str]:
    return {e["name"].lower(): e["name"] for e in patterns.load("issuers")["issuer"]}


def _capitalised(text: str, start: int = 0) -> str:
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def title_case(name: str) -> str:
    """`SƠN LA` -> `Sơn La`; ethnic names keep their dashes (`Ea H'leo`, `Chư Prông`)."""
    return " ".join(_capitalised(word) for word in name.lower().split())


def split_area(name: str) -> tuple[str, str | None, str | None]:
    """(body, level word, area name) of a body's name in any case: ("ỦY BAN NHÂN DÂN", "tỉnh", "Sơn La").

    A party committee's area follows the committee itself: ("TỈNH ỦY", None, "Sơn La").
    """
    levels = list(_LEVEL.finditer(name))
    committee = _COMMITTEE.search(name)
    for level in reversed(levels):
        if committee and committee.start() <= level.start() < committee.end():
            continue
        area = _NAME.fullmatch(name, level.end())
        if area and area[1].split()[0].lower() not in ("ủy", "uỷ", "đoàn", "đội", "hội"):
            return name[: level.start()].strip(), level[0].lower(), title_case(area[1])
    if committee and (area := _NAME.fullmatch(name, committee.end())):
        return name[: committee.end()], None, title_case(area[1])
    return name, None, None


def natural(name: str) -> str:
    """A body's name in natural case, with UBND and HĐND for people's committees and councils."""
    body, level, area = split_area(" ".join(name.replace("–", "-").split()))
    low = body.lower()
    for long, short in _SHORT.items():
        if low.startswith(long):
            body = short + _words(body[len(long) :])
            break
    else:
        known = _known_bodies().get(low)
        body = known or _body(body)
    return " ".join(part for part in (body, level, area) if part)


def _words(text: str) -> str:
    """Lower case but for abbreviations and the words that bodies' names capitalise."""
    words = [w if _is_abbreviation(w) else w.lower() for w in text.split()]
    joined = " ".join(words)
    for phrase in _CAPITALISED:
        at = joined.find(phrase)
        while at >= 0:
            whole = (at == 0 or joined[at - 1] == " ") and joined[at + len(phrase) : at + len(phrase) + 1] in (
                "",
                " ",
                ",",
            )
            if whole:
                joined = _capitalised(joined, at)
            at = joined.find(phrase, at + 1)
    joined = re.sub(r"\bviệt nam\b", "Việt Nam", joined, flags=re.IGNORECASE).replace("Hồ chí minh", "Hồ Chí Minh")
    return (" " if text.startswith(" ") else "") + joined


def _body(text: str) -> str:
    joined = _words(text)
    for head in sorted(_HEADS, key=len, reverse=True):
        if joined.lower().startswith(head + " ") or joined.lower() == head:
            rest = joined[len(head) :]
            field = head in ("sở", "bộ", "phòng", "ban", "cục", "chi cục", "trung tâm", "hội", "văn phòng")
            if head == "trường":
                rest = " ".join(w if w in _SCHOOL or w.isupper() else _capitalised(w) for w in rest.split(" "))
            if field:
                rest = re.sub(r"(^ | và | - |, )(\w)", lambda m: m[1] + m[2].upper(), rest)
            return _capitalised(head) + rest
    return _capitalised(joined)


def _is_abbreviation(word: str) -> bool:
    bare = word.strip(".,&-")
    if not bare.isupper() or len(bare) < 2:
        return False
    return bare in _ABBREVIATIONS or "&" in bare or not _VOWEL.search(bare)


def role(text: str) -> str | None:
    """A signer's role in natural case ("Phó Chủ tịch"), or None where `text` names no role."""
    words = " ".join(text.split()).strip(" .,:;*")
    low = words.lower()
    prefix = ""
    for mark in ("quyền ", "q. ", "phó "):
        if low.startswith(mark):
            prefix += {"quyền ": "Quyền ", "q. ": "Quyền ", "phó ": "Phó "}[mark]
            words, low = words[len(mark) :], low[len(mark) :]
    for name in sorted(_ROLES, key=len, reverse=True):
        if low == name or low.startswith(name + " "):
            rest = words[len(name) :]
            if rest.isupper():
                rest = " thường trực" if rest.strip() == "THƯỜNG TRỰC" else " " + natural(rest)
            office = "chánh Văn phòng" if name == "chánh văn phòng" else "Văn phòng" if name == "văn phòng" else name
            return prefix + _capitalised(office) + rest
    return None
