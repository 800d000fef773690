"""The period that each figure holds for, by the contract's conventions.

Source of the conventions: the output contract and the annotation guide. The nearest governing expression of time wins:
the one right behind the figure (`15,3 tỷ đồng năm 2024`), else the last one before it in its sentence, else what the
paragraph opened with, else the heading above, else the report's own period. Not governing are the date of a document,
the years in a programme's name, a deadline and the year that a value is compared with (`so với năm 2022`), except for
the value in brackets behind it, `so với năm 2022 (88,4%)`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractor.finding.dates import DateSpan
from extractor.finding.lazy import lazy
from extractor.linking.clauses import Clause
from extractor.linking.directions import Change
from extractor.linking.report_period import Headings
from extractor.linking.time_spans import VERSUS, governs, period_of
from extractor.model import Figure

_VERSUS_DONE = lazy(r"(?:bằng|đạt)\s+[\d.,]+\s?%\s+(?:so\s+với\s+)?(?:[^\W\d]+\s+){0,4}$")
_OPENS = lazy(
    r"(?:^|[\n.:;(])\s*[-–+*•]?\s*(?:\(?[\w.]{1,6}[.)/-]\s*)?"
    r"(?:(?:ước|tính|lũy kế|luỹ kế|đến|hết|trong|năm|vào|cuối|đầu|kết quả|tháng|lúc|hồi|các|thực hiện|tại|"
    r"thời điểm|giai đoạn|nay|giữa)\s+){0,5}$"
)
_BEHIND = lazy(
    r"\s*\)?\s*(?:\(?[\d.,]+\s?%\)\s*)?(?:(?:trong|vào|của|đến|tính đến|cho|ở|là|tại)\s+)?"
    r"(?:(?:hết|cuối|đầu|thời điểm|giữa)\s+)?\(?$",
    2,
)
_BRACKETED = lazy(r"\(\s?[\d.,]+\s?%\s?\)")
"""A share between a count and its time: `1.896 hộ (4,21%) cuối năm 2021`."""
_START_OF_YEAR = lazy(
    r"so\s+với\s+(?:cuối\s+năm\s+trước|đầu\s+(?:năm|kỳ|nhiệm\s+kỳ)|năm\s+trước|cùng\s+kỳ(?:\s+năm\s+trước)?)\s*[(,]?\s*$",
    2,
)
_EARLY = lazy(r"(?:^|[.\n:;])\s*(?:\W*)đầu\s+năm(?!\s*\d)", 2)
_FROM_TO = lazy(r"(?:giảm|tăng|nâng|hạ|đưa)?\s*từ\s*(?:khoảng\s|gần\s|hơn\s|mức\s)?\s*$", 2)
_CUTOFF = lazy(r"đến\s+(?:hết\s+)?(?:ngày\s+|thời\s+điểm\s+|thời\s+điểm\s+ngày\s+)?$")
_PART_OF = lazy(r"\s*(?:trong\s+đó|riêng|cụ\s+thể|gồm|bao\s+gồm)", 2)
def read(
    figures: Sequence[Figure],
    found: Sequence[Clause],
    changes: Sequence[Change],
    roles: Sequence[str | None],
    inside: Sequence[int],
    dates: Sequence[DateSpan],
    text: str,
    heads: Headings,
) -> tuple[list[str | None], set[int]]:
    """The period of each of `figures`, and which of them are said at the figure itself or in its sentence.

    `inside`: the index of each figure's section, -1 where none.
    """
    base, base_year, starts = heads.base, heads.year, heads.starts
    year = base_year
    out: list[str | None] = []
    told: set[int] = set()
    sentence_start = paragraph_start = 0
    sentence = paragraph = -1
    carried: str | None = None
    above: str | None = None
    taken: dict[int, int] = {}
    governing: dict[tuple[int, int], bool] = {}
    for i, (figure, clause) in enumerate(zip(figures, found, strict=True)):
        if clause.paragraph != paragraph:
            paragraph, carried = clause.paragraph, None
            paragraph_start = clause.line
            sentence_start = paragraph_start
            above = _above(text, paragraph_start, figures, found, out, above)
        if clause.sentence != sentence:
            if sentence >= 0 and clause.joint == ".":
                sentence_start = _sentence_start(text, figures[i - 1].end, figure.start)
                if _PART_OF.match(text, sentence_start) is not None:
                    carried = out[next((k for k in range(i - 1, max(-1, i - 9), -1) if not found[k].depth), i - 1)]
            sentence = clause.sentence
        low = max(sentence_start, figure.start - 500)
        first, last = bisect_left(starts, low), bisect_left(starts, figure.start)
        chosen: str | None = None
        about = heads(inside[i]) if first < last or last < len(dates) else None
        year = about[:4] if about and len(about) != 9 else base_year
        if last < len(dates):
            chosen = (
                None if clause.before.endswith(("bằng ", "bằng khoảng ")) else _behind(figure, dates[last], text, year)
            )
            if chosen is not None and (changes[i].source or (i and changes[i - 1].source)):
                taken[last] = i
        if chosen is None and clause.opened and year and _START_OF_YEAR.search(text, low, figure.start) is not None:
            chosen = str(int(year) - 1)
        if chosen is None and i and clause.depth and not clause.opened and not clause.closed and found[i - 1].opened:
            chosen = out[i - 1] if clause.sentence == found[i - 1].sentence else None
        if chosen is None:
            for k in range(last - 1, first - 1, -1):
                at = dates[k].start
                close = text.find(")", at, figure.start)
                if close >= 0 and text.find("(", at, close) < 0:
                    continue  # said inside a bracket that is closed
                value = period_of(dates[k], text, year)
                if value is None or k in taken:
                    continue
                lead = text[max(low, at - 90) : at]
                said = lead.lower()
                compared = VERSUS.search(said) is not None or _VERSUS_DONE.search(said) is not None
                if compared:
                    between = text[dates[k].end : figure.start]
                    if clause.opened and len(between) < 4 and between.strip() == "(":
                        same = out[i - 1] if i and "cùng kỳ" in said else None
                        chosen = value + same[4:] if same and len(value) == 4 and same[4:5] == "-" else value
                        break
                    continue
                key = (k, max(low, at - 90))
                if key not in governing:
                    governing[key] = governs(dates[k], lead, text)
                if governing[key]:
                    value = _span_of_days(dates, k, text) or value
                    chosen = value
                    opens = clause.joint != ";" and _OPENS.search(said) is not None
                    if clause.depth and -1 < text.rfind("(", low, figure.start) < at:
                        break  # `… con (năm 2022 là 6.340 con); …`: of what stands in its bracket only
                    if opens or (len(value) == 10 and _CUTOFF.search(said) is not None):
                        carried = value
                    break
        if chosen is not None and _ALL_YEAR in text[max(low, figure.start - 40) : figure.start]:
            whole = text.rfind(_ALL_YEAR, low, figure.start)
            if chosen != year and not any(whole < starts[k] for k in range(first, last)):
                chosen = year
        if (
            chosen is not None
            and len(chosen) == 10
            and roles[i] == "plan"
            and i
            and roles[i - 1] != "plan"
            and found[i - 1].sentence == clause.sentence
            and out[i - 1] == chosen
        ):
            chosen = chosen[:4]  # the plan is the year's: đến 20/3 giải ngân 7 tỷ đồng/58 tỷ đồng
        early = (
            chosen is None
            and "ầu năm" in text[low : figure.start]
            and _EARLY.search(text, low, figure.start) is not None
        )
        if chosen is not None:
            told.add(i)
        elif not early:
            chosen = (
                carried
                or above
                or heads(inside[i])
                or _opening(i, clause, paragraph_start, dates, starts, text, year)
                or base
            )
            if roles[i] == "plan" and chosen == base and chosen and len(chosen) == 7 and chosen[4] == "-":
                chosen = chosen[:4]
        out.append(chosen)
    _levels(figures, found, changes, roles, out, text)
    return out, told


_ALL_YEAR = "cả năm"


def _span_of_days(dates: Sequence[DateSpan], k: int, text: str) -> str | None:
    """The month, or else the year, of a span `từ ngày A đến ngày B` whose end is `dates[k]`."""
    end = dates[k].iso
    if end is None or not k:
        return None
    start = dates[k - 1]
    between = text[start.end : dates[k].start].lower().split()
    lead = text[max(0, start.start - 9) : start.start].lower().split()
    if between not in (["đến"], ["đến", "ngày"], ["đến", "hết"], ["đến", "hết", "ngày"]) or "từ" not in lead:
        return None
    if start.iso is not None and start.iso[:7] != end[:7]:
        return end[:4]
    return end[:7]


def _sentence_start(text: str, low: int, high: int) -> int:
    at = max(text.rfind(". ", low, high), text.rfind("… ", low, high))
    return at + 2 if at >= 0 else low


def _behind(figure: Figure, span: DateSpan, text: str, year: str | None) -> str | None:
    """The period right behind the figure: `900 triệu đồng năm 2014`."""
    if span.start - figure.end > 36 or (span.iso is not None and "/" not in text[span.start : span.end]):
        return None
    between = _BRACKETED.sub("", text[figure.end : span.start])
    if _BEHIND.fullmatch(between.replace(" (", " ")) is None or (
        "(" in between
        and (between.split() not in (["("], ["(cuối"], ["(đầu"], ["(hết"]) or text[span.end : span.end + 1] != ")")
    ):
        return None
    return period_of(span, text, year)


def _above(
    text: str,
    start: int,
    figures: Sequence[Figure],
    found: Sequence[Clause],
    out: Sequence[str | None],
    above: str | None,
) -> str | None:
    """The period that a list takes from the line that announces it (`… đến 30/6 là 689 tỷ đồng. Trong đó:`)."""
    if start > 1 and text[max(0, start - 3) : start].rstrip().endswith(":"):
        line = max(0, start - 1000, text.rfind("\n", max(0, start - 1000), start - 1) + 1)
        last = len(out) - 1
        while last > 0 and found[last].depth and figures[last - 1].start >= line and len(out) - last < 20:
            last -= 1
        return out[last] if last >= 0 and figures[last].start >= line else None
    return above if text[start : start + 3].lstrip()[:1] in ("-", "+", "*", "•", "–") else None


def _opening(
    i: int, clause: Clause, start: int, dates: Sequence[DateSpan], starts: Sequence[int], text: str, year: str | None
) -> str | None:
    """The period that the paragraph's label names: `- Năm 2022: …`."""
    k = bisect_left(starts, start)
    if k < len(dates) and dates[k].start - start < 60:
        lead = text[start : dates[k].start]
        if _OPENS.search("\n" + lead.lower()) is not None and text[dates[k].end : dates[k].end + 1] in (":", ","):
            return period_of(dates[k], text, year)
    return None


def _levels(
    figures: Sequence[Figure],
    found: Sequence[Clause],
    changes: Sequence[Change],
    roles: Sequence[str | None],
    out: list[str | None],
    text: str,
) -> None:
    """`giảm từ A xuống B`: A is the level at the end of the time before B's."""
    for i in range(len(figures) - 1):
        link = found[i + 1].gap
        if not changes[i].source or figures[i].unit != figures[i + 1].unit or len(link) > 40:
            continue
        after = out[i + 1]
        if after is None or after != out[i] or "\x01" in link:
            continue
        if len(after) == 9 and after[4] == "-":
            out[i], out[i + 1] = str(int(after[:4]) - 1), after[5:]
        elif after[:4].isdigit():
            out[i] = str(int(after[:4]) - 1)


def past(times: Sequence[str | None], asked: set[int], inside: Sequence[int], heads: Headings) -> list[int]:
    """Which of the figures `asked` hold for a time before the one that their heading, or the report, is about.

    One that holds for the time of the figure before it has that figure's part in it.
    """
    found: list[int] = []
    for k in sorted(asked):
        if k and times[k] == times[k - 1] and k - 1 not in found[-1:] and k - 1 not in asked:
            continue
        time, about = times[k], heads(inside[k]) or heads.base
        if time and about and (time[5:9] if len(time) == 9 else time[:4]) < about[:4]:
            found.append(k)
    return found
