"""Whether a text layer says what the page shows: the share of its words that are valid Vietnamese syllables.

A syllable is written onset + rime with at most one tone mark, and a rime that ends in a stop (c, ch, p, t) bears only
sắc or nặng; c, g, ng stand before back vowels, k, gh, ngh before front ones (the school grammar's rules). The grammar
accepts some syllables that no word uses, and rejects nearly all that a broken glyph map or a bad recogniser makes.

Scale of a page's confidence: 1 for a trusted page; else the smaller of (a) the share of the page's countable words
that are valid syllables and (b) the share of its words that bear a diacritic divided by `USUAL_MARKED`, at most 0.99.
(`extractor.reading.pdf` gives 0 to a page of which nothing could be read and 0.1 to a picture with a few words on it.)
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

TRUSTED_VALID = 0.93
"""Least share of valid syllables on a trusted page. Stretches of born-digital reports measured 0.985 and more, pages
recognised by a program without Vietnamese 0.72 and less."""

USUAL_MARKED = 0.85
"""Share of the words of running Vietnamese that bear a diacritic (0.83-0.98 measured on stretches of 400 words)."""

TRUSTED_MARKED = 0.45
"""Least share of marked words on a trusted page; two pages recognised without diacritics had 0.02 and 0.14."""

_JUDGED = 200  # characters of one printed word that are looked at; the rest of such a word is leader dots
FEWEST_WORDS = 20
"""Below so many countable words a share says nothing, and the page is trusted."""

_ONSETS_BACK = ("c", "g", "ng")  # before a ă â o ô ơ u ư
_ONSETS_FRONT = ("k", "gh", "ngh")  # before e ê i y
_ONSETS_ANY = ("", *"b ch d đ h kh l m n nh p ph r s t th tr v x".split())
_RIMES = (
    "a ai ao au ay am an ang anh ac ach ap at ăm ăn ăng ăc ăp ăt âm ân âng âc âp ât âu ây "
    "e em en eng eo ec ep et ê êm ên ênh êch êp êt êu i ia im in inh ip it ich iu iêc iêm iên iêng iêp iêt iêu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oi om on ong ooc oong op "
    "ot oc ô ôi ôm ôn ông ôc ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uê uêch uênh uêu ui um un ung uôc uôi uôm "
    "uôn uông uôt uơ up ut uc uy uya uych uyn uynh uyp uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương "
    "ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu"
).split()
_AFTER_QU = (
    "a ai ao au ay an ang anh ac ach am ap at ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê ên êt ênh êch i in inh it "
    "ich ôc ơ ơi y ych yn ynh yt yên yêt"
).split()
_LONGEST = 10  # nghiêng with a tone, in NFD
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STRIP_TONE = {ord(t): None for t in _TONES}
_STOP = re.compile(r"(?:c|ch|p|t)$")
_LETTERS = frozenset("aăâbcdđeêghiklmnoôơpqrstuưvxy" + "fjwz")
_VOWELS = frozenset("aăâeêioôơuưy")
_TOKEN = re.compile(r"[^\W\d_]+")
_NEVER = re.compile(r"[ƣƢ]|[^\W\d_][\ue000-\uf8ff\ufffd]")  # no word of any language here is written with these
_SPOILT = re.compile(r"[^\W\d_][§¬¦¢£¤¥©®¶°±«»¿¡\\^`{}$|~!?;][^\W\d_]|[a-zà-ỹ]\d[a-zà-ỹ]")  # th8ng, ho§c
_FOREIGN = frozenset("and of is for with that by are from this was not".split())


@lru_cache(maxsize=1)
def _toneless() -> frozenset[str]:
    """All syllables without their tone, about 4,000."""
    made = {onset + rime for onset in _ONSETS_ANY for rime in _RIMES}
    made |= {onset + rime for onset in _ONSETS_BACK for rime in _RIMES if rime[0] in "aăâoôơuư"}
    made |= {onset + rime for onset in _ONSETS_FRONT for rime in _RIMES if rime[0] in "eêiy"}
    made |= {"qu" + rime for rime in _AFTER_QU}
    made |= {"gi" + rime for rime in _RIMES if rime[0] != "i" and rime[0] != "y"}
    made |= {"g" + rime for rime in _RIMES if rime.startswith("iê")}  # giếng, giết
    made |= {"gi", "gin", "gim"}
    return frozenset(made)


def _lowered(word: str) -> str:
    return unicodedata.normalize("NFC", word).lower().replace("ð", "đ")


def is_syllable(word: str) -> bool:
    """True where `word` (letters only, any case, NFC or NFD) is spelt as a Vietnamese syllable with its tone."""
    return len(word) <= _LONGEST and _is_syllable(word)


@lru_cache(maxsize=65536)
def _is_syllable(word: str) -> bool:
    parted = unicodedata.normalize("NFD", _lowered(word))
    tones = sum(c in _TONES for c in parted)
    bare = unicodedata.normalize("NFC", parted.translate(_STRIP_TONE))
    if tones > 1 or bare not in _toneless():
        return False
    return not _STOP.search(bare) or any(c in parted for c in "\u0301\u0323")


@lru_cache(maxsize=65536)
def _judged(token: str) -> int:
    """1 a valid syllable, -1 against the page, 0 not countable (abbreviation, foreign name, unit, single letter)."""
    if len(token) == 1:
        return 0
    if is_syllable(token):
        return 1
    low = _lowered(token)
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", low).translate(_STRIP_TONE))
    if not set(bare) <= _LETTERS:
        return -1
    if not _VOWELS & set(bare):
        return 0
    if token.isupper():
        return 0 if len(token) <= 6 and low.replace("đ", "d").isascii() else -1
    return -1 if token.islower() else 0


@lru_cache(maxsize=65536)
def _counts(word: str) -> tuple[int, int, int, int]:
    """(valid, invalid, marked, unmarked) tokens of one printed word."""
    valid = invalid = marked = unmarked = 0
    for token in _TOKEN.findall(unicodedata.normalize("NFC", word)):
        verdict = _judged(token)
        if verdict == 0:
            continue
        if verdict > 0:
            valid += 1
        else:
            invalid += 1
        if token.isascii():
            unmarked += 1
        else:
            marked += 1
    if not invalid and (_SPOILT.search(word) or _NEVER.search(word)):
        invalid = 1
    return valid, invalid, marked, unmarked


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far a page's words can be trusted: `confidence` on the module's scale, `reason` "" where trusted."""

    confidence: float
    reason: str = ""


def _torn(words: Sequence[str]) -> tuple[str, int]:
    """The letter whose loss explains most of the words in two pieces (`C IA`, `NG ĨA`), and how many it does.

    A font without a glyph for a letter leaves a gap: consonants alone, then a piece that begins with a vowel.
    """
    explained: Counter[str] = Counter()
    for first, second in pairwise(words):
        if len(first) > 2 or not first.isalpha() or len(second) > 5 or not second.isalpha():
            continue
        if first.isupper() != second.isupper() or _VOWELS & set(first.lower()):
            continue
        if _lowered(second)[0] not in _VOWELS and second[0].isascii():
            continue
        explained.update(letter for letter in "hnrgt" if is_syllable(first + letter + second))
    return explained.most_common(1)[0] if explained else ("", 0)


def valid_share(words: Sequence[str]) -> float | None:
    """The share of the words that are valid syllables, of those that can be; None of fewer than `FEWEST_WORDS`."""
    valid = invalid = 0
    for word in words:
        good, bad, _, _ = _counts(word[:_JUDGED])
        valid += good
        invalid += bad
    return valid / (valid + invalid) if valid + invalid >= FEWEST_WORDS else None


def judge(words: Sequence[str]) -> Verdict:
    """How far the words of one page are Vietnamese as it is written. A page in another language is not judged."""
    valid = invalid = marked = unmarked = foreign = impossible = 0
    for word in words:
        good, bad, with_mark, without = _counts(word[:_JUDGED])
        valid += good
        invalid += bad
        marked += with_mark
        unmarked += without
        foreign += word in _FOREIGN
        if bad and _NEVER.search(word):
            impossible += 1
    lost, torn = _torn(words)
    if torn >= 2:
        invalid += torn
    counted = valid + invalid
    if counted < FEWEST_WORDS and not impossible:
        return Verdict(1.0)
    share = valid / counted
    with_marks = marked / max(1, marked + unmarked)
    if foreign > counted // 10 and with_marks < TRUSTED_MARKED:
        return Verdict(1.0)
    confidence = round(min(0.99, share, with_marks / USUAL_MARKED), 2)
    if impossible:
        return Verdict(confidence, f"a broken glyph map: {impossible} words hold letters that no word is written with")
    if torn >= 2:
        return Verdict(confidence, f"a broken glyph map: {torn} words have lost the letter {lost.upper()}")
    if with_marks < TRUSTED_MARKED:
        reason = f"only {with_marks:.0%} of its words bear a diacritic, {share:.0%} are valid syllables"
        return Verdict(confidence, reason)
    if share < TRUSTED_VALID:
        return Verdict(confidence, f"only {share:.0%} of its words are valid Vietnamese syllables")
    return Verdict(1.0)
