"""Whether a figure is a plan or target, an estimate, or (None) an outcome.

Source of the cues: the annotation guide (`KH`, `kế hoạch`, `mục tiêu`, `MTĐH`, `phấn đấu`, `dự toán`; `ước`), widened
from the register. What stands nearest to the figure decides, then its sentence, then its heading, then the kind of
document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from extractor.finding.lazy import lazy
from extractor.linking.clauses import Clause
from extractor.linking.directions import Change
from extractor.model import Figure, Section

Role = Literal["plan", "estimate"]

_NEAR = lazy(
    r"(?:(?<!đạt )(?<!vượt )(?<!với )(?<!có )\b(?:kh|kế\s+hoạch|mtđh|mục\s+tiêu|chỉ\s+tiêu|dự\s+toán|nghị\s+quyết|nq)\b"
    r"(?:\s+(?:năm|vốn|giao|là|đề\s+ra|tỉnh|huyện|được|cả|giảm|tăng|phấn|đấu))*"
    r"|(?<!theo )(?<!đạt )(?<!đúng )\b(?:quy\s+định|yêu\s+cầu)(?:\s+(?:của|là|vùng|chung|tối\s+thiểu))*"
    r"|\b(?:vốn|kinh\s+phí|nstw|ngân\s+sách)\s(?:[^;.:,]{0,50}\s)?(?:được\s+)?(?<!đã )giao(?:\s+(?:là|năm))*"
    r"|\b(?:tối\s+thiểu|ít\s+nhất|bảo\s+đảm(?:\s+đạt)?)|(?<!nỗ lực )\bphấn\s+đấu\b[^;.:]{0,60}"
    r"|\bdự\s+kiến\b[^;.:]{0,60}|\bđược\s+giao(?:\s+(?:là|thu|chi))?"
    r"|\bphải\s+(?:đạt|giảm|tăng|được|có|bảo\s+đảm)\b[^;.:]{0,40})"
    r"[\s\x01:≥≤><]*(?:trên|dưới|khoảng|tối\s+thiểu|ít\s+nhất|từ|không\s+quá)?\s*$"
)
_HEADED = lazy(
    r"(?:^\W*|[,(;.:]\s*|và\s+|với\s+|có\s+|tổng\s+(?:số\s+)?)(?:tổng\s+)?(?:khái\s+toán|khai\s+toán|nhu\s+cầu|dự\s+toán|kế\s+hoạch(?!\s+(?:nhỏ|số|\d))(?:\s+vốn)?|mục\s+tiêu(?!\s+quốc))\s[^;.:()]*$"
)
_DONE = lazy(r"(?:thực\s+hiện|giải\s+ngân|đã\s+(?:bố\s+trí|giao|phân\s+bổ|thực)|đạt|bằng|hoàn\s+thành|vượt)\b")
_FORECAST = lazy(r"\bdự\s+kiến\b[^;.:]{0,60}$")
"""What is expected: a plan in the part that plans, an estimate in the part that tells results."""
_ASIDE = lazy(r"\x01|\([^()]*\)")
"""What may stand between a plan's name and its sum: a date, a bracket."""
_PURPOSE = lazy(r"\sthực\s+hiện\s+(?!được|là|đạt|đến|trong)(?=[^\W\d])")
"""What a sum is for, not what was done: `kế hoạch vốn thực hiện Chương trình`."""
_AIM = lazy(
    r"\b(?:(?<!nỗ lực )phấn\s+đấu|đặt\s+mục\s+tiêu|mục\s+tiêu(?:\s+(?:đến|là|cụ\s+thể|phấn))|dự\s+kiến"
    r"|phải\s+(?:đạt|giảm|tăng|được)|chưa\s+đủ)\b"
)
# `địa phương ước` is an estimate, `hương ước` a village's own rules.
_ESTIMATE = lazy(r"(?<!thỏa )(?<!điều )(?<!quy )(?<![\s(]hương )(?<!giao )\bước(?:\s+(?:mơ|nguyện|vọng|muốn))?\b", 2)
_FUTURE = lazy(
    r"phương\s+hướng|mục\s+tiêu(?!\s+quốc)|định\s+hướng|nhu\s+cầu\s+(?:bố|vốn|kinh|đầu)|dự\s+kiến|phấn\s+đấu|giải\s+pháp|trọng\s+tâm|"
    r"(?:thời\s+gian|năm|quý|tháng)\s+tới|phương\s+án\s+phân\s+bổ|kế\s+hoạch\s+giao"
)
_TASKS = lazy(r"nhiệm\s+vụ|chỉ\s+tiêu|dự\s+toán|kế\s+hoạch\s+(?:năm|phát|đầu\s+tư|vốn|quý|tháng|\d)")
_REST = lazy(
    r"cuối\s+năm|còn\s+lại|nhiệm\s+vụ\b[^.;]{0,40}\b(?:quý|tháng)\b|^\W*nhiệm\s+vụ(?:\s*(?:[:.,]|và\s+giải|$))|"
    r"kế\s+hoạch\s+(?:quý|tháng)"
)
_YEAR = lazy(r"(?<!\d)20\d\d(?!\d)")
_PLANNER = lazy(
    r"^\s*(?:NGHỊ\s+QUYẾT|QUYẾT\s+ĐỊNH|KẾ\s+HOẠCH|CHƯƠNG\s+TRÌNH|ĐỀ\s+ÁN|TỜ\s+TRÌNH)\b|\A\s*(?:Nghị\s+quyết|Kế\s+hoạch|Quyết\s+định)\b",
    8,
)
_PAST = lazy(
    r"kết\s+quả|tình\s+hình|đánh\s+giá|đã\s|thực\s+hiện\s+(?:nhiệm|kế|mục|các|chỉ|dự|nghị)|việc\s+thực\s+hiện|đạt\s|hạn\s+chế|tồn\s+tại|kiểm\s+điểm|công\s+tác\s+(?:chỉ|lãnh)"
)
_PLANNING = lazy(
    r"(?:^\s*(?:NGHỊ\s+QUYẾT|QUYẾT\s+ĐỊNH|KẾ\s+HOẠCH|TỜ\s+TRÌNH|CHỈ\s+TIÊU)|\A\s*(?:Nghị\s+quyết|Kế\s+hoạch|Quyết\s+định))\b"
    r"[^\n]{0,300}(?:\n[^\n]{0,300}){0,3}",
    8,
)
_BUDGET = lazy(
    r"dự\s+toán|phân\s+bổ|kế\s+hoạch\s+(?:đầu\s+tư|vốn)|giao\s+(?:chỉ\s+tiêu|kế\s+hoạch|dự\s+toán)|chỉ\s+tiêu\s+kế", 2
)
_BULLETS = frozenset("-+*•–0123456789")
_AIM_CUE = lazy(r"phấn|mục|dự kiến|phải|chưa đủ")
_NEAR_CUE = lazy(r"kh\b|kế h|mtđ|mục t|chỉ t|dự |nghị |nq|phấn|giao\b|phải |quy đ|yêu c|tối t|ít n|đảm")
_HEAD_CUE = lazy(r"toán|nhu cầu|kế hoạch|mục tiêu")
"""Parts of the words that the patterns of the same name need: a cheap look before them."""
_CUE = lazy(
    r"phấn|mục|dự |phải|chưa đủ|kh\b|kế h|mtđ|chỉ t|nghị |nq|giao\b|quy đ|yêu c|tối t|ít n|đảm|"
    r"toán|nhu cầu|hiện|đã |mới đ|thực t"
)
"""A part of a word of any of them, and of `_NOW`."""
_ASKED = lazy(
    r"(?:đề\s+nghị|kiến\s+nghị|đề\s+xuất)\s[^.;]{0,90}(?:hỗ\s+trợ|bổ\s+sung|bố\s+trí|cấp|nâng|tăng|giao)|"
    r"xem\s+xét,?\s+(?:hỗ\s+trợ|bổ\s+sung|bố\s+trí|cấp|nâng|tăng|điều\s+chỉnh|giao)"
)
_TOLD = lazy(r"thực\s+hiện\s+năm|\bđã\s|hiện\s+(?:nay|có)|đến\s+nay|trong\s+năm\s+qua|đạt\s+được")
_OF_ESTIMATE = lazy(r"\s*ước\s+(?:thực\s+hiện|TH)[\s\x01]*\(", 2)
_AGAINST = lazy(r"so\s+(?:với\s+)?$|\d\s?%\s+$", 2)
_OF_PLAN = lazy(
    r"(?:kh|kế\s+hoạch|dự\s+toán|chỉ\s+tiêu|mục\s+tiêu|nghị\s+quyết|nq|yêu\s+cầu|quy\s+định)(?!\w)(?:\s+[^\W\d]+){0,8}[\s\x01]*\(\s*$",
    2,
)
_OF_PAST = lazy(r"\bso\s+(?:với\s+)?[^();]{0,40}\(\s*$", 2)
_NOW = lazy(r"hiện\s+(?:nay|có|tại)|\(\s*hiện\b|\bđã\s|\bmới\s+được\s|\bthực\s+tế\b", 2)
_PARTS = lazy(r"[\s,;:]*(?:\(|gồm|bao\s+gồm|trong\s+đó)", 2)
_HEADS_LIST = lazy(r"[^\n\d:]*(?:\d{4}[^\n\d:]*)?:\s*(?:\n|$)")
"""What stands behind the last figure of a line that announces the lines below it."""
_PLAN_FIRST = lazy(r"\s*(?:kh|kế\s+hoạch|dự\s+toán|mục\s+tiêu|chỉ\s+tiêu)\b")
"""What stands right behind a percentage is what it is a share of: `đạt 107% dự toán giao và tăng 4,8%`."""
_RANGE = lazy(r"\s*(?:[-–]|đến|tới)\s*(?:dưới\s+)?")
_PART = lazy(r"\s*,?\s*(?:bằng|chiếm)\s+$", 2)


def read(
    figures: Sequence[Figure],
    found: Sequence[Clause],
    changes: Sequence[Change],
    sections: Sequence[Section],
    inside: Sequence[int],
    text: str,
    year: str | None,
) -> tuple[list[Role | None], set[int]]:
    """The role of each of `figures`, and which have it only because of where they stand.

    `year`: the year that the report is about.
    `inside`: the index of each figure's section, -1 where none.
    """
    headings = _Headings(sections, year, _PLANNER.search(text, 0, 2000) is not None)
    whole = planning(text)
    out: list[Role | None] = []
    weak: set[int] = set()
    sentence = paragraph = -1
    state: Role | None = None
    lasting = False
    head: Role | None = None
    headed = shared = False
    inner: int | None = None
    for i, (figure, clause) in enumerate(zip(figures, found, strict=True)):
        gap = clause.gap
        if clause.paragraph != paragraph:
            paragraph = clause.paragraph
            head = head if text[clause.line : clause.line + 2].strip("( ")[:1] in _BULLETS else None
            state, lasting, headed = head, False, False
        elif clause.sentence != sentence:
            opening = gap[-80:].lstrip()
            if not lasting and not ("rong đó" in gap or "Riêng" in gap or "iêng " in opening[:8]):
                state = None
        elif (
            clause.joint == ";"
            and (state == "estimate" or (headed and not clause.depth))
            and not lasting
            and not _in_list(text, clause.line, figure.start)
        ):
            state = None
        sentence = clause.sentence
        lowered = gap.lower()
        if "ước" in lowered:
            hits = list(_ESTIMATE.finditer(gap))
            hit = hits[-1] if hits else None
            if hit is not None and len(hit[0]) == 3 and _AGAINST.search(gap, 0, hit.start()) is None:
                state = "estimate"
                opening = gap[max(0, hit.start() - 3) : hit.start()].strip()
                lasting = hit[0][0] == "Ư" and opening[-1:] in ("", ".", "-", "+", "…", ":") and ":" in gap[hit.end() :]
                if hit.start() < 4 and _OF_ESTIMATE.fullmatch(gap) is not None:
                    state = None  # bằng 104% ước thực hiện năm 2022 (17.192 tỷ đồng)
                    out.append("estimate")
                    continue
        cued = len(gap) > 3 and _CUE.search(lowered) is not None
        if cued and (
            (_AIM_CUE.search(lowered) is not None and _AIM.search(lowered) is not None)
            or (figure.kind == "money" and _ASKED.search(lowered) is not None)
        ):
            state, headed = "plan", False
            if _FORECAST.search(lowered) is not None and headings.tells(inside[i]):
                state = "estimate"
        elif cued and _NOW.search(gap) is not None:
            if clause.depth:
                inner = clause.depth
            elif state == "plan":
                state = None
        inner = inner if inner is not None and clause.depth >= inner else None
        role = state if inner is None else None
        near = (
            cued
            and _NEAR_CUE.search(lowered) is not None
            and _NEAR.search(_ASIDE.sub("", lowered)[-70:]) is not None
        )
        if near:
            role = "plan"
        elif (
            role is None
            and inner is None
            and (whole or headings(inside[i], figure.start))
            and _TOLD.search(lowered) is None
        ):
            role = "plan"
            weak.add(i)
        if (
            gap.strip()[:1] == "/"
            and i
            and len(gap) < 16
            and figures[i - 1].unit == figure.unit
            and figure.kind != "household"
        ):
            role = "plan" if not near and figure.kind in ("money", "percent") else role
        if clause.opened and not near and (plain := _bracketed(i, figures, found)) is not None:
            role = plain[0]
        if (
            i
            and out[i - 1] == "plan"
            and figure.kind == "money" == figures[i - 1].kind
            and clause.joint in ("", ";")
            and (shared or (state is None and _PARTS.match(gap) is not None))
            and _DONE.search(lowered) is None
            and _NOW.search(gap) is None
        ):
            role, shared = "plan", True
        else:
            shared = False
        if (
            (role != "plan" or (near and gap.strip()[:1] not in ("/", "(")))
            and cued
            and _HEAD_CUE.search(lowered) is not None
            and not (i and figures[i - 1].kind == "percent" and _PLAN_FIRST.match(lowered) is not None)
            and _names_plan(clause.before.lower(), figure)
        ):
            role = state = "plan"
            headed = True
        if role is None and i and out[i - 1] == "plan" and figure.kind == "percent" and _PART.match(gap) is not None:
            role = None if found[i - 1].gap.strip()[:1] == "/" else "plan"
        if role == "estimate" and "ước" not in lowered:
            weak.add(i)
        if i and clause.joint == "" and _RANGE.fullmatch(gap) is not None:
            role = out[i - 1]
        if changes[i].source:
            role = None if role == "plan" else role
        out.append(role)
        if _HEADS_LIST.match(text, figure.end, figure.end + 90) is not None:
            head = role
    return out, weak


def planning(text: str) -> bool:
    """Whether the whole document plans: a resolution on a budget, the assignment of a plan."""
    return any(_BUDGET.search(match[0]) is not None for match in _PLANNING.finditer(text, 0, 3000))


def _bracketed(i: int, figures: Sequence[Figure], found: Sequence[Clause]) -> tuple[Role | None] | None:
    """The role of what a bracket gives for the plan, or for the time, that the words before it compare with.

    `đạt 97,9% dự toán (560 tỷ đồng)`, `tăng 9,1% so với năm 2023 (19 tỷ đồng)`. Nothing where no figure of its unit was
    said before: then the bracket tells the outcome itself.
    """
    clause, figure = found[i], figures[i]
    if not any(
        figures[k].unit == figure.unit or figures[k].kind == figure.kind == "money"
        for k in range(max(0, i - 5), i)
        if found[k].sentence == clause.sentence
    ):
        return None
    if _OF_PLAN.search(clause.gap) is not None:
        return ("plan",)
    return (None,) if _OF_PAST.search(clause.gap) is not None else None


def _names_plan(before: str, figure: Figure) -> bool:
    """Whether the figure's own name is a plan's (`Kế hoạch vốn năm 2023 là`) and nothing says that it was done."""
    named = _HEADED.search(before)
    return (
        named is not None
        and (figure.kind == "money" or "nhu cầu" not in named[0])
        and _DONE.search(_PURPOSE.sub(" ", before)) is None
    )


def _in_list(text: str, line: int, start: int) -> bool:
    """Whether the sentence has announced a list."""
    low = max(line, text.rfind(". ", max(0, start - 300), start))
    piece = text[max(low, start - 300) : start].lower()
    return "trong đó" in piece or "gồm" in piece or "cụ thể" in piece or "chia ra" in piece or "ước đến" in piece


class _Headings:
    """Whether a heading, or one above it, announces what is still to come."""

    def __init__(self, sections: Sequence[Section], year: str | None, planner: bool) -> None:
        self._sections, self._year, self._planner = sections, year, planner
        self._by_id = {s.id: k for k, s in enumerate(sections)}
        self._known: dict[int, bool] = {}

    def __call__(self, index: int, start: int) -> bool:
        """For the section at `index`, seen from the figure at `start`: a title that holds it announces nothing."""
        while index >= 0 and start < self._sections[index].start + len(self._sections[index].title) + 4:
            parent = self._sections[index].parent
            index = self._by_id.get(parent, -1) if parent else -1
        return self._announces(index)

    def tells(self, index: int) -> bool:
        """Whether the section at `index`, or one above it, tells results."""
        while index >= 0:
            title = self._sections[index].title[:200].lower()
            if _FUTURE.search(title) is not None:
                return False
            if _PAST.search(title) is not None:
                return True
            parent = self._sections[index].parent
            index = self._by_id.get(parent, -1) if parent else -1
        return False

    def _announces(self, index: int) -> bool:
        if index < 0:
            return False
        if index not in self._known:
            self._known[index] = False
            section = self._sections[index]
            title = section.title[:200].lower()
            if _PAST.search(title) is not None:
                self._known[index] = False
            elif _FUTURE.search(title) is not None or (_TASKS.search(title) is not None and self._later(title)):
                self._known[index] = True
            else:
                parent = self._by_id.get(section.parent) if section.parent else None
                self._known[index] = parent is not None and self._announces(parent)
        return self._known[index]

    def _later(self, title: str) -> bool:
        """Whether tasks are tasks to come: in a plan they are, in a report those of a year after its own."""
        return (
            self._planner
            or _REST.search(title) is not None
            or (self._year is not None and any(y > self._year for y in _YEAR.findall(title)))
        )
