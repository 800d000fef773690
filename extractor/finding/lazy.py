"""Regular expressions that are compiled when they are first used, so that importing a module does no work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast


class _Lazy:
    """Stands for a pattern until one of its attributes is asked for; then it holds the pattern's own methods."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in ("match", "search", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def words_at(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    r"""What `(?<!\w)` before `pattern` would find. Without it the first letters are looked for, fast."""
    found = pattern.search(text)
    while found:
        start = found.start()
        if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            found = pattern.search(text, start + 1)
        else:
            yield found
            found = pattern.search(text, max(found.end(), start + 1))


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of `re`, compiled at its first use."""
    return cast("re.Pattern[str]", _Lazy(source, flags))
