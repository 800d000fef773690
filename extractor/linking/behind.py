"""The words behind a figure that go on naming what it counts (`630 hộ thoát nghèo`)."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.linking import phrases as p
from extractor.linking import words as lexicon
from extractor.linking.clauses import Clause
from extractor.model import Figure

_RANGE_LINKS = frozenset(("-", "–", "đến", "đến dưới", "tới", "- dưới"))


def words_behind(
    index: int, figures: Sequence[Figure], found: Sequence[Clause], text: str, *, whole: bool, money: bool = False
) -> str:
    """The words behind the figure at `index` that go on naming it; `whole` keeps the predicate too.

    `money`: the figure is a sum, behind which `cho`, `đã` … name its receivers and no quantity.
    """
    after = found[index].after
    if not after.strip() and index + 1 < len(figures):
        after = text[figures[index].end : min(figures[index + 1].start, figures[index].end + 16)]
        after = after if after.strip() in _RANGE_LINKS else ""
    if after.strip() in _RANGE_LINKS:  # `từ 30% đến dưới 50% số tiêu chí`: the words stand behind the range's end
        after = found[index + 1].after if index + 1 < len(found) else ""
    if not after.strip() or after[:1] in ",;.:)(":
        return ""
    kept: list[str] = []
    words = p.words(after)
    for at, word in enumerate(words):
        bare = p.low(word)
        if at == 0 and bare in ("trở",):
            return ""
        if (
            at == 0
            and (bare in lexicon.AFTER_STOP or not bare or not bare[0].isalpha())
            and not (bare == "đạt" and len(words) > 1 and p.low(words[1]) in ("chuẩn", "tiêu", "danh", "yêu", "sản"))
        ):
            return ""
        if at == 0 and money and bare in ("cho", "đã", "được", "bị"):
            return ""
        if (
            not whole
            and at
            and bare in lexicon.PREDICATE
            and not (
                (bare == "nâng" and at + 1 < len(words) and p.low(words[at + 1]) == "cao")
                or (
                    bare == "đạt"
                    and (
                        kept[-1].lower() in ("đã", "chưa", "được", "không")
                        or (at + 1 < len(words) and p.low(words[at + 1]) in ("chuẩn", "tiêu"))
                    )
                )
            )
        ):
            break
        if bare == "trở" and at + 1 < len(words):
            break
        if at and bare == "so":
            break
        kept.append(word)
        if word[-1] in ",;:." or len(kept) >= (18 if whole else 10):
            break
    return p.join(p.tail_places(p.shorten(kept)))
