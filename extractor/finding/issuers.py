"""Who issued a cited document: from the words after it ("của Ban Thường vụ Tỉnh ủy") or from its symbol.

The abbreviations are `patterns/issuers.toml`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractor import patterns
from extractor.finding.lazy import lazy

_TERM = lazy(r"\d{1,2}$")  # the term of an assembly: QH15, UBTVQH14
_OF = lazy(r"[\s,)]{0,6}(?:do\s{1,4}|của\s{1,4}|CỦA\s{1,4})(?:các\s|liên\s(?=[A-ZĐ]))?")
_WORD = lazy(r"\s{0,4}([^\W_]+)")
_INNER_MARK = lazy(r"\s{0,2}[,–-]\s{0,2}(?=[A-ZĐ])")
_HEAD = frozenset(
    "ban bộ bí ủy uỷ ubnd hđnd ub chính thủ quốc chủ thường sở phòng văn cục chi tỉnh thành huyện thị quận đảng xã hội liên"
    " mặt đoàn ngân kho công viện tòa toà thanh tổng trung tập kiểm bảo cơ trường btv tu hu đu ubkt ubmttq mttq lđlđ tw"
    " giám trưởng phó ttg bchtw bch bcđ".split()
)
# Words that end an issuer's name, unless capitalised.
_STOP = frozenset(
    "về quy ban v ngày năm đối trong đã để nhằm được có tại là cho theo triển thực tổ hướng phê sửa bổ công giao nêu trên này"
    " đó với khi từ đến hay hoặc kèm khóa khoá nhiệm cũng phải cần sẽ do bằng ký số họp thông xét như nên ngành hiện hằng hàng"
    " liên kết tiếp tăng đẩy chỉ phát nâng xây hỗ lần v/v nay gắn giai yêu chấn khẩn đang trực cụ gửi".split()
)
# Second syllables that keep a lower-case word inside the name although the word is in _STOP.
_KEEP = {"ban": ("nhân", "thường"), "thực": ("phẩm",), "công": ("nghiệp", "an", "thương", "nghệ", "đoàn", "trình"),
         "ngành": (), "hướng": (), "tổ": ("quốc", "chức"), "liên": ("hiệp", "đoàn", "minh"), "kết": (), "thông": ("tin",),
         "phát": ("triển",), "năm": (), "bổ": (), "trực": ("thuộc",), "xây": ("dựng",), "thường": ("vụ", "trực"),
         "bằng": (), "quy": ("hoạch",), "trong": (), "bảo": ("hiểm",)}  # fmt: skip
_MAX_WORDS = 16


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {code.upper(): e["name"] for e in patterns.load("issuers")["issuer"] for code in e["codes"]}


def is_issuer(code: str) -> bool:
    """Whether `code` (canonical, with or without a term number) is a known issuer's abbreviation."""
    return name_of_code(code) is not None


def name_of_code(code: str) -> str | None:
    """`NHNN` -> "Ngân hàng Nhà nước Việt Nam", `QH15` -> "Quốc hội"; None where unknown."""
    upper = code.upper()
    return _names().get(upper) or _names().get(_TERM.sub("", upper))


def issuer_from_codes(codes: tuple[str, ...]) -> str | None:
    """The issuer named by the codes after a symbol's type; joint documents name all that are known."""
    names = [n for c in codes if (n := name_of_code(c))]
    return " - ".join(dict.fromkeys(names)) or None


def issuer_after(text: str, position: int) -> tuple[str, int] | None:
    """The issuer in "của …" at `position` (after a citation and its date), and where it ends; None where none stands."""
    of = _OF.match(text, position)
    if not of:
        return None
    words: list[str] = []
    end = of.end()
    while len(words) < _MAX_WORDS:
        word = _WORD.match(text, end)
        if not word:
            joint = _INNER_MARK.match(text, end)
            if joint and words and _continues(words, text, joint.end(), comma="," in joint[0]):
                words[-1] += "," if "," in joint[0] else " -"
                end = joint.end()
                continue
            break
        token = word[1]
        following = _WORD.match(text, word.end())
        if not _belongs(token, following[1] if following else "", words):
            break
        words.append(token)
        end = word.end()
    if not words or words[0].lower() not in _HEAD or (len(words) == 1 and words[0].islower()):
        return None
    return " ".join(words), end


def _belongs(token: str, following: str, words: list[str]) -> bool:
    """Whether `token` goes on with the issuer's name `words`."""
    if not words:
        return token[0].isupper() or token.lower() in _HEAD
    if token == "và":
        return following[:1].isupper() and words[0].lower() in ("bộ", "sở", "phòng", "ủy", "uỷ", "đoàn") and not _starts_body(following)
    if token[0].isupper():
        return not (token == "Về" or (token == "V" and following == "v"))
    if token in _STOP:
        return following in _KEEP.get(token, ())
    return not token.isdigit()


def _starts_body(word: str) -> bool:
    return word.lower() in ("bộ", "sở", "ubnd", "hđnd", "ủy", "ban", "chính", "thủ", "quốc")


def _continues(words: list[str], text: str, position: int, *, comma: bool) -> bool:
    """Văn hóa, Thể thao và Du lịch; Lao động - Thương binh và Xã hội: a comma or dash inside a body's name."""
    following = text[position : position + 12]
    if comma:
        return following.startswith(("Thể thao", "Gia đình"))
    return following.startswith(("Thương binh", "Xây dựng", "Kế hoạch", "Hạ tầng", "Thông tin", "Ngân sách", "Xã hội"))
