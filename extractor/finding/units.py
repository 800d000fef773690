"""Reading the unit after a number: the words of the lexicon, rates, coordinated nouns, scale words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from extractor.finding import acronyms
from extractor.finding.lexicon import ACRONYMS, NOT_A_UNIT, PLACE_GROUPS, Entry, lexicon, longest, word
from extractor.model import Kind

MOST_JOINED = 30
"""Nouns that one number counts together; the longest row seen in a report has six."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as read from the text: it ends at `end`; `name` is the contract's spelling.

    `whole` says whether the thing comes in whole numbers; `amounts` is the number of đồng that one of it makes.
    """

    end: int
    name: str
    kind: Kind
    group: str
    whole: bool | None
    amounts: int | None = None
    rate: bool = False


TIMES = frozenset({"năm", "tháng", "quý", "ngày"})
MEASURED_RATES = frozenset({"ml", "l", "lít", "kg", "g", "km", "mg"})


@lru_cache(maxsize=1)
def _year_follows() -> regex.Pattern[str]:
    return regex.compile(r"[ \xa0](?:(?:19|20)\d\d|\d\d?[/-]\d\d?[/-]\d{4})(?![.,]?\d)")


@lru_cache(maxsize=1)
def _night() -> regex.Pattern[str]:
    return regex.compile(r"\s?[.,\-–]\s?đêm(?!\w)")


@lru_cache(maxsize=1)
def _gap() -> re.Pattern[str]:
    """White space before a unit, and the number spelled out: `01 (một) bộ`."""
    return re.compile(r"\s*+(?:\([^\W\d_]++(?:\s[^\W\d_]++){0,4}\)\s*+)?")


@lru_cache(maxsize=1)
def _spaces() -> re.Pattern[str]:
    return re.compile(r"\s*+")


@lru_cache(maxsize=1)
def _join() -> re.Pattern[str]:
    return re.compile(r"(\s*+[,/&–-]\s*+|\s++(?:và|hoặc|hay|-|–|&)\s++)(?=[^\W\d_])")


@lru_cache(maxsize=1)
def _per() -> regex.Pattern[str]:
    """The slash of a rate, with the number of its denominator: `/`, `/ 01 `, `/10.000 `."""
    count = r"0?1(?=[\s\p{L}])|10{1,5}|1[.,]000(?:[.,]000)?|100[.,]000|10[.,]000"
    return regex.compile(rf"\s?/\s?(?:({count})\s?)?(?=[^\W\d_])")


def skip_gap(text: str, at: int) -> int | None:
    """Where the word after a number begins; None where a tab or a line break ends the cell or line."""
    if text[at : at + 1] == " " and text[at + 1 : at + 2].isalpha():
        return at + 1  # what nearly every number has after it
    match = _gap().match(text, at)
    end = match.end() if match else at
    gap = text[at:end]
    if "\t" in gap or ("\n" in gap and not text[end : end + 1].islower()):
        return None
    return end


def read_unit(text: str, at: int, number: int | None = None) -> Unit | None:
    """The unit that stands after a number ending at `at`, by the lexicon or as an abbreviation in capitals.

    `number`: where the number starts. None where no unit is known.
    """
    start = skip_gap(text, at)
    if start is None or start >= len(text):
        return None
    lex = lexicon()
    symbol = lex.symbol.match(text, start)
    if symbol is not None:
        entry = lex.symbols[" ".join(symbol[0].lower().split())]
        return _rated(text, _unit(entry, symbol.end(), symbol[0]))
    hit = longest(text, start, lex.words, lex.openings)
    if hit is not None and not _part_of_word(text, hit[0]):
        entry = lex.words[hit[1]]
        if entry.group == NOT_A_UNIT:
            return None
        written = text[start : hit[0]]
        if written in acronyms.HEADS and acronyms.read_acronym(text, start, number) is None:
            return None
        if written.isupper() and text[hit[0] : hit[0] + 1] == "-" and text[hit[0] + 1 : hit[0] + 3].isupper():
            return None  # 246 CV-UBND
        return _rated(text, _times(text, _joined(text, _turns(text, _unit(entry, hit[0], hit[1])), hit[1])))
    return _scaled(text, start) or (_abbreviated(text, start, number) if start > at else None)


def _abbreviated(text: str, start: int, number: int | None) -> Unit | None:
    """An abbreviation in capitals as a unit, with those counted together with it: `05 CBCC, VC`."""
    end = acronyms.read_acronym(text, start, number)
    if end is None:
        return None
    unit = Unit(end, text[start:end].lower(), "other", ACRONYMS, True)
    return _rated(text, _times(text, unit))


def _times(text: str, unit: Unit) -> Unit:
    """A product with a distance or a time: `tấn.km`, `HK.km`, `kW.h`."""
    match = _product().match(text, unit.end)
    return unit if match is None else replace(unit, end=match.end(), name=unit.name + match[0].lower(), whole=False)


@lru_cache(maxsize=1)
def _product() -> regex.Pattern[str]:
    return regex.compile(r"(?:[.·×*]|(?<=tấn|HK|hk|khách)-)(?:km|Km|KM|h|hải lý)(?![\w])")


def _part_of_word(text: str, at: int) -> bool:
    """Whether a letter follows directly (`50 hax`)."""
    return text[at : at + 1].isalpha()


def _unit(entry: Entry, end: int, form: str) -> Unit:
    name = entry.unit or " ".join(form.lower().split())
    if entry.kind == "money" and entry.unit is None:
        name = name.upper()
    whole = not (entry.measured or entry.kind == "money") or entry.factor == 1
    return Unit(end, name, entry.kind, entry.group, whole, entry.factor)


def _turns(text: str, unit: Unit) -> Unit:
    """`lượt` and what takes it: `lượt cán bộ công chức`."""
    if unit.name != "lượt" or not text[unit.end : unit.end + 1].isspace():
        return unit
    lex = lexicon()
    hit = longest(text, unit.end + 1, lex.words, lex.openings)
    if hit is None and (end := acronyms.read_acronym(text, unit.end + 1)) is not None:
        return replace(unit, end=end, name=f"lượt {text[unit.end + 1 : end].lower()}")
    if (
        hit is None
        or lex.words[hit[1]].group == NOT_A_UNIT
        or lex.words[hit[1]].kind not in ("other", "household")
        or lex.words[hit[1]].measured
    ):
        return unit
    return replace(unit, end=hit[0], name=f"lượt {hit[1]}", kind=lex.words[hit[1]].kind)


def _joined(text: str, unit: Unit, form: str) -> Unit:
    """Add the nouns counted together with `form` (`xã, thị trấn`), not the name or clause that begins after a comma."""
    lex = lexicon()
    kin = lex.joins.get(unit.name.removeprefix("lượt ") if unit.name.startswith("lượt ") else form)
    if kin is None:
        return unit
    for _ in range(MOST_JOINED):
        link = _join().match(text, unit.end)
        if link is None:
            break
        hit = longest(text, link.end(), lex.words, lex.openings)
        if text[link.end()].isupper() and (place := _place_class(text, unit, link)) is not None:
            unit = place
            continue
        if (
            text[link.end()].isupper()
            and text[link.end() + 1 : link.end() + 2].islower()
            and text[unit.end - 1].islower()
        ):
            break
        if hit is None or _part_of_word(text, hit[0]) or not kin & lex.joins.get(hit[1], frozenset()):
            break
        after = _follows().match(text, hit[0])
        assert after is not None
        if after[1] or (after[2] and text[link.end()].islower()) or (after[3] and hit[1] in lex.verbal):
            break
        glue = link[1].strip()
        name = unit.name + (f"{glue} " if glue == "," else glue if glue == "/" else f" {glue} ") + hit[1]
        unit = replace(unit, end=hit[0], name=name)
    return unit


def _place_class(text: str, unit: Unit, link: re.Match[str]) -> Unit | None:
    """`unit` with the abbreviated class of place behind `link`: `48 xã, TT`; None where a name follows it."""
    found = word().match(text, link.end())
    if found is None or found[0] not in acronyms.PLACES or unit.group not in PLACE_GROUPS:
        return None
    end = found.end()
    after = _follows().match(text, end)
    assert after is not None
    if after[1] or after[2] or (text[end : end + 1] in (".", "/") and text[end + 1 : end + 2].isalnum()):
        return None
    glue = link[1].strip()
    glue = f"{glue} " if glue == "," else glue if glue == "/" else f" {glue} "
    return replace(unit, end=end, name=unit.name + glue + text[link.end() : end].lower())


@lru_cache(maxsize=1)
def _number_follows() -> re.Pattern[str]:
    return re.compile(r"[ \xa0](?:giao |là )?[0-9]")


@lru_cache(maxsize=1)
def _follows() -> regex.Pattern[str]:
    """What stands after a noun: a number or colon (1), a name (2), another word (3)."""
    return regex.compile(r"\s?(?:([0-9:])|(\p{Lu})|((?!của|về|chỉ đạo|liên quan|của)\p{Ll}))?")


def _rated(text: str, unit: Unit) -> Unit:
    """Add the denominators of a rate: `triệu đồng/người/năm`. A share in percent keeps its plain unit (the guide)."""
    if unit.kind == "percent":
        return unit
    lex = lexicon()
    for _ in range(4):
        slash = _per().match(text, unit.end)
        if slash is None:
            break
        count = slash[1] or ""
        symbol = lex.symbol.match(text, slash.end())
        if symbol is not None:
            end, form = symbol.end(), symbol[0].lower()
        else:
            hit = longest(text, slash.end(), lex.rates, lex.rate_openings)
            noun = longest(text, slash.end(), lex.words, lex.openings)
            hit = noun if hit is None or (noun is not None and noun[0] > hit[0]) else hit
            if hit is None or (hit[1] not in lex.rates and lex.words[hit[1]].group in (NOT_A_UNIT, "households")):
                break
            end, form = hit
        if form == "ngày" and (night := _night().match(text, end)) is not None:
            end, form = night.end(), "ngày đêm"
        if form in TIMES and _year_follows().match(text, end) is not None:
            break  # 120 hộ/năm 2022: the outcome of a year, no rate
        if len(count) > 2 and form not in lex.rate_counts:
            break
        if _part_of_word(text, end) or (form not in lex.rates and _number_follows().match(text, end) is not None):
            break  # 486 hội viên/chỉ tiêu 450 hội viên: a plan, no rate
        shown = count if len(count) > 2 else ""
        if shown and not (symbol is None and form in MEASURED_RATES and text[slash.end() - 1].isdigit()):
            shown += " "
        unit = replace(unit, end=end, name=f"{unit.name}/{shown}{form}", whole=False, rate=True)
    return unit


def _speaks_of_money(text: str, start: int, end: int) -> bool:
    """Whether the words before `nghìn` without đồng, or a rate after it, show that money is meant."""
    return text.startswith("/", end) or _money_cue().search(text, max(0, start - 50), start) is not None


@lru_cache(maxsize=1)
def _money_cue() -> re.Pattern[str]:
    cues = "giá|tiền|phí|vay|thu nhập|hỗ trợ|mức|phạt|lương|đồng|vốn|trợ cấp|đóng góp|bán|mua"
    return re.compile(cues, re.IGNORECASE)


def _scaled(text: str, start: int) -> Unit | None:
    """A scale word: money where it stands alone or before a currency, else part of the unit (`triệu con`)."""
    lex = lexicon()
    match = word().match(text, start)
    if match is None or match[0].lower() not in lex.scales:
        return None
    scale = match[0].lower()
    gap = _spaces().match(text, match.end())
    assert gap is not None
    after = gap.end() if "\n" not in gap[0] or text[gap.end() : gap.end() + 1].islower() else match.end()
    following = word().match(text, after)
    if following is not None and following[0].lower() in lex.not_scaled and after > match.end():
        return None
    money = lex.scale_money.get(scale)
    bare = None
    if money is not None and (money != "nghìn đồng" or _speaks_of_money(text, start, match.end())):
        bare = Unit(match.end(), money, "money", lex.words[money].group, False, lex.scales[scale])
    if after == match.end():
        return _rated(text, bare) if bare else None
    if following is not None and longest(text, after, lex.money_nouns, frozenset()) is not None:
        return bare
    symbol = lex.symbol.match(text, after)
    if symbol is not None and not symbol[0].startswith("%"):
        entry, end, form = lex.symbols[" ".join(symbol[0].lower().split())], symbol.end(), symbol[0]
    else:
        hit = longest(text, after, lex.words, lex.openings) or longest(text, after, lex.scaled, frozenset())
        if hit is None:
            return _scaled_acronym(text, after, scale) or (_rated(text, bare) if bare else None)
        entry, end, form = lex.words.get(hit[1]) or lex.scaled[hit[1]], *hit
    if entry.factor is not None or entry.kind == "percent" or entry.group == NOT_A_UNIT:
        return _rated(text, bare) if bare else None
    if (
        entry.kind == "other"
        and not entry.measured
        and lex.scales[scale] >= 1_000_000
        and form.lower() not in lex.millions
    ):
        return _rated(text, bare) if bare else None
    unit = _turns(text, _unit(entry, end, form))
    joined = _times(text, _joined(text, unit, unit.name))
    return _rated(text, replace(joined, name=f"{scale} {joined.name}", whole=False))


def _scaled_acronym(text: str, start: int, scale: str) -> Unit | None:
    """`486 nghìn HK`, `672 triệu HK.km`: an abbreviation behind a scale word, where that is no sum of money."""
    unit = _abbreviated(text, start, None)
    if unit is None:
        return None
    lex = lexicon()
    if lex.scales[scale] >= 1_000_000 and unit.name not in lex.millions and ".km" not in unit.name:
        return None
    return replace(unit, name=f"{scale} {unit.name}", whole=False)
