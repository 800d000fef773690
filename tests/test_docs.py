"""The pages of docs/ name every command, option, exit code and error."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import extractor
from extractor.cli import _parser
from extractor.errors import ExtractorError, ReportError

DOCS = Path(__file__).resolve().parent.parent / "docs"
COMMANDS = (DOCS / "commands.md").read_text(encoding="utf8")


def commands(parser: argparse.ArgumentParser, path: str = "extractor") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner:
        yield path, parser
    for action in inner:
        for name, sub in action.choices.items():
            yield from commands(sub, f"{path} {name}")


@pytest.mark.parametrize(("path", "parser"), list(commands(_parser())))
def test_every_command_and_option_is_documented(path: str, parser: argparse.ArgumentParser) -> None:
    found = re.search(rf"^## `{path}\b(.*?)(?=^## |\Z)", COMMANDS, re.S | re.M)
    assert found, f"docs/commands.md has no section on {path!r}"
    options = {o for a in parser._actions for o in a.option_strings if o.startswith("--")} - {"--help"}
    assert not {o for o in options if o not in found[1]}


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
        if one is not ReportError:  # the family's name
            yield one


def test_every_error_is_documented() -> None:
    assert sorted(e.__name__ for e in errors() if f"`{e.__name__}`" not in COMMANDS) == []


def test_every_error_says_what_to_do() -> None:
    assert [e.__name__ for e in errors() if not e.remedy and e.__name__ not in {"UsageError", "MissingProgram"}] == []


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf8"))
    assert [t for t in targets if not (page.parent / t).exists()] == []
