"""The pages' words: both languages complete, every key that is used there, none that is not used."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

import extractor.web
from extractor.web.words import FOLDER, NoSuchWord, Words, all_words

WEB = Path(extractor.web.__file__).parent
_KEY = re.compile(r"""["']([a-z]+\.[a-z0-9_]+)["']""")
_START = re.compile(r"""["']([a-z]+\.[a-z0-9_]*_)["'] *(?:\+|~)""")


def _sources() -> str:
    files = [*WEB.glob("[!_]*.py"), *(WEB / "templates").rglob("*.html"), *(WEB / "static").glob("*.js")]
    return "\n".join(path.read_text(encoding="utf8") for path in files)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_word_is_there_in_both_languages_with_the_same_values(path: Path) -> None:
    for key, entry in tomllib.loads(path.read_text(encoding="utf8")).items():
        assert set(entry) == {"vi", "en"}, key
        assert all(words.strip() for words in entry.values()), key
        wanted = [{name for _, name, _, _ in Formatter().parse(words) if name} for words in entry.values()]
        assert wanted[0] == wanted[1], key


def test_every_key_that_a_page_names_is_there_and_every_word_is_used() -> None:
    source, topics = _sources(), {key.partition(".")[0] for key in all_words()}
    named = {key for key in _KEY.findall(source) if key.partition(".")[0] in topics and not key.endswith("_")}
    starts = tuple(_START.findall(source))
    missing = {key for key in named - all_words().keys() if not key.endswith((".html", ".js", ".css", ".svg", ".py"))}
    assert not missing
    assert {key for key in all_words().keys() - named if not key.startswith(starts)} == set()


def test_a_key_that_is_not_there_is_named() -> None:
    with pytest.raises(NoSuchWord, match=r"common\.nothing"):
        Words("vi")("common.nothing")


@pytest.mark.parametrize(("value", "vi", "en"), [(1234, "1.234", "1,234"), (0.5, "0,5", "0.5"), (None, "–", "–"),
                                                 (1234567.25, "1.234.567,25", "1,234,567.25")])  # fmt: skip
def test_numbers_are_written_as_the_language_does(value: float | None, vi: str, en: str) -> None:
    assert (Words("vi").number(value), Words("en").number(value)) == (vi, en)
