"""What the words before a name say of it: the cue word that makes it a unit, or the word that makes it something else.

The words are data: patterns/place_cues.toml.
"""

from __future__ import annotations

from extractor.finding.place_words import Cue, Flat, lexicon, rules

Cues = dict[int, tuple[int, Cue]]
"""The cue words of a text by the offset where each ends: where it starts, and which it is."""


def cue_of(flat: Flat, start: int, cues: Cues) -> tuple[Cue, bool, int] | None:
    """The cue that stands before the name at `start`: (cue, it heads a list, where it starts)."""
    low, text = flat.low, flat.text
    at = start
    while at > 1 and low[at - 1] == " " and start - at < 8:
        at -= 1
    near = cues.get(at)
    if near is None:
        word = low.rfind(" ", 0, at) + 1
        if low[word:at] not in ("là", "như", "gồm", "sau"):
            return None
        at = word
        while at > 1 and low[at - 1] == " ":
            at -= 1
        near = cues.get(at)
        if near is None:
            return None
    cue_start, cue = near
    gap = text[at:start]
    prefix = text[max(0, cue_start - 24) : cue_start]
    if rules().not_cue.search(prefix):
        return None
    heads = rules().plural.search(prefix) is not None
    if heads and cue.level == "city":
        cue = _narrowed(cue, prefix)
    if gap.strip() == "là":  # `tên xã mới là X`
        return cue, heads, cue_start
    if rules().direct.fullmatch(gap) and ("." not in gap or cue.abbreviation):
        return cue, heads, cue_start
    return (cue, True, cue_start) if heads and rules().head.fullmatch(gap) else None


def _narrowed(cue: Cue, prefix: str) -> Cue:
    """`thành phố` at the end of `tỉnh, thành phố` means provinces, behind `huyện, thị xã` it means districts."""
    before = prefix.lower()
    if "tỉnh" in before:
        return cue._replace(level="province")
    return cue._replace(level="district") if any(w in before for w in ("huyện", "quận", "thị xã")) else cue


def far_cue(flat: Flat, start: int, after: int) -> Cue | None:
    """The cue of a list whose head stands further off (`một số xã trong huyện như`), but behind `after`."""
    window = flat.text[max(after, start - 110) : start]
    listed = window.rstrip().lower().endswith(("như", "gồm", "là", ":", "(", "có"))
    if not listed and rules().modified.search(window[-24:]) is None:
        return None
    found = rules().far_head.search(window)
    if found is None:
        return None
    return lexicon().cues.get(found[1].lower())


def counter_of(flat: Flat, start: int) -> str | None:
    """The pattern entry whose word stands directly before the name (a person's title, a river …), if any."""
    window = flat.text[max(0, start - 40) : start]
    if window.rstrip(' \n“"')[-1:] in ",;:(.-–":
        return _listed_counter(flat, start)
    words = window.lower().replace("“", " ").replace('"', " ").replace("(", " ").split()
    counters = lexicon().counters
    for count in (4, 3, 2, 1):
        if len(words) >= count:
            found = counters.get(" ".join(words[-count:]))
            if found:
                return found
    return None


def _listed_counter(flat: Flat, start: int) -> str | None:
    """The pattern entry of a byline (`Ảnh: Thanh Tùng - …`) or of a list's head (`các tuyến đường A, B, C`), if any."""
    line = flat.text[max(flat.text.rfind("\n", max(0, start - 110), start) + 1, start - 110) : start]
    if rules().byline.match(line):
        return "person"
    head = rules().listed.search(line)
    if head is None:
        return None
    words = head[1].lower().split()
    counters = lexicon().counters
    return next((found for n in range(len(words)) if (found := counters.get(" ".join(words[n:])))), None)
