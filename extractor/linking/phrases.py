"""The words that open, close and link a noun phrase of Vietnamese administrative prose, and what is left between them.

Lexicons of function words and head nouns, written for this project from the register. All words are lower case.
"""

from __future__ import annotations

from functools import lru_cache

from extractor.finding.lazy import lazy
from extractor.linking import words as lexicon
from extractor.linking.clauses import DATE, GLUE

_STRIP = '.,;:"“”()[]…'
_EDGE = lazy(rf"^[\s\d.,()–+*•-]+(?=[^\W\d])|[\s{DATE}]+$")


def words(piece: str) -> list[str]:
    """The words of a clause piece; dates are left out with the prepositions before them."""
    if DATE not in piece:
        return piece.split()
    kept: list[str] = []
    for word in piece.split():
        if DATE in word:
            while kept and kept[-1].lower() in lexicon.BEFORE_DATE:
                kept.pop()
            if word[-1] == "," and kept and kept[-1][-1] not in ",:;":
                kept[-1] += ","
        else:
            kept.append(word)
    return kept


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
            if not head or head.lower() in lexicon.LEVELS or head.lower() in lexicon.TRAILING:
                cut -= 1
                continue
            break
        bare = low(word)
        if bare in lexicon.PAIRS and cut > 1 and low(found[cut - 2]) in lexicon.PAIRS[bare]:
            cut -= 2
            continue
        if bare and bare not in lexicon.TRAILING and not bare.isdigit():
            if bare in lexicon.LEVELS and cut < len(found) and GLUE in found[cut]:
                cut -= 1
                continue
            break
        if bare in lexicon.KEPT_AFTER and cut > 1 and low(found[cut - 2]) in lexicon.KEPT_AFTER[bare]:
            break
        cut -= 1
    return found[:cut]


def shorten(found: list[str]) -> list[str]:
    """Words behind a figure without the function words that they end in."""
    cut = len(found)
    while cut and low(found[cut - 1]) in lexicon.AFTER_TAIL:
        cut -= 1
    if cut > 1 and low(found[cut - 1]) == "hiện" and low(found[cut - 2]) == "thực":
        cut -= 2
    return found[:cut]


def start_at_head(found: list[str], kind: int) -> int:
    """The index in `found` of the head of the noun phrase that names a quantity of `kind`, -1 where there is none.

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
        value = lexicon.HEADS.get(word, 0) if _stands_alone(lowered, index) else 0
        if index + 1 < end:
            value |= lexicon.HEADS.get(f"{word} {lowered[index + 1]}", 0)
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
    return frozenset(head.split(" ")[0] for head in lexicon.HEADS)


def _stands_alone(lowered: list[str], index: int) -> bool:
    """Whether the syllable at `index` is a word by itself: `lượng` in `chất lượng` is none."""
    word = lowered[index]
    if word == "lượng":
        return not index or lowered[index - 1] not in lexicon.QUALITIES
    return word not in ("số", "thu", "chi", "vay", "giá") or _noun(lowered, index)


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
        before in lexicon.LEADING
        or before in lexicon.TRAILING
        or before in ("tổng", "nguồn", "dự", "kế", "toán", "đầu", "cân")
        or (before in lexicon.HEADS)
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
            if not head or head.lower() in lexicon.LEVELS or head.lower() in lexicon.LEADING or head[:1].isupper():
                at += 1
                continue
            break
        if not bare or bare in lexicon.LEADING or bare.isdigit() or not bare[0].isalpha():
            at += 1
        elif (
            bare in ("toàn", "trên", "cả")
            and at + 1 < size
            and low(found[at + 1]) in ("tỉnh", "huyện", "xã", "địa", "ngành", "thành", "nước")
        ):
            at += 2 if low(found[at + 1]) != "địa" else 3
        elif (
            (bare in lexicon.LEVELS and at + 1 < size and GLUE in found[at + 1])
            or (bare in lexicon.AREAS and at + 1 < size and (low(found[at + 1]) in ("có", "đã", "đạt", "hiện")))
            or (bare in lexicon.AREAS and at + 1 == size)
        ):
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
            if not head or head in lexicon.LEVELS or head in lexicon.TRAILING:
                cut -= 1
                continue
            break
        if bare == "bàn" and low(found[cut - 2]) == "địa":
            cut -= 2
            continue
        if bare in lexicon.KEPT_AFTER and low(found[cut - 2]) in lexicon.KEPT_AFTER[bare]:
            break
        if bare in ("tại", "toàn", "trên", "ở", "của") or (
            bare in lexicon.LEVELS and low(found[cut - 2]) in ("toàn", "của", "tại", "bàn", "trên", "cả", "thành")
        ):
            cut -= 1
            continue
        break
    return found[:cut] if cut >= 1 else found


def join(found: list[str]) -> str:
    """A phrase as it is given out: one space between words, the first letter small unless the word is an acronym."""
    text = " ".join(found).replace(GLUE, " ").replace(DATE, "").strip(' ,.;:-–"“”')
    if not text[:1].isalpha():
        text = _EDGE.sub("", text).strip()
    if len(text) > 1 and text[0].isupper() and not text[1].isupper():
        if text.partition(" ")[2][:1].isupper():
            return text  # a name: Hàn Quốc
        return text[0].lower() + text[1:]
    return text


@lru_cache(maxsize=4096)
def is_generic(phrase: str) -> bool:
    """Whether a phrase does not say of what it is the quantity."""
    return phrase in lexicon.GENERIC or phrase.removesuffix(" là") in lexicon.GENERIC


def trim_before_count(found: list[str]) -> list[str]:
    """The words before a count of areas inside a phrase, without the preposition that leads to it."""
    cut = len(found)
    while cut and low(found[cut - 1]) in lexicon.TO_COUNT:
        cut -= 1
    return found[:cut]


lexicon.TO_COUNT = frozenset("tại của ở thuộc trên bàn địa các cho bình quân".split())
