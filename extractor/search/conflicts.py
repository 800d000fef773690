"""What the reports together contradict: one document with two dates or titles, and one used after it was replaced."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from extractor.finding.document_titles import have_something_in_common
from extractor.finding.lazy import lazy
from extractor.linking.authorities.editions import next_edition
from extractor.linking.authorities.keys import read_key

# Bodies of which every place has one: each numbers its own documents, so a symbol without a year may stand for several.
_LOCAL = lazy(r"UBND|HĐND|-?(?:TU|HU|ĐU|UB)$|/(?:TU|HU|ĐU)$|-(?:S|P)[A-ZĐ]{2,}")
_DONE = {"replaces": "replaced", "repeals": "repealed"}


@dataclass(frozen=True, slots=True)
class Change:
    """That the document was amended, replaced or repealed: by what, on which day, and which report says so."""

    relation: str
    by: str | None
    date: str | None
    said_in: str | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """What does not fit together, and the reports that it stands in."""

    kind: str  # dates | titles | outdated
    message: str
    documents: tuple[str, ...]


def changes_of(database: sqlite3.Connection, key: str) -> tuple[Change, ...]:
    """What the reports (and for laws the list of editions) say was done to the document `key`.

    The day is that of the document that did it, as cited anywhere; where a report itself did it, the report's day.
    """
    found: dict[tuple[str, str | None], Change] = {}
    rows = database.execute(
        "SELECT c.relation, c.by, d.source, CASE WHEN c.by = d.number THEN d.issued_on ELSE"
        " (SELECT o.date FROM search_citations o WHERE o.key = c.by AND o.date IS NOT NULL"
        "  GROUP BY o.date ORDER BY count(*) DESC LIMIT 1) END FROM search_citations c"
        " JOIN search_documents d ON d.id = c.document"
        " WHERE c.key = ? AND c.relation IN ('amends', 'replaces', 'repeals') ORDER BY d.source, c.start",
        (key,),
    )
    for relation, by, source, day in rows:
        found.setdefault((relation, by), Change(relation, by, day, source))
    following = next_edition(key)
    if following is not None:
        found["replaces", following.key] = Change("replaces", following.key, following.in_force.isoformat(), None)
    return tuple(found.values())


def conflicts(
    key: str,
    cited: Sequence[tuple[str, str | None, str | None]],
    after: Sequence[str],
    changes: Sequence[Change],
) -> tuple[Conflict, ...]:
    """The conflicts of one document. `cited`: (report, date, title) of each mention; `after`: the reports that use it
    although it had been replaced."""
    made: list[Conflict] = []
    dates: dict[str, list[str]] = defaultdict(list)
    titles: dict[str, str] = {}
    for source, day, title in cited:
        if day:
            dates[day].append(source)
        if title:
            titles.setdefault(title, source)
    if len(dates) > 1:
        said = "; ".join(f"{day} ({len(sources)})" for day, sources in sorted(dates.items(), key=lambda x: -len(x[1])))
        local = read_key(key).year is None and _LOCAL.search(key) is not None
        why = (
            "bodies of one kind number alike, so these may be several documents: "
            if local
            else "cited with several dates: "
        )
        made.append(Conflict("dates", why + said, tuple(dict.fromkeys(s for d in dates.values() for s in d))))
    for (first, a), (second, b) in combinations(list(titles.items())[:50], 2):
        if not have_something_in_common(first, second):
            made.append(Conflict("titles", f"“{first}” and “{second}”", tuple(dict.fromkeys((a, b)))))
            break
    if after:
        ended = next(c for c in changes if c.relation in ("replaces", "repeals") and c.date)
        by = f" by {ended.by}" if ended.by else ""
        made.append(
            Conflict("outdated", f"used after it was {_DONE[ended.relation]}{by} on {ended.date}", tuple(after))
        )
    return tuple(made)
