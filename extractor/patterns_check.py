"""`extractor patterns check`: every file of patterns/ is well formed, and every entry finds what its examples say.

In an example what the entry must find stands in ⟦ ⟧, exactly that and nothing else; in a counter-example it must find
nothing. The finding is done by the room that owns the file (`extractor.patterns_registry`). An entry that finds nothing
by itself (a list of function words) says so under `unproved` and needs no examples.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any

from extractor import output, patterns
from extractor.errors import PatternError
from extractor.patterns_registry import CHECKS

Entry = dict[str, Any]
Check = Callable[[Entry, str], list[str]]
_MARKED = re.compile(r"⟦(.*?)⟧", re.S)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: in which file and entry, for which text, what was expected and what was found."""

    file: str
    entry: str
    problem: str
    text: str = ""
    expected: str = ""
    got: str = ""


def check() -> list[Problem]:
    """All problems of all pattern files, the user's own (`EXTRACTOR_PATTERNS`) included."""
    names = patterns.names()
    missing = [
        Problem(f"{name}.toml", "", "registered but there is no such file") for name in sorted(set(CHECKS) - set(names))
    ]
    return [problem for name in names for problem in check_file(name)] + missing


def check_file(name: str) -> list[Problem]:
    """The problems of `patterns/<name>.toml`."""
    file = f"{name}.toml"
    try:
        data = patterns.load(name)
    except PatternError as error:
        return [Problem(file, "", str(error))]
    if name not in CHECKS:
        return [Problem(file, "", "no room checks this file: add it to extractor/patterns_registry.py")]
    return list(check_data(file, data, _load(CHECKS[name])))


def check_data(file: str, data: dict[str, Any], surfaces: Check) -> Iterator[Problem]:
    """The problems of one file's contents. `surfaces(entry, text)` returns what the entry finds in `text`."""
    if not str(data.get("provenance", {}).get("source", "")).strip():
        yield Problem(file, "", "[provenance] names no source")
    for group, entries in data.items():
        if group == "provenance":
            continue
        if isinstance(entries, dict):  # a single table is one entry
            yield from _check_entry(file, group, entries, surfaces)
            continue
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            yield Problem(file, group, "neither a list of entries ([[…]]) nor one ([…])")
            continue
        seen: set[str] = set()
        for entry in entries:
            name = str(entry.get("name", ""))
            if not name or name in seen:
                yield Problem(
                    file, f"{group} {name}".strip(), "two entries of this name" if name else "an entry has no name"
                )
            seen.add(name)
            yield from _check_entry(file, f"{group} {name}".strip(), entry, surfaces)


def _check_entry(file: str, label: str, entry: Entry, surfaces: Check) -> Iterator[Problem]:
    for key in ("examples", "counter_examples"):
        if not entry.get(key) and not str(entry.get("unproved", "")).strip():
            yield Problem(file, label, f"no {key}")
    for marked in entry.get("examples", ()):
        if not _MARKED.search(marked):
            yield Problem(file, label, "an example marks nothing with ⟦ ⟧", marked)
        yield from _compare(file, label, entry, marked, surfaces)
    for marked in entry.get("counter_examples", ()):
        if _MARKED.search(marked):
            yield Problem(file, label, "a counter-example marks something with ⟦ ⟧", marked)
        yield from _compare(file, label, entry, marked, surfaces)


def _compare(file: str, label: str, entry: Entry, marked: str, surfaces: Check) -> Iterator[Problem]:
    expected = _MARKED.findall(marked)
    text = _MARKED.sub(r"\1", marked)
    try:
        got = list(surfaces(entry, text))
    except Exception as error:  # one broken entry must not hide the others
        yield Problem(file, label, f"the check itself failed: {type(error).__name__}: {error}", text)
        return
    if got != expected:
        yield Problem(file, label, "found something else", text, _quoted(expected), _quoted(got))


def _quoted(surfaces: list[str]) -> str:
    return ", ".join(f"⟦{s}⟧" for s in surfaces) or "nothing"


def _load(target: str) -> Check:
    module, _, function = target.partition(":")
    check: Check = getattr(import_module(module), function)
    return check


def print_problems(problems: list[Problem], shown: output.Format) -> None:
    """Print the problems; as a table also how much was checked."""
    if shown == "json":
        sys.stdout.write(output.as_json([asdict(p) for p in problems]))
        return
    if shown == "csv":
        sys.stdout.write(output.as_csv([asdict(p) for p in problems], tuple(Problem.__dataclass_fields__)))
        return
    for p in problems:
        sys.stdout.write(f"{p.file}: {p.entry + ': ' if p.entry else ''}{p.problem}\n")
        if p.text:
            sys.stdout.write(f"    text      {p.text}\n")
        if p.expected or p.got:
            sys.stdout.write(f"    expected  {p.expected}\n    got       {p.got}\n")
    sys.stdout.write(f"{len(patterns.names())} pattern files, {len(problems)} problems\n")
