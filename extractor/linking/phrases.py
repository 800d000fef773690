"""The words that open, close and link a noun phrase of Vietnamese administrative prose, and what is left between them.

Lexicons of function words and head nouns, written for this project from the register. All words are lower case.
"""

from __future__ import annotations

from functools import lru_cache

from extractor.finding.lazy import lazy
from extractor.linking.clauses import DATE, GLUE

TRAILING = frozenset(
    (
        "đạt là có còn chiếm bằng ước khoảng trên dưới gần hơn tăng giảm xuống lên được từ đến với mới chỉ tối thiểu ít nhất "
        "không quá vượt và gồm cho thêm tới đã tương đương ứng tức cỡ hiện khá cao thấp đang phải sẽ chừng xấp xỉ tính so đa "
        "nhiều đều cả chung bình bao thì nhanh mạnh nay tiếp tục trong đó vào theo tại ở của cụ thể tử giữ khoản "
        "hết sau trước cuối đầu chưa ra vẫn trung lượng riêng như đưa nâng trở hoặc mỗi một các những để làm do bởi nhưng vì "
        'toàn hằng hàng sang duy trì ≥ ≤ > < = ~ / - – + * : , . ; " “ ” : ± ≈ … % km m đ năm tháng'
    ).split()
)
"""Words that link a noun phrase to its figure; stripped from the end of what stands before the figure."""

LEADING = frozenset(
    (
        "và với trong đó cụ thể gồm bao riêng còn có đã là được hiện nay ngoài ra bên cạnh đồng thời tiếp tục nâng đưa về tại ở "
        'chia theo nhất chủ yếu ước tính đến hết từ đầu cuối qua do nhờ cả - – + * • , . ; : " “ ” tuy nhiên như vậy như khi '
        "đối bình nhưng mà thì vẫn đang sẽ cũng bước mới tức hay hoặc của các những so giảm tăng kết quả phấn đấu dự kiến nay, "
        "năm, đó, ra, cạnh, thời, nhiên, vậy, giữ toàn số: lần lượt nữa"
    ).split()
)
"""Words that open a clause but no noun phrase; stripped from its start."""

LEVELS = frozenset(
    "xã phường thị trấn huyện quận tỉnh thành phố thôn bản ấp buôn làng khu xóm địa bàn tp tx các".split()
)
AREAS = frozenset("xã phường thôn bản ấp buôn làng huyện quận tỉnh xóm khu".split())
"""Units of area: a count of them inside a phrase (`tại 10 xã`) says where, not what."""

RATE, MONEY, COUNT, MEASURE, ANY = 1, 2, 4, 8, 15
RATE_LIKE = RATE | MONEY | COUNT | MEASURE
HEADS: dict[str, int] = {
    **dict.fromkeys(
        (
            "tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tỷ suất|tỉ suất|tốc độ|độ che|cơ cấu|lãi suất|chỉ số|hệ số|mật độ|mức độ|công suất|"
            "dung tích|hiệu suất|xác suất|tăng trưởng|độ bao|mức giảm|mức tăng|tỷ giá|tỷ phần"
        ).split("|"),
        RATE,
    ),
    **dict.fromkeys(
        (
            "kinh phí|dư nợ|doanh số|doanh thu|giá trị|trị giá|số tiền|thu nhập|lợi nhuận|kim ngạch|ngân sách|khái toán|dự toán|"
            "tiền lương|mức lương|học phí|lệ phí|bội chi|thuế|thu|chi|vốn|quỹ|nguồn vốn|nợ|tiền|giá|thiệt hại|định mức|mức hỗ|"
            "mức thưởng|mức chi|mức thu|mức đóng|mức vay|mức trợ|mức phạt|giải ngân|tổng thu|tổng chi|tổng vốn|tổng dư|tổng mức|tổng nguồn|"
            "tổng kinh|tổng giá|tổng trị|tổng doanh|tổng thiệt|tổng đầu|tổng tiền|nhu cầu|dự phòng|chi phí|bình quân|lương|phụ cấp|trợ cấp|"
            "kế hoạch|vốn đầu|nguồn thu|phí|grdp|gdp|tổng sản|mức thu|thu ngân|khoản|hạn mức|cước|nguồn kinh|khai toán|tạm ứng|quyết toán|vay"
        ).split("|"),
        MONEY,
    ),
    **dict.fromkeys(("số|số lượng|tổng số|tổng|tiêu chí|chỉ tiêu|lực lượng|các tiêu|quy mô").split("|"), COUNT),
    **dict.fromkeys(
        (
            "diện tích|sản lượng|năng suất|đàn|tổng đàn|chiều dài|khối lượng|dung tích|lượng mưa|mực nước|trữ lượng|công suất|"
            "tổng diện|tổng sản|tổng chiều|tổng khối|độ dài|nhiệt độ|dân số|mật độ|lượng|chiều rộng|chiều cao|sản phẩm|đỉnh lũ|lưu lượng|"
            "quy mô|điện năng|tuổi thọ|mức sinh|sản xuất|chỉ số|tỷ suất|tổng mức|tổng lượng"
        ).split("|"),
        MEASURE,
    ),
}
"""First words (one or two) of the noun phrases that name a quantity, with the kinds of figure that they head."""
for _both, _kinds in {
    "tổng": ANY, "bình quân": ANY, "quy mô": ANY, "số": COUNT | MEASURE, "tổng số": COUNT | MEASURE | MONEY, "nhu cầu": ANY,
    "giá trị": ANY, "tổng giá": ANY, "thu nhập": ANY, "dân số": ANY, "kế hoạch": MONEY, "năng suất": ANY, "mức": ANY,
    "tốc độ": ANY, "tăng trưởng": ANY, "mức sống": ANY, "công suất": ANY, "dung tích": ANY, "chỉ số": ANY,
    "kim ngạch": ANY, "tổng mức": ANY, "tổng sản": ANY, "sản lượng": ANY, "diện tích": ANY, "grdp": ANY, "gdp": ANY,
}.items():  # fmt: skip
    HEADS[_both] = _kinds

GENERIC = frozenset(
    (
        "kinh phí|tổng kinh phí|số tiền|tổng số tiền|trị giá|tổng trị giá|tổng vốn|giá trị|tổng giá trị|mức|tỷ lệ|tỉ lệ|tỷ trọng|"
        "tổng số|số|quy mô|tổng mức đầu tư|tổng vốn đầu tư|vốn|vốn đầu tư|mức hỗ trợ|định mức|bình quân|kinh phí thực hiện|"
        "tổng kinh phí thực hiện|số lượng|tổng|giá bình quân|sản lượng|diện tích|năng suất|năng suất bình quân|dư nợ|tổng số vốn|"
        "tổng mức|nguồn vốn|tổng nguồn vốn|vốn đăng ký|tổng vốn đăng ký|tổng cộng|khái toán kinh phí|kết quả|tổng diện tích|"
        "giá trị sản xuất|mức đóng góp|kinh phí hỗ trợ|tổng thu|tổng chi|thu|chi|giải ngân|doanh thu|số vốn|tỷ lệ bình quân"
    ).split("|")
)
"""Phrases that name a quantity but not of what; they are completed from the clause before, the item or the heading."""

AFTER_STOP = frozenset(
    (
        "đạt bằng chiếm tăng giảm so với từ để trong trên năm tháng theo là thì mà nhưng do vì nên trước sau vào đến qua hiện "
        "trở lên nữa cao thấp tương thuộc ở tại và nâng gấp ước vượt riêng cũng đều lần nhằm đối hàng hằng mỗi hoàn"
    ).split()
)
"""Words behind a figure that do not go on naming what it counts."""

AFTER_TAIL = frozenset(
    "và với để cho của tại trong là có được đạt từ đến theo còn trên bằng ở bởi do nhưng mà như gồm đã vào về".split()
)
"""Function words that no phrase behind a figure ends in."""

PLANS = frozenset(
    "kh|kế hoạch|dự toán|chỉ tiêu|mục tiêu|mtđh|nghị quyết|nq|chỉ tiêu kế hoạch|mục tiêu kế hoạch|kế hoạch giao|kh giao|"
    "chỉ tiêu giao|dự toán giao|chỉ tiêu nghị quyết|mục tiêu nghị quyết|kh năm|kế hoạch năm|chỉ tiêu đề".split("|")
)
"""Phrases that call a figure the plan of what was named before, and name nothing themselves."""

_STRIP = '.,;:"“”()[]…'
_EDGE = lazy(rf"^[\s\d.,()–+*•-]+(?=[^\W\d])|[\s{DATE}]+$")


def words(piece: str) -> list[str]:
    """The words of a clause piece; dates are left out with the prepositions before them."""
    if DATE not in piece:
        return piece.split()
    kept: list[str] = []
    for word in piece.split():
        if DATE in word:
            while kept and kept[-1].lower() in _BEFORE_DATE:
                kept.pop()
            if word[-1] == "," and kept and kept[-1][-1] not in ",:;":
                kept[-1] += ","
        else:
            kept.append(word)
    return kept


_BEFORE_DATE = frozenset(
    "đến hết trong vào từ cuối đầu của tính ngày tháng giữa cả ước qua tại hồi lúc kể thời điểm sang năm giờ sáng".split()
)


@lru_cache(maxsize=1 << 14)
def low(word: str) -> str:
    """A word as the lexicons hold it."""
    return word.lower().strip(_STRIP)


def trim(found: list[str]) -> list[str]:
    """`found` without the words that link it to its figure, and the linking words stripped, nearest first."""
    cut = len(found)
    while cut:
        word = found[cut - 1]
        if GLUE in word:
            head, _, _ = word.partition(GLUE)
            if not head or head.lower() in LEVELS or head.lower() in TRAILING:
                cut -= 1
                continue
            break
        bare = low(word)
        if bare in _PAIRS and cut > 1 and low(found[cut - 2]) in _PAIRS[bare]:
            cut -= 2
            continue
        if bare and bare not in TRAILING and not bare.isdigit():
            if bare in LEVELS and cut < len(found) and GLUE in found[cut]:
                cut -= 1
                continue
            break
        if bare in _KEPT_AFTER and cut > 1 and low(found[cut - 2]) in _KEPT_AFTER[bare]:
            break
        cut -= 1
    return found[:cut]


_PAIRS = {
    "mức": ("ở", "đạt", "tới", "với"), "hiện": ("thực",), "bàn": ("địa",), "thành": ("hoàn",), "khai": ("triển",), "đó": ("trong",), "huyện": ("toàn",), "tỉnh": ("toàn", "của"), "xã": ("toàn", "của"), "phố": ("thành",), "nước": ("cả",),
}  # fmt: skip
_KEPT_AFTER: dict[str, tuple[str, ...]] = {
    "cao": ("nâng", "công"), "mới": ("thôn", "lập", "nạp", "rừng", "đổi"), "mức": ("định",), "trung": (), "lượng": ("sản", "số", "khối", "chất", "lực", "trữ", "lưu", "năng"),
    "độ": ("tốc", "mật", "mức"), "năm": ("hằng", "hàng"), "làm": ("việc",), "ứng": ("đáp", "tạm", "cung"),
    "đầu": ("bắt",), "thấp": (), "thiểu": ("giảm",), "chung": ("nói",), "cho": (), "tế": ("kinh", "y"), "có": ("chưa",),
    "thêm": ("làm",), "trì": (), "tục": ("thủ",), "ra": ("đề", "đầu"), "lên": (), "trong": (), "ở": ("nhà",), "khoản": ("tài",),
    "đạt": ("chưa",), "đưa": (), "được": (), "nhất": ("thống",), "đó": (), "cả": (), "tháng": (),
    "sau": (), "tiếp": ("trực", "gián"), "mạnh": (), "ít": (), "m": (), "đều": (), "vượt": (), "cụ": (), "thể": ("tập", "đoàn"),
}  # fmt: skip


def shorten(found: list[str]) -> list[str]:
    """Words behind a figure without the function words that they end in."""
    cut = len(found)
    while cut and low(found[cut - 1]) in AFTER_TAIL:
        cut -= 1
    if cut > 1 and low(found[cut - 1]) == "hiện" and low(found[cut - 2]) == "thực":
        cut -= 2
    return found[:cut]


def start_at_head(found: list[str], kind: int) -> int:
    """Where the noun phrase that names a quantity starts in `found`: the index of its head noun, -1 where there is none.

    The head is the leftmost one of the last part between commas that holds one; a part that opens without a head
    belongs to the phrase before it (`thu phí, lệ phí`) as long as nothing but words stand between.
    """
    best = -1
    first = _first_words()
    lowered = [low(w) for w in found]
    end = len(found)
    index = end - 1
    while index >= 0:
        word = lowered[index]
        if word not in first:
            if best >= 0 and _closes(found, lowered, index):
                break
            index -= 1
            continue
        value = HEADS.get(word, 0) if word not in ("số", "thu", "chi", "vay", "giá") or _noun(lowered, index) else 0
        if index + 1 < end:
            value |= HEADS.get(f"{word} {lowered[index + 1]}", 0)
        if value & kind:
            best = index
        if best >= 0 and _closes(found, lowered, index):
            break
        index -= 1
    return best


def _closes(found: list[str], lowered: list[str], index: int) -> bool:
    """Whether the phrase that starts at `index` or after it cannot start earlier."""
    if index == 0:
        return False
    before = lowered[index - 1]
    if found[index - 1][-1] in ",;:" or before == "đó":
        return True
    return before == "với" and index > 1 and lowered[index - 2] not in ("so", "đối")


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """The words that a head can start with."""
    return frozenset(head.split(" ")[0] for head in HEADS)


def _noun(lowered: list[str], index: int) -> bool:
    """Whether `số`, `thu`, `chi` … at `index` is a noun here: it opens a phrase, and no counted noun precedes it."""
    if index + 1 < len(lowered) and lowered[index + 1][:1].isdigit():
        return False
    if index == 0:
        return True
    before = lowered[index - 1]
    if before == "một":
        return False
    return (
        before in LEADING
        or before in TRAILING
        or before in ("tổng", "nguồn", "dự", "kế", "toán", "đầu", "cân")
        or (before in HEADS)
    )


def strip_lead(found: list[str]) -> list[str]:
    """`found` without the words that open the clause (`trong đó`, `toàn tỉnh có`, `tại huyện X`)."""
    at = 0
    size = len(found)
    while at < size:
        word = found[at]
        bare = low(word)
        if GLUE in word:
            head, _, _ = word.partition(GLUE)
            if not head or head.lower() in LEVELS or head.lower() in LEADING or head[:1].isupper():
                at += 1
                continue
            break
        if not bare or bare in LEADING or bare.isdigit() or not bare[0].isalpha():
            at += 1
        elif (
            bare in ("toàn", "trên", "cả")
            and at + 1 < size
            and low(found[at + 1]) in ("tỉnh", "huyện", "xã", "địa", "ngành", "thành", "nước")
        ):
            at += 2 if low(found[at + 1]) != "địa" else 3
        elif bare in LEVELS and at + 1 < size and GLUE in found[at + 1]:
            at += 1
        elif bare in AREAS and at + 1 < size and (low(found[at + 1]) in ("có", "đã", "đạt", "hiện")):
            at += 1
        elif bare in AREAS and at + 1 == size:
            at += 1
        else:
            break
    return found[at:]


def tail_places(found: list[str]) -> list[str]:
    """`found` without the places at its end (`… trên địa bàn huyện X`)."""
    cut = len(found)
    while cut > 1:
        word = found[cut - 1]
        bare = low(word)
        if GLUE in word:
            head = word.partition(GLUE)[0].lower()
            if not head or head in LEVELS or head in TRAILING:
                cut -= 1
                continue
            break
        if bare == "bàn" and low(found[cut - 2]) == "địa":
            cut -= 2
            continue
        if bare in _KEPT_AFTER and low(found[cut - 2]) in _KEPT_AFTER[bare]:
            break
        if bare in ("tại", "toàn", "trên", "ở", "của") or (
            bare in LEVELS and low(found[cut - 2]) in ("toàn", "của", "tại", "bàn", "trên", "cả", "thành")
        ):
            cut -= 1
            continue
        break
    return found[:cut] if cut >= 1 else found


def join(found: list[str]) -> str:
    """A phrase as it is given out: one space between words, its first letter small unless the word is an acronym or name."""
    text = " ".join(found).replace(GLUE, " ").replace(DATE, "").strip(' ,.;:-–"“”')
    text = _EDGE.sub("", text).strip()
    if len(text) > 1 and text[0].isupper() and not text.split(" ", 1)[0][1:2].isupper():
        return text[0].lower() + text[1:]
    return text


@lru_cache(maxsize=4096)
def is_generic(phrase: str) -> bool:
    """Whether a phrase does not say of what it is the quantity."""
    return phrase in GENERIC or phrase.removesuffix(" là") in GENERIC


def trim_before_count(found: list[str]) -> list[str]:
    """The words before a count of areas inside a phrase, without the preposition that leads to it."""
    cut = len(found)
    while cut and low(found[cut - 1]) in _TO_COUNT:
        cut -= 1
    return found[:cut]


_TO_COUNT = frozenset("tại của ở thuộc trên bàn địa các cho bình quân".split())
