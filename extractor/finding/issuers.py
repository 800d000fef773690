"""Who issued a cited document: from the words after it ("của Ban Thường vụ Tỉnh ủy") or from its symbol.

The abbreviations are `patterns/issuers.toml`.
"""

from __future__ import annotations

from functools import lru_cache

from extractor import patterns
from extractor.finding.lazy import lazy
from extractor.finding.official import natural

_TERM = lazy(r"\d{1,2}$")  # the term of an assembly: QH15, UBTVQH14
_OF = lazy(r"[\s,)]{0,6}(?:do\s{1,4}|được\s{1,4}|của\s{1,4}|CỦA\s{1,4})(?:các\s|liên\s(?=[A-ZĐ]))?")
_WORD = lazy(r"\s{0,4}([^\W_]+)")
_INNER_MARK = lazy(r"\s{0,2}[,–-]\s{0,2}(?=[A-ZĐ])")
_HEAD = frozenset(
    "ban bộ bí ủy uỷ ubnd hđnd ub chính thủ quốc chủ thường sở phòng văn cục chi tỉnh thành huyện thị quận đảng"
    " xã hội liên"
    " mặt đoàn ngân kho công viện tòa toà thanh tổng trung tập kiểm bảo cơ trường btv tu hu đu ubkt ubmttq mttq lđlđ tw"
    " giám trưởng phó ttg bchtw bch bcđ".split()
)
# Lower-case words that end an issuer's name: always, or only with what follows them (ban hành, but not Ủy ban nhân
# dân).
_STOP = frozenset(
    "về v ngày năm đối trong đã để nhằm được có tại là cho theo nêu trên này đó với khi từ đến hay hoặc kèm"
    " khóa khoá cũng"
    " phải cần sẽ do bằng ký số thì nên hiện hằng hàng gắn nay gửi đang yêu họp xét đề trình tiếp như mà các"
    " những một cùng"
    " ra lần giao khẩn rà đánh chuyển khắc ứng lấy cử mở xin duyệt".split()
)
_STOP_WITH = {
    "ban": "hành", "thực": "hiện", "tổ": "chức", "công": "bố nhận khai", "triển": "khai", "hướng": "dẫn",
    "phê": "duyệt",
    "sửa": "đổi", "bổ": "sung nhiệm", "thông": "qua báo", "nhiệm": "kỳ", "liên": "quan", "kết": "luận", "tăng": "cường",
    "đẩy": "mạnh", "chỉ": "đạo", "phát": "động triển", "nâng": "cao", "xây": "dựng", "hỗ": "trợ", "giai": "đoạn",
    "chấn": "chỉnh", "cụ": "thể", "quy": "định chế", "thành": "lập", "điều": "chỉnh động", "phân": "công bổ cấp",
    "tổng": "kết",
    "giải": "quyết", "quán": "triệt", "bãi": "bỏ", "thay": "thế", "kiện": "toàn", "quản": "lý", "sắp": "xếp",
    "bảo": "đảm vệ",
}  # fmt: skip
_MAX_WORDS = 16
_BOARDS = frozenset(("BCĐ", "BCH", "BQL"))  # their codes go on with the field: BCĐNTM, BCHPCTT


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {code.upper(): e["name"] for e in patterns.load("issuers")["issuer"] for code in e["codes"]}


def is_issuer(code: str) -> bool:
    """Whether `code` (canonical, with or without a term number) is a known issuer's abbreviation."""
    upper = code.upper()
    if name_of_code(upper):
        return True
    # a ministry's or department's field without its B or S, which leaves open whose it is: LĐTBXH, TNMT
    return len(upper) > 3 and any(mark + upper in _names() for mark in "BS")


def name_of_code(code: str) -> str | None:
    """`NHNN` -> "Ngân hàng Nhà nước Việt Nam", `QH15` -> "Quốc hội"; None where unknown."""
    upper = code.upper()
    return (
        _names().get(upper)
        or _names().get(_TERM.sub("", upper))
        or _names().get(upper[:3] if upper[:3] in _BOARDS else "")
    )


def issuer_from_codes(codes: tuple[str, ...]) -> str | None:
    """The issuer named by the codes after a symbol's type; joint documents name all that are known."""
    names = [n for c in codes if (n := name_of_code(c))]
    return " - ".join(dict.fromkeys(names)) or None


def issuer_after(text: str, position: int) -> tuple[str, int] | None:
    """The issuer in "của …" at `position` (after a citation and its date), and where it ends; None if there is none."""
    of = _OF.match(text, position)
    if not of:
        return None
    shouted = of[0].isupper()
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
        if not _belongs(token, following[1] if following else "", words, shouted=shouted):
            break
        words.append(token)
        end = word.end()
    if not words or words[0].lower() not in _HEAD or (len(words) == 1 and words[0].islower()):
        return None
    name = " ".join(words)
    return natural(name) if shouted else name, end


def _belongs(token: str, following: str, words: list[str], *, shouted: bool) -> bool:
    """Whether `token` goes on with the issuer's name `words`; in a line of capitals case says nothing."""
    if shouted and words:
        low = token.lower()
        return low not in _STOP and following.lower() not in _STOP_WITH.get(low, "").split() and not token.isdigit()
    if not words:
        return token[0].isupper() or token.lower() in _HEAD
    if token == "và":
        named_after_fields = words[0].lower() in ("bộ", "sở", "phòng", "ủy", "uỷ", "đoàn")
        return named_after_fields and following[:1].isupper() and not _starts_body(following)
    if token[0].isupper():
        return not (token == "Về" or (token == "V" and following == "v"))
    if token in _STOP or following in _STOP_WITH.get(token, "").split():
        return False
    return not token.isdigit()


def _starts_body(word: str) -> bool:
    return word.lower() in ("bộ", "sở", "ubnd", "hđnd", "ủy", "ban", "chính", "thủ", "quốc")


def _continues(words: list[str], text: str, position: int, *, comma: bool) -> bool:
    """Văn hóa, Thể thao và Du lịch; Lao động - Thương binh và Xã hội: a comma or dash inside a body's name."""
    following = text[position : position + 12]
    if comma:
        return following.startswith(("Thể thao", "Gia đình"))
    return following.startswith(
        ("Thương binh", "Xây dựng", "Kế hoạch", "Hạ tầng", "Thông tin", "Ngân sách", "Xã hội", "Khen thưởng")
    )
