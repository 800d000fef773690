"""What each figure counts: the words of the text that name it, from before the number, behind it, or its list's head.

Vietnamese puts the quantity's name before its value (`tỷ lệ hộ nghèo còn 12%`), the counted noun and its modifiers
behind the number (`630 hộ thoát nghèo`), and leaves out what the reader knows already: the total of a list
(`trong đó: giao thông 86 công trình`), the subject of a change (`tăng 9,8%`), the count of a share (`chiếm 5,6%`).
The figures of a paragraph are read in order, and what was said stays known until its sentence, item or bracket ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.finding.lazy import lazy
from extractor.linking import naming
from extractor.linking import phrases as p
from extractor.linking import words as lexicon
from extractor.linking.behind import words_behind
from extractor.linking.clauses import Clause
from extractor.linking.directions import Change
from extractor.linking.recalled import Recalled
from extractor.linking.said import Frame
from extractor.model import Figure

_NOUN = lazy(r"^[\d.,/\s\xa0]*(?:\([^)]*\)\s*)?")
_PLAN_AFTER = lazy(
    r"\s?(?:so\s+với\s+)?(?:(?:mục\s+tiêu|chỉ\s+tiêu|tổng)\s+)?(KH|NQ|kế\s+hoạch|dự\s+toán|chỉ\s+tiêu|mục\s+tiêu|nghị\s+quyết|thiết\s+kế|MTĐH|"
    r"định\s+mức|nhiệm\s+vụ|yêu\s+cầu|nhu\s+cầu|công\s+suất\s+thiết\s+kế|quy\s+hoạch)(?!\w)(?:\s+(?:kế\s+hoạch|dự\s+toán))?",
    2,
)
_SHARE = frozenset("chiếm bằng đạt lệ trọng tức đương ứng".split())
_COUNTERS = ("số ", "tổng ", "lực lượng", "quy mô", "dân số", "các tiêu chí", "bình quân", "nhu cầu", "số")
LONGEST = 160
"""No indicator is longer, in characters: names composed of a list's head and its item's label are cut."""


def read(
    figures: Sequence[Figure], found: Sequence[Clause], changes: Sequence[Change], titles: Sequence[str], text: str
) -> list[str | None]:
    """The indicator of each of `figures`. `titles`: the own heading of each figure's section, "" where none."""
    out: list[str | None] = []
    reader = _Reader(figures, found, changes, titles, text, out)
    for index in range(len(figures)):
        out.append(reader.one(index) or None)
    return out


class _Reader(Recalled):
    """Reads the figures in order. `fresh`: the last one named its subject itself; `rate`: the rate named last."""

    fresh = False
    rate = ""

    def one(self, i: int) -> str:
        figure, clause = self.figures[i], self.clauses[i]
        frame = self.said.enter(i, clause)
        self.fresh = False
        indicator = self._indicator(i, figure, clause, frame)
        if self.fresh:
            frame.since = i
        frame.chain = [*frame.chain[-7:], i]
        frame.said = [*frame.said[-7:], i]
        if len(indicator) > LONGEST:
            indicator = indicator[:LONGEST].rpartition(" ")[0]
        return indicator

    # ------------------------------------------------------------------ one figure

    def _indicator(self, i: int, figure: Figure, clause: Clause, frame: Frame) -> str:
        previous = frame.chain[-1] if frame.chain else None
        kind = naming.kind_of(figure)
        planned = self.changes[i].plan_of
        if planned is not None and (known := self.out[planned]) and not known.startswith(lexicon.DEGREE):
            return known
        cut = self.changes[i].cut
        before = p.trim(p.words(" ".join(clause.before.split()[:-cut]) if cut else clause.before))
        if previous is not None and previous == i - 1 and clause.joint == "":
            before = self._through(i, before)
        name = self._name(before, kind)
        stripped = p.strip_lead(before)
        before = stripped if stripped or clause.joint != ";" or not frame.head else before  # …; Tỉnh 68,9; Huyện 97,5
        if not name and not p.tail_places(before):
            name = self._name(p.trim(p.words(clause.label)), kind) if clause.label else ""
            if not name and clause.opened and clause.outer:
                name = self._name(p.trim(p.words(clause.outer)), kind) if self._alone(frame, i, clause) else ""
        if name.lower() in lexicon.POINTERS:  # số này: what was named before
            name, before = "", []
        if name.lower() in lexicon.PLANS or (before and naming.calls_plan(before)):
            name, before = "", []
        if figure.kind == "percent":
            if name.endswith(" này") and self.rate:
                return self.rate
            if self.rate and previous is not None and naming.threshold(self.figures[previous], clause):
                return self.rate
            found = self._percent(i, figure, clause, frame, before, name)
            self.rate = found if naming.is_rate(found) else self.rate
            return found
        if kind == lexicon.COUNT:
            return self._count(i, figure, clause, frame, before, name)
        return self._amount(i, figure, clause, frame, before, name, kind)

    def _name(self, found: list[str], kind: int) -> str:
        """The noun phrase of `found` that names a quantity of `kind`, "" where it has none."""
        at = p.start_at_head(found, kind) if found else -1
        if 0 < at <= 3 and found[at - 1][-1] == "," and p.start_at_head(found[:at], kind) == 0:
            at = 0  # coordinated heads: thu phí, lệ phí
        return p.join(p.tail_places(found[at:])) if at >= 0 else ""

    def _alone(self, frame: Frame, i: int, clause: Clause) -> bool:
        """Whether the bracket belongs to no figure: `Nợ quá hạn tập trung ở X (86 triệu đồng)`."""
        return len(clause.outer.split()) > 1 or not frame.chain

    def _through(self, i: int, before: list[str]) -> list[str]:
        """`before` with what stands before a count inside the phrase: `Tổng dư nợ tại 8 xã đạt: 215.400 …`."""
        previous, gap = self.figures[i - 1], self.clauses[i].gap
        if (
            previous.kind != "other"
            or ("," in gap and before)
            or ";" in gap
            or self.clauses[i].opened
            or self.clauses[i].closed
        ):
            return before
        lead = p.words(self.clauses[i - 1].before)
        if not lead:
            return before
        last = p.low(lead[-1])
        if "," in gap and last not in lexicon.EMBED:
            return before
        area = previous.unit.split(" ")[0] in lexicon.AREA_UNITS
        if (last in lexicon.EMBED and (area or not before)) or (area and not before):
            return p.trim_before_count(lead) + before
        if (
            before
            and (last not in lexicon.TRAILING or last in lexicon.EMBED)
            and lead[-1][-1] not in ",:;"
            and p.start_at_head(lead, lexicon.ANY if last in lexicon.EMBED else lexicon.MEASURE | lexicon.RATE) >= 0
        ):
            return [*lead, previous.unit, *before]
        return before

    def _count(self, i: int, figure: Figure, clause: Clause, frame: Frame, before: list[str], name: str) -> str:
        base = _NOUN.sub("", figure.text).strip() or figure.unit
        after = self._behind(i, False)
        previous = frame.chain[-1] if frame.chain else None
        head = frame.head if frame.head and not naming.is_amount(frame.head) else None
        gap = clause.gap.strip()
        if previous is not None and gap[:1] == "/" and len(gap) < 12:
            known = self.out[previous] or ""
            if self.figures[previous].unit == figure.unit:
                return known if len(gap) > 1 else f"tổng số {base}"
            if known.startswith("quy mô"):
                return known
        if self.changes[i].direction and not after and " " not in base and not name:
            known = self._same_unit(i, figure, frame)
            if known:
                return known
            if base == "hộ":
                return self._households(figure.start) or base
        if after:
            self.fresh = True
            return f"{base} {after}"
        if name.startswith(_COUNTERS) and (len(name) < 90 or ":" in clause.gap[-3:]):
            self.fresh = True
            return f"{name} {base}" if p.is_generic(name) else name
        own = naming.last_part(before)[-9:]
        phrase = p.join(p.tail_places(own)) if own else ""
        if not phrase and " " in base and figure.kind == "household":
            return base
        if phrase in ("số", "tổng số"):
            return f"{phrase} {base}"
        self.fresh = bool(phrase)
        if not phrase:
            known = self._same_unit(i, figure, frame) if (clause.joint != "\n" or head) else ""
            if known:
                return known
            if head and not naming.is_place(clause):
                return head
            if head and (figure.unit in head or base in head):
                return head
            if figure.kind == "criteria":
                return self._criteria(base, i)
            return base
        if head and (clause.joint == ";" or frame.chain or clause.joint == "\n") and not naming.verbal(own):
            shared = head if base in head or figure.unit in head else base
            return f"{shared} {phrase}"
        if figure.kind == "criteria":
            return self._criteria(base, i)
        if phrase.startswith(base + " "):  # Hộ nghèo đầu năm 1.918 hộ
            return phrase
        person = base.split(" ")[0] in lexicon.PERSONS
        if naming.verbal(own) and self.said.label.startswith(base + " "):  # Hộ nghèo: rà soát đầu năm còn 1.012 hộ
            return self.said.label
        return (
            f"{base} {phrase}"
            if len(own) <= 7 and (person or not naming.verbal(own)) and p.low(own[0]) not in lexicon.IDLE
            else base
        )

    def _percent(self, i: int, figure: Figure, clause: Clause, frame: Frame, before: list[str], name: str) -> str:
        previous = frame.chain[-1] if frame.chain else None
        change = self.changes[i].direction is not None
        raw = clause.before
        own = naming.last_part(before, 14)[-14:]
        phrase = name or (p.join(p.tail_places(own)) if own else "")
        plan = _PLAN_AFTER.match(self.text, figure.end, figure.end + 60)
        if plan is not None and not change:
            subject = phrase or self._subject(i, frame)
            if naming.spent(subject):
                return f"tỷ lệ {naming.bare(subject)}"
            return f"mức đạt {plan[1]} {naming.bare(subject)}".strip()
        self.fresh = bool(phrase)
        if change and not name:
            rate = self._rate(frame)
            if own and not naming.verbal(own):
                areas = rate and p.low(own[0]) in lexicon.AREAS
                return f"{rate} {phrase}" if areas else self._with_rate(phrase, frame)
            beside = clause.opened and not clause.outer.strip() and previous is not None
            if beside and previous is not None and not self.changes[previous].direction:
                return self._subject(i, frame) or rate  # 4.905 tỷ đồng (+2,6%)
            known = self._same_unit(i, figure, frame) or self._subject(i, frame)
            return known or rate or self._behind(i, True) or phrase
        if clause.opened and clause.closed and not phrase and (sibling := self._sibling(clause)):
            return sibling
        linked = [p.low(w) for w in raw.split()[-3:]]
        shared = any(w in _SHARE for w in linked)
        if name:
            if naming.is_rate(name) and name.split(" ")[-1] in lexicon.MOST and (known := self._rate(frame)):
                return known  # nơi có tỷ lệ cao là Bù Gia Mập 2,3%
            if p.is_generic(name) or name in ("tỷ lệ", "tỷ trọng", "tỉ lệ"):
                subject = self._subject(i, frame)
                if subject:
                    return f"{name} {naming.bare(subject)}"
                after = self._behind(i, True)
                return f"{name} {after or self.said.label}".strip()
            frame.rate = name if naming.is_rate(name) else frame.rate
            if naming.is_rate(name) or change:
                return name
            after = self._behind(i, True)
            if after and not shared:
                return f"tỷ lệ {after}"
            return f"tỷ lệ {naming.bare(name)}" if not name.startswith(("mức", "tăng", "giảm")) else name
        if phrase and not naming.verbal(own):
            after = "" if shared else self._behind(i, True)
            if not after:
                return self._with_rate(phrase, frame)
            if own and after:
                return f"tỷ lệ {phrase} {after}" if len(own) <= 3 else f"tỷ lệ {after}"
        after = self._behind(i, True)
        if clause.joint == ";" and frame.rate and not after and not shared:
            return frame.rate
        if previous is not None and (shared or not after or clause.opened):
            subject = self._subject(i, frame)
            if subject:
                if naming.is_rate(subject):
                    return subject
                if naming.spent(subject):
                    return f"tỷ lệ {subject}"
                if self.figures[previous].kind == "money" and "đạt" in linked:
                    return f"{lexicon.DEGREE}{naming.bare(subject)}"
                if self.figures[previous].kind == "money" or "trọng" in linked:
                    return f"tỷ trọng {naming.bare(subject)}"
                return f"tỷ lệ {naming.bare(subject)}"
        self.fresh = bool(after)
        if after:
            verb = " ".join(own[-3:]).lower() if own and naming.verbal(own) and len(own) <= 3 else ""
            return f"tỷ lệ {verb} {after}".replace("  ", " ")
        if phrase:
            return self._with_rate(phrase, frame)
        if frame.head:
            return frame.head if naming.is_rate(frame.head) else f"tỷ lệ {naming.bare(frame.head)}"
        return f"tỷ lệ {self.said.label}" if self.said.label else ""

    def _amount(
        self, i: int, figure: Figure, clause: Clause, frame: Frame, before: list[str], name: str, kind: int
    ) -> str:
        previous = frame.chain[-1] if frame.chain else None
        gap = clause.gap.strip()
        if previous is not None and gap[:1] == "/" and len(gap) < 14:
            subject = self.out[previous] or ""
            if self.figures[previous].unit == figure.unit or naming.kind_of(self.figures[previous]) == kind:
                return subject
            if kind != lexicon.MONEY:
                return subject
            return f"kinh phí {self.said.label if self.said.label and ' ' not in subject else subject}"
        if self.changes[i].direction and not name:
            known = self._same_unit(i, figure, frame)
            if known:
                return known
        if name:
            self.fresh = True
            if frame.head and self._joins(name, frame.head):
                return f"{naming.action(frame.head)} {name}"
            if not p.is_generic(name):
                return name
            whose = self._whose(before, name) or self._item(i, name)
            return f"{name} {whose}" if whose else self._complete(i, name, clause, frame)
        own = naming.last_part(before)[-10:]
        phrase = p.join(p.tail_places(own)) if own else ""
        after = self._behind(i, False, kind == lexicon.MONEY)
        self.fresh = bool(phrase or after)
        if phrase and frame.head and not naming.verbal(own):
            return f"{self._sum(frame)} {phrase}"
        if after and (not phrase or len(own) <= 5):
            return f"{phrase} {after}".strip()
        if phrase:
            return phrase
        if gap == ":" and self.said.opening:  # a project's own line: its name, its size: its cost
            return f"kinh phí {self.said.opening}" if kind == lexicon.MONEY else self.said.opening
        known = self._same_unit(i, figure, frame)
        if known:
            return known
        if frame.head:
            return frame.head
        if self.said.label:
            return self.said.label
        if previous is not None and kind == lexicon.MONEY:
            return f"kinh phí {self.out[previous] or ''}".strip()
        return figure.unit if kind != lexicon.MONEY else ""

    def _behind(self, i: int, whole: bool, money: bool = False) -> str:
        return words_behind(i, self.figures, self.clauses, self.text, whole=whole, money=money)
