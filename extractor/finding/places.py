"""Mentions of administrative units in a text: where a known name stands, and what the words around it say about it.

One pass of an automaton over the lower-cased text finds every known spelling of every unit's name together with the cue
words (`xã`, `huyện` …). A mention is a candidate only: `extractor.linking.places` decides which unit it is, and whether
a name without a cue is one at all. What counts as a mention follows the annotation guide (Places): the name without its
cue. The words are data: patterns/place_cues.toml.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, NamedTuple

from extractor import patterns
from extractor.finding.place_cues import Cues, counter_of, cue_of, far_cue
from extractor.finding.place_words import (
    BEFORE_NAME,
    NO_NAME,
    SURNAMES,
    Cue,
    CueLevel,
    Flat,
    Name,
    flatten,
    lexicon,
    rules,
)
from extractor.gazetteer import fold, folded_index, gazetteer
from extractor.gazetteer.names import key, variants


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that may be an administrative unit. `text[start:end]` is the name without its cue.

    keys: the gazetteer's look-up keys that the surface spells; empty where the name is only like one, or unknown.
    cue: the level that its cue word says ("city": thành phố, a district or a province); None: no cue.
    word: the cue word in lower case. listed: the cue stands before the list, not before the name itself.
    group: members of one list share the number. joint: the words since the mention before, where that is near.
    """

    start: int
    end: int
    text: str
    keys: tuple[str, ...]
    cue: CueLevel | None = None
    word: str = ""
    listed: bool = False
    group: int = 0
    joint: str | None = None


class _Found(NamedTuple):
    start: int
    end: int
    keys: tuple[str, ...]
    cue: Cue | None
    heads: bool  # the cue stands before a list that begins with this name


_Names = list[tuple[int, int, Name | None]]
_JOINT = 70  # characters between two mentions that may still belong together


def find_mentions(text: str) -> list[Mention]:
    """Every candidate mention in the order of the text. `text` is NFC. Linear in its length."""
    return [mention for mention, _ in _scan(text, [])]


def _scan(text: str, dropped: list[tuple[str, str]]) -> list[tuple[Mention, str]]:
    """Mentions with the pattern entry of their cue; names that a counter entry keeps out go to `dropped`."""
    flat = flatten(text)
    names, cues = _events(flat)
    found, used = _cued(flat, names, cues)
    covered = [(f.start, f.end) for f in found] + [(start, end) for end, (start, _) in cues.items() if start in used]
    found += _noisy(flat, cues, sorted(covered), used)
    covered += [(f.start, f.end) for f in found]
    found += _without_cue(flat, names, sorted(covered), dropped)
    found.sort()
    return _grouped(text, flat, found)


def _events(flat: Flat) -> tuple[_Names, Cues]:
    """All names (longest first where they start together; None: a phrase that only holds one) and all cues."""
    low, text = flat.low, flat.text
    names: _Names = []
    cues: Cues = {}
    for last, (length, values) in lexicon().automaton.iter(low):
        end = last + 1
        if low[end].isalnum():
            continue
        start = end - length
        for value in values:
            if not isinstance(value, Cue):
                names.append((start, end, value))
            elif (end not in cues or start < cues[end][0]) and (not value.abbreviation or text[start].isupper()):
                cues[end] = (start, value)
    names.sort(key=lambda n: (n[0], -n[1]))
    return names, cues


def _has_level(keys: tuple[str, ...], cue: CueLevel) -> bool:
    levels = ("province", "district") if cue == "city" else (cue,)
    return any(u.level in levels for k in keys for u in gazetteer().by_key[k])


def _broken(surface: str) -> bool:
    """Whether punctuation stands inside what would be a name: two words of a sentence, not one name."""
    return any(c in ",;:()/" for c in surface)


def _lower_case_name(cue: Cue, surface: str) -> bool:
    """Whether a name without capitals counts: only provinces and districts after their cue (`tỉnh tiền giang`)."""
    return cue.level != "commune" and not cue.abbreviation and " " in surface and surface == surface.lower()


def _cued(flat: Flat, names: _Names, cues: Cues) -> tuple[list[_Found], set[int]]:
    """The names that a cue stands before, and where those cues start."""
    low = flat.low
    found: list[_Found] = []
    used: set[int] = set()
    taken = 0
    for start, end, name in names:
        if start < taken:
            continue
        if name is None:
            taken = end
            continue
        if low[end - 1].isdigit() and (numbered := _numbered(flat, start, end, name)):
            found += numbered
            taken = numbered[-1].end
            continue
        near = cue_of(flat, start, cues)
        if near is None or not _has_level(name.keys, near[0].level):
            continue
        cue, heads, cue_start = near
        if longer := _longer_name(flat, start, end):
            end, name = longer
        surface = flat.text[start:end]
        if _broken(surface) or (surface[0].islower() and not _lower_case_name(cue, surface)):
            continue
        if cue.abbreviation and surface.isupper() and len(surface) < 4:  # TT ĐU, TT HU: a committee, no town
            continue
        if low[start:end] in lexicon().common and not _written_as_name(surface):  # `xã An toàn khu`
            continue
        used.add(cue_start)
        found.append(_Found(start, end, name.keys, cue, heads))
        taken = end
    return found, used


def _numbered(flat: Flat, start: int, end: int, name: Name) -> list[_Found]:
    """`Phường 4`, `quận 3`: the class is a part of the name. In `các phường 1, 3 và 5` every number is a name."""
    word, _, number = name.keys[0].partition(" ")
    cue = lexicon().cues.get(word) if number.isdigit() else None
    if cue is None:
        return []
    found = [_Found(start, end, name.keys, cue, False)]
    if rules().plural.search(flat.text[max(0, start - 24) : start]):
        for more in rules().numbers.finditer(flat.text, end):
            if more.start() != found[-1].end or f"{word} {int(more[1])}" not in gazetteer().by_key:
                break
            found.append(_Found(more.start(1), more.end(1), (f"{word} {int(more[1])}",), cue, False))
    return found


def _longer_name(flat: Flat, start: int, end: int) -> tuple[int, Name] | None:
    """Where capitalised words follow a known name: a longer name that differs from the words in diacritics only."""
    if flat.text[end] != " " or not flat.text[end + 1 : end + 2].isupper():
        return None
    run = rules().run.match(flat.text, start)
    stop = run.end() if run else end
    while stop > end:
        keys = folded_index().get(fold(flat.text[start:stop]))
        if keys:
            return stop, Name(keys)
        stop = max(flat.text.rfind(" ", start, stop), 0)
    return None


def _noisy(flat: Flat, cues: Cues, covered: list[tuple[int, int]], used: set[int]) -> list[_Found]:
    """Capitalised words right after a cue that spell no known name: misspelt or forgotten units."""
    text, low = flat.text, flat.low
    starts = [s for s, _ in covered]
    noisy: list[_Found] = []
    for end, (start, cue) in cues.items():
        if start in used or (cue.abbreviation and cue.level != "city"):
            continue
        at = end
        while at < len(low) - 1 and low[at] == " " and at - end < 3:
            at += 1
        prefix = text[max(0, start - 24) : start]
        if not text[at].isupper() or text[end:at].strip(" .\n") or rules().not_cue.search(prefix):
            continue
        run = rules().run.match(text, at)
        first = run[0].split()[0] if run else ""
        if not run or first.lower() in NO_NAME:
            continue
        if len(first) > 1 and first.isupper() != text[start:end].isupper():
            continue
        place = bisect_right(starts, at)
        if place and covered[place - 1][1] > at:
            continue
        stop = min(run.end(), starts[place]) if place < len(starts) else run.end()
        surface = text[at:stop].rstrip(" -\n")
        if surface:
            noisy.append(_Found(at, at + len(surface), (), cue, rules().plural.search(prefix) is not None))
    return noisy


def _written_as_name(surface: str) -> bool:
    """Whether every word of the surface is capitalised."""
    return surface[0].isupper() and all(not w[0].islower() for w in surface.replace("-", " ").split())


def _without_cue(
    flat: Flat, names: _Names, covered: list[tuple[int, int]], dropped: list[tuple[str, str]]
) -> list[_Found]:
    """The capitalised names outside `covered`; those that a counter word excludes go to `dropped`."""
    found: list[_Found] = []
    taken = at = 0
    for start, end, name in names:
        if start < taken:
            continue
        while at < len(covered) and covered[at][1] <= start:
            at += 1
        if at < len(covered) and covered[at][0] < end:
            continue
        if name is None:
            taken = end
            continue
        surface = flat.text[start:end]
        if not _written_as_name(surface) or _broken(surface):
            continue
        taken = end
        counter = counter_of(flat, start)
        if counter is None:
            found.append(_Found(start, end, name.keys, None, False))
        else:
            dropped.append((counter, surface))
    return found


def _grouped(text: str, flat: Flat, found: list[_Found]) -> list[tuple[Mention, str]]:
    """Join the members of lists, hand their head's cue down, and leave out what lies inside a longer proper name."""
    common = lexicon().common
    starts, ends = {f.start for f in found}, {f.end for f in found}
    made: list[tuple[Mention, str]] = []
    group = last = 0
    previous: _Found | None = None
    head: Cue | None = None
    for item in found:
        joint = None
        linked = False
        aside = False
        if previous is not None and item.start - previous.end <= _JOINT:
            joint = flat.text[previous.end : item.start]
            linked = rules().separator.fullmatch(joint) is not None
            aside = head is not None and _in_brackets(flat, item.end) and rules().aside.fullmatch(joint) is not None
        cue, listed = item.cue, False
        if aside:
            pass
        elif cue is not None:
            linked = linked and head is not None and head.level == cue.level
            head = cue if item.heads or linked else None
        elif linked and head is not None and _has_level(item.keys, head.level):
            cue, listed = head, True
        else:
            far = far_cue(flat, item.start, previous.end if previous else 0)
            if far is not None and _has_level(item.keys, far.level):
                cue, listed, linked, head = far, True, False, far
        if cue is None:
            if _inside_longer_name(flat, item, starts, ends) or flat.low[item.start : item.end] in common:
                continue
            if not linked and not aside:
                head = None
        if not linked and not aside:
            group = last = last + 1
        elif aside:
            last += 1
        start, end = flat.origin(item.start), flat.origin(item.end - 1) + 1
        level, word, entry = (cue.level, cue.word, cue.entry) if cue else (None, "", "")
        number = last if aside else group
        made.append((Mention(start, end, text[start:end], item.keys, level, word, listed, number, joint), entry))
        if not aside:
            previous = item
    return made


def _in_brackets(flat: Flat, end: int) -> bool:
    """Whether a bracket closes right behind the name (`(huyện X)`, `(tỉnh Y cũ)`)."""
    return flat.text.startswith((")", " cũ)", " mới)"), end)


def _inside_longer_name(flat: Flat, item: _Found, starts: set[int], ends: set[int]) -> bool:
    """Whether a name without cue is a part of a longer capitalised name (`Lý Bình Minh`, `Hòa Bình Xanh`)."""
    text = flat.text
    after = item.end + 1
    if text[item.end] == " " and after in starts and text[item.start : item.end] in SURNAMES:
        return True  # Lâm Mỹ Xuyên
    if text[item.end] == " " and text[after : after + 1].isupper() and after not in starts:
        following = text[after : after + 30].split(None, 1)[0].strip(".,;:()").lower()
        if following not in NO_NAME:
            return True
    before = rules().capital.search(text[max(0, item.start - 24) : item.start])
    if before is None:
        return False
    word = before[1]
    if item.start - 1 in ends and not (word in SURNAMES and item.start - 1 - len(word) in starts):
        return False
    return not (word.isupper() and len(word) > 1) and word.lower() not in BEFORE_NAME


def check_surfaces(entry: dict[str, Any], text: str) -> list[str]:
    """For `extractor patterns check`: the names that an entry of place_cues.toml accounts for in `text`.

    A cue entry accounts for the mentions that it heads, a counter entry for the names that it keeps out, a phrase entry
    for the phrases themselves, the common words for the mentions of them.
    """
    dropped: list[tuple[str, str]] = []
    mentions = _scan(text, dropped)
    data = patterns.load("place_cues")
    if "level" in entry:
        return [m.text for m, cue in mentions if cue == entry["name"]]
    if any(e["name"] == entry["name"] for e in data["common"]):
        common = {v for w in entry["words"] for v in variants(key(w))}
        return [m.text for m, _ in mentions if any(v in common for k in m.keys for v in variants(k))]
    if any(e["name"] == entry["name"] for e in data["phrase"]):
        flat = flatten(text)
        return [flat.text[s:e].strip() for s, e, name in _events(flat)[0] if name is None]
    return [surface for name, surface in dropped if name == entry["name"]]
