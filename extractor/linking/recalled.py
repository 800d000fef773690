"""What a reader of a report still knows when a figure leaves its subject out: what the sentence, its list and its
heading have said so far. `extractor.linking.indicators` asks it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.finding.lazy import lazy
from extractor.linking import naming
from extractor.linking import phrases as p
from extractor.linking import words as lexicon
from extractor.linking.clauses import GLUE, Clause
from extractor.linking.directions import Change
from extractor.linking.said import Frame, Said
from extractor.model import Figure

_WHOLE = lazy(r"^\s*/\s*(?:tổng|$)|(?:trên|trong|/)\s*tổng\s+số\s*$", 2)
"""What stands before the whole that a part is a share of: nothing goes on about it."""
_YIELDS = ("sản lượng", "năng suất", "năng suất bình quân")
_HOUSEHOLDS = lazy(r"hộ (?:cận )?nghèo", 2)


class Recalled:
    """The figures of a report with the indicators of those that were read (`out`), and what was said around them."""

    def __init__(
        self,
        figures: Sequence[Figure],
        found: Sequence[Clause],
        changes: Sequence[Change],
        titles: Sequence[str],
        text: str,
        out: list[str | None],
    ) -> None:
        self.figures, self.clauses, self.changes, self.titles, self.text = figures, found, changes, titles, text
        self.out = out
        self.said = Said(figures, found, text, out)

    def _sibling(self, clause: Clause) -> str:
        """The label before a bracket in a row of shares in brackets: `nhà ở (49,8%), việc làm (44,2%)`."""
        found = p.strip_lead(p.words(clause.outer))
        short = found and len(found) <= 8 and not naming.verbal(found) and p.low(found[0]) not in lexicon.MOST
        short = short and not any(GLUE in word for word in found)
        return f"tỷ lệ {p.join(p.tail_places(found))}" if short else ""

    def _sum(self, frame: Frame) -> str:
        """The head of a list of amounts: where the last figure before it is a share, the amount before that."""
        head = frame.head or ""
        if not naming.is_rate(head):
            return head
        at = next((n for n, k in enumerate(frame.said) if self.out[k] == head), 0)
        amounts = (self.out[k] for k in reversed(frame.said[:at]) if self.figures[k].kind != "percent")
        return next((name for name in amounts if name), head)

    def _whose(self, before: list[str], name: str) -> str:
        """What stands before a generic name and says of what it is: `chương trình giảm nghèo giải ngân 615 triệu`."""
        part = naming.last_part(before, 14)
        at = next((k for k, word in enumerate(part) if p.low(word) == name.split(" ")[0]), 0)
        lead = p.strip_lead(part[:at])
        if name in _YIELDS and lead and p.low(lead[-1]) == "cho":  # ngô cho sản lượng 1.014 tấn
            return p.join(lead[:-1]) if 1 < len(lead) <= 6 and not naming.verbal(lead) else ""
        said = 1 < len(lead) <= 9 and not naming.verbal(lead) and len(p.trim(lead)) == len(lead)
        return p.join(p.tail_places(lead)) if said else ""

    def _item(self, i: int, name: str) -> str:
        """The label of the item that figure `i` stands in: `…; cây ngô: diện tích 300 ha, sản lượng 900 tấn`."""
        at = i
        while at > 0 and not self.clauses[at].label and not self.clauses[at].joint and i - at < 6:
            at -= 1
        measured = at < i and naming.kind_of(self.figures[i]) == lexicon.MEASURE
        if self.clauses[at].joint != ";" and not measured:  # the label of a whole paragraph tells less of sums of money
            return ""
        found = p.strip_lead(p.trim(p.words(self.clauses[at].label)))
        short = 0 < len(found) <= 6 and not naming.verbal(found) and not any(GLUE in word for word in found)
        label = p.join(found) if short else ""
        return "" if name in label.lower() else label

    def _joins(self, name: str, head: str) -> bool:
        """Whether a part's own name needs the head's to be understood: a source of money does, and capital spent."""
        if name in head:
            return False
        return name.startswith(("ngân sách", "nguồn ngân sách")) or (
            head.startswith(("giải ngân", "tỷ lệ giải ngân")) and name.startswith(("vốn", "nguồn", "kinh phí"))
        )

    def _complete(self, i: int, name: str, clause: Clause, frame: Frame) -> str:
        """A generic name with what it is the quantity of."""
        previous = frame.chain[-1] if frame.chain else None
        words = clause.after.split()
        if words[:2] == ["đối", "với"] or words[:1] == ["cho"]:
            target = p.join(p.tail_places(p.trim(p.words(clause.after)[1 if words[0] == "cho" else 2 :][:9])))
            if target:
                return f"{name} {target}"
        if previous is not None:
            seen = self.figures[previous]
            known = self.out[previous] or ""
            if name == "bình quân" and known:
                return f"{known} bình quân"
            level = [k for k in frame.chain[-3:] if self.clauses[k].depth <= clause.depth]
            for k in reversed(level):
                action = self._topic(k) if self.figures[k].kind in ("other", "household") else ""
                if action and (action.partition(" ")[0].strip(",") in lexicon.ACTIONS):
                    return f"{name} {action}"
                thing = self.out[k] or ""
                other = self.figures[k]
                person = other.unit.split(" ")[0] in lexicon.PERSONS
                if other.kind == "other" and naming.kind_of(other) == lexicon.COUNT and " " in thing and not person:
                    return f"{name} {thing}"
            topic = next((t for k in reversed(level) if (t := self._topic(k))), "")
            if topic:
                return f"{name} {topic}"
            if known and p.is_generic(name) and not known.startswith(name):
                return (
                    f"{name} {naming.bare(known)}"
                    if naming.kind_of(seen) == lexicon.COUNT
                    else f"{name} {self.said.label}".strip()
                )
            return known or name
        extra = self.said.label or self.titles[i]
        if name in extra.lower():
            return name
        return f"{name} {extra}" if extra and len(extra.split()) <= 10 and extra.lower() not in name else name

    def _topic(self, index: int) -> str:
        """The action that a count was the object of: `miễn, giảm học phí cho 31.254 học sinh` → miễn, giảm học phí."""
        own = naming.last_part(p.strip_lead(p.trim(p.words(self.clauses[index].before))))
        return p.join(own[-8:]) if own else ""

    def _subject(self, i: int, frame: Frame) -> str:
        """The indicator of the last figure of the clause that is no plain count of areas."""
        depth = self.clauses[i].depth
        for index in sorted(frame.chain[:-5:-1], key=lambda k: self.clauses[k].depth > depth):
            if self.figures[index].unit.split(" ")[0] in lexicon.AREA_UNITS and self._was_embedded(index):
                continue
            known = self.out[index] or ""
            if not known.startswith(lexicon.DEGREE) or index == frame.chain[0]:
                return known
        return frame.head or ""

    def _was_embedded(self, index: int) -> bool:
        lead = self.clauses[index].before.rstrip()
        return self.figures[index].of is None and p.low(lead.rpartition(" ")[2]) in lexicon.EMBED

    def _same_unit(self, i: int, figure: Figure, frame: Frame) -> str:
        """The indicator of the nearest figure of the same unit since the subject was named, else in the sentence."""
        chain = [k for k in frame.chain[-6:] if k >= frame.since]
        beside = chain and figure.kind == "money" and self._was_embedded(chain[-1])  # với 108.742 khách hàng, tăng …
        if self.changes[i].direction and (self.clauses[i].joint == ";" or self.clauses[i].opened or beside):
            chain = frame.said[-8:]
        for index in reversed(chain):
            seen = self.figures[index]
            if _WHOLE.search(self.clauses[index].gap) is not None:
                continue
            if seen.unit == figure.unit or (
                figure.kind == seen.kind and figure.kind in ("percent", "household", "money")
            ):
                known = self.out[index] or ""
                if (
                    known
                    and not known.startswith(lexicon.DEGREE)
                    and not (figure.kind == "household" and known in ("hộ", "tổng số hộ"))
                ):
                    return known
        return ""

    def _rate(self, frame: Frame) -> str:
        return next((f.rate for f in reversed(self.said.frames) if f.rate), "")

    def _with_rate(self, phrase: str, frame: Frame) -> str:
        """A label without a rate noun under the rate that its list or its sibling names."""
        if naming.is_rate(phrase):
            return phrase
        if frame.head and naming.is_rate(frame.head):
            return f"{frame.head} {phrase}"
        rate = self._rate(frame)
        verb = rate.split(" ")[2:3]
        if verb and verb[0] in lexicon.RATE_VERBS:
            return f"tỷ lệ {verb[0]} {phrase}"
        return f"tỷ lệ {naming.bare(phrase)}"

    def _households(self, at: int) -> str:
        """Poor or near-poor households, where the paragraph speaks of them: those named last, else those named next."""
        start = max(self.text.rfind("\n", max(0, at - 400), at) + 1, at - 400, 0)
        line_end = self.text.find("\n", at, at + 200)
        stop = line_end if line_end >= 0 else min(len(self.text), at + 200)
        named = ""
        for match in _HOUSEHOLDS.finditer(self.text, start, stop):
            if match.start() > at and named:
                break
            named = match[0].lower()
        return named

    def _criteria(self, base: str, i: int) -> str:
        """Criteria of what: the new-rural ones where the heading says so."""
        title = (self.said.label + " " + self.titles[i]).lower()
        if "nông thôn mới" in title or "ntm" in title:
            return f"{base} nông thôn mới nâng cao" if "nâng cao" in title else f"{base} nông thôn mới"
        return base
