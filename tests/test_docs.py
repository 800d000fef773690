"""The pages of docs/ name every command, option, error, key of the JSON and key of a pattern, and no other."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pymdownx.slugs import slugify

import extractor
from extractor import patterns
from extractor.auditing import RULES
from extractor.cli import _parser
from extractor.errors import ExtractorError, ReportError
from extractor.schema import fields
from tests.docs_blocks import DOCS, PAGES, ROOT, blocks, commands, unlike

COMMANDS = (DOCS / "commands.md").read_text(encoding="utf8")


def parts(text: str, level: int) -> dict[str, str]:
    """The sections of a page: heading of the level (without the quotes of code) and what stands below it."""
    mark = "#" * level
    found = re.findall(rf"^{mark} (.+?)\n(.*?)(?=^#{{1,{level}}} |\Z)", text, re.S | re.M)
    return {heading.replace("`", ""): body for heading, body in found}


def keys(body: str) -> list[str]:
    """The names in the first column of the tables."""
    cells = re.findall(r"^\| (`.+?) \|", body, re.M)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def parsers(parser: argparse.ArgumentParser, path: str = "extractor") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner:
        yield path, parser
    for action in inner:
        for name, sub in action.choices.items():
            yield from parsers(sub, f"{path} {name}")


ALL = dict(parsers(_parser()))


def documented() -> dict[str, tuple[str, str]]:
    """Command -> heading and text of its section in docs/commands.md."""
    made = {}
    for heading, body in parts(COMMANDS, 2).items():
        if heading.startswith("extractor "):
            words = re.match(r"extractor(?: [a-z]+)+", heading)
            assert words, heading
            made[words[0]] = (heading, body)
    return made


def test_every_command_is_documented_and_no_other() -> None:
    assert sorted(documented()) == sorted(ALL)


@pytest.mark.parametrize("path", ALL)
def test_every_option_is_documented_and_no_other(path: str) -> None:
    heading, body = documented()[path]
    options = {o for a in ALL[path]._actions for o in a.option_strings if o.startswith("--")} - {"--help"}
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", f"{heading}\n{body}"))
    assert told == options


def errors() -> Iterator[type[ExtractorError]]:
    for module in pkgutil.walk_packages(extractor.__path__, "extractor."):
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("extractor"):
                raise  # what an extra installs may be missing, a module of ours may not
    waiting = list(ExtractorError.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if one is not ReportError and one.__module__.startswith("extractor."):  # the family's name; a test's own
            yield one


def test_every_error_is_documented_and_no_other() -> None:
    first = re.findall(r"^\| (`[A-Z].+?) \|", parts(COMMANDS, 2)["Errors"], re.M)
    named = re.findall(r"`([A-Z]\w+)`", "\n".join(first))
    assert sorted(named) == sorted({e.__name__ for e in errors()})


def test_every_error_says_what_to_do() -> None:
    assert [e.__name__ for e in errors() if not e.remedy and e.__name__ not in {"UsageError", "MissingProgram"}] == []


def test_every_exit_code_is_documented() -> None:
    told = re.findall(r"^\| (\d+) \|", parts(COMMANDS, 2)["Exit codes"], re.M)
    assert {str(e.exit_code) for e in errors()} <= set(told)
    assert told == ["0", "1", "2", "3", "4", "130"]


def test_every_key_of_the_json_is_documented_with_its_type_and_no_other() -> None:
    told = []
    for name, body in parts((DOCS / "json.md").read_text(encoding="utf8"), 2).items():
        for key, kind in re.findall(r"^\| `(\w+)` \| (.+?) \| [^|]+ \|$", body, re.M):
            told.append({"object": name, "key": key, "type": kind.replace("\\|", "|")})
    assert sorted(map(str, told)) == sorted(map(str, fields()))


def test_every_key_of_every_pattern_is_documented_and_no_other() -> None:
    pages = parts((DOCS / "patterns.md").read_text(encoding="utf8"), 2)
    told = {
        (file, group, key)
        for file, body in pages.items()
        for group, text in parts(body, 3).items()
        for key in keys(text)
    }
    shared = {key for file, group, key in told if (file, group) == ("Every file", "Every entry")}
    origin = {key for file, group, key in told if (file, group) == ("Every file", "[provenance]")}
    there = set()
    used = set()
    for name in patterns.names():
        for group, value in patterns.load(name).items():
            entries, shown = (value, f"[[{group}]]") if isinstance(value, list) else ([value], f"[{group}]")
            own = {key for entry in entries for key in entry}
            common = origin if group == "provenance" else shared
            used |= own & common
            there |= {(f"{name}.toml", shown, key) for key in own - common}
    assert {t for t in told if t[0] != "Every file"} == there
    assert used == shared | origin


def test_every_rule_of_the_audit_is_documented_and_no_other() -> None:
    told = re.findall(r"^\| (`.+?) \| .* \| (`.+?) \|$", (DOCS / "audit.md").read_text(encoding="utf8"), re.M)
    modules = [importlib.import_module(f"extractor.auditing.{name}") for name in RULES]
    constants = {v for module in modules for k, v in vars(module).items() if k.isupper() and isinstance(v, str)}
    assert {m for _, cell in told for m in re.findall(r"`(\w+)`", cell)} == set(RULES)
    assert {r for cell, _ in told for r in re.findall(r"`(\w+)`", cell)} == {c for c in constants if "_" in c}


def test_every_name_of_python_and_of_the_environment_is_documented() -> None:
    pages = "\n".join(page.read_text(encoding="utf8") for page in PAGES)
    source = "\n".join(p.read_text(encoding="utf8") for p in (ROOT / "extractor").rglob("*.py"))
    variables = re.compile(r"\bEXTRACTOR_[A-Z]+\b")
    assert set(variables.findall(pages)) == set(variables.findall(source))
    assert [name for name in extractor.__all__ if name not in pages and name != "__version__"] == []


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^( *)```.*?^\1```$", "", page.read_text(encoding="utf8"), flags=re.S | re.M)


def anchors(page: Path) -> set[str]:
    """What a link may name behind #: the headings, as the site and GitHub spell them."""
    slug = slugify(case="lower")
    return {slug(heading.replace("`", ""), "-") for heading in re.findall(r"^#+ (.+)$", prose(page), re.M)}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", prose(page)):
        there = (page.parent / target).resolve() if target else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(f"{target}#{anchor}" if anchor else target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_commands_that_pages_show_are_commands(page: Path) -> None:
    for line in commands(page):
        words = [w for w in shlex.split(line) if w != "…"]
        try:
            _parser().parse_args(words[1:])
        except SystemExit:
            pytest.fail(f"{page.name} shows {line!r}, which is no command")


def test_guides_tell_the_same_in_both_languages() -> None:
    """What is run and what it prints; the words around it differ."""
    for vietnamese in DOCS.rglob("*.vi.md"):
        english = vietnamese.with_name(vietnamese.name.replace(".vi.", ".en."))
        assert blocks(vietnamese) == blocks(english)


@pytest.mark.parametrize("page", sorted((DOCS / "guides").glob("*.md")), ids=lambda p: p.name)
def test_warnings_and_errors_that_guides_explain_are_those_of_the_code(page: Path) -> None:
    source = "\n".join(p.read_text(encoding="utf8") for p in (ROOT / "extractor").rglob("*.py"))
    headings = ("What each warning means", "Nghĩa của từng cảnh báo")
    told = [body for heading, body in parts(page.read_text(encoding="utf8"), 2).items() if heading in headings]
    assert told, f"{page.name} explains no warnings"
    rows = [line.strip("|").split(" | ") for line in told[0].splitlines() if line.startswith("| ")]
    column = next(n for n, cell in enumerate(rows[0]) if cell.strip() in ("Warning", "Cảnh báo"))
    quoted = [words for row in rows for words in re.findall(r"`([^`]+)`", row[column])]
    pieces = [piece.strip() for words in quoted for piece in words.split("…")]
    assert pieces
    assert [piece for piece in pieces if piece not in source] == []
    named = re.findall(r"`([A-Z][a-z]+(?:[A-Z][a-z]+)+)`", page.read_text(encoding="utf8"))
    assert set(named) <= {e.__name__ for e in errors()}


@pytest.mark.parametrize("page", sorted((DOCS / "guides").glob("*.md")), ids=lambda p: p.name)
def test_guides_call_things_as_the_pages_do(page: Path) -> None:
    """What stands in bold is a word of the pages in the guide's language."""
    language = page.name.split(".")[1]
    topics = [tomllib.loads(p.read_text(encoding="utf8")) for p in (ROOT / "extractor/web/words").glob("*.toml")]
    shown = {words[language] for topic in topics for words in topic.values()}
    heading = {"vi": "Trên trang web", "en": "On the pages"}[language]
    bold = re.findall(r"\*\*(.+?)\*\*", parts(page.read_text(encoding="utf8"), 2)[heading], re.S)
    assert bold
    assert [words for words in (" ".join(b.split()) for b in bold) if words not in shown] == []


@pytest.mark.parametrize(
    ("shown", "printed", "differs"),
    [
        ("a\nb\n", "a\nb\n", ""),
        ("a\n", "a\nb\n", "b"),
        ("a\n…\n", "a\nb\n", ""),
        ("…\nb\n", "a\nb\n", ""),
        ("b\n", "a\nb\n", "b"),
        ("a\nc\n", "a\nb\n", "c"),
        ("se… 2\n", "seconds 2\n", ""),
        ("se… 3\n", "seconds 2\n", "se… 3"),
        ("extractor: B\nextractor: A\nx\n", "extractor: A\nextractor: B\nx\n", ""),
        ("extractor: C\n", "extractor: A\n", "extractor: C"),
    ],
)
def test_a_page_that_shows_something_else_is_noticed(shown: str, printed: str, differs: str) -> None:
    assert unlike(shown, printed) == differs
