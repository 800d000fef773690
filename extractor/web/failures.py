"""A failure as the pages tell it: a sentence and what to do in the reader's language, the message itself behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.errors import ExtractorError
from extractor.web.words import Words

_NAMED = re.compile(r"(?P<name>[A-Z]\w+): (?P<message>.*)", re.DOTALL)
_PAGE = re.compile(r"(?:^|: )page (\d+): ")


@dataclass(frozen=True, slots=True)
class Failure:
    """`label`: its name in few words, `says` what happened, `remedy` what to do; `message` is what the program said, in
    English."""

    name: str
    label: str
    says: str
    remedy: str
    message: str


def failure(words: Words, message: str, name: str | None = None) -> Failure:
    """The failure of a named class (`docs/commands.md`); without `name`, the one that the message begins with.

    Without a name that the pages know, the message alone is told.
    """
    if name is None and (found := _NAMED.fullmatch(message)) and words.has("errors.says_" + found["name"]):
        name, message = found["name"], found["message"]
    if name is None or not words.has("errors.says_" + name):
        says = words("errors.other") if (told := words.told(message)) == message else told
        return Failure(name or "", name or words("errors.other"), says, "", message)
    says = words("errors.says_" + name)
    if page := _PAGE.search(message):
        says = words("errors.on_page", page=page[1], says=says)
    return Failure(name, words("errors.name_" + name), says, words("errors.remedy_" + name), message)


def failure_of(words: Words, error: ExtractorError) -> Failure:
    """The failure that was raised."""
    return failure(words, str(error), error.name)
