"""patterns/*.toml: the project's data about units, document types, issuers, headings, abbreviations, read once.

Every file opens with `[provenance]` (where its contents come from) and every entry carries its own
`examples` (what it must find stands in ⟦…⟧) and `counter_examples` (texts in which it must find nothing);
`extractor patterns check` proves both directions. `EXTRACTOR_PATTERNS` names a folder of a user's own files, which are
merged over the shipped ones: lists of entries are joined, later entries of the same `name` win.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from extractor.errors import PatternError

HERE = Path(__file__).resolve().parent


def folders() -> list[Path]:
    """The folders that patterns are read from, shipped first, the user's own last."""
    shipped = HERE / "_patterns"
    found = [shipped if shipped.is_dir() else HERE.parent / "patterns"]
    own = os.environ.get("EXTRACTOR_PATTERNS")
    return found + ([Path(own)] if own else [])


def names() -> list[str]:
    """The names of all pattern files, without `.toml`."""
    return sorted({p.stem for folder in folders() for p in folder.glob("*.toml")})


@cache
def load(name: str) -> dict[str, Any]:
    """The contents of `patterns/<name>.toml`, the user's own merged over the shipped. Raises PatternError."""
    import tomllib  # not at import: `from extractor import get_references` is to be quick

    merged: dict[str, Any] = {}
    for folder in folders():
        path = folder / f"{name}.toml"
        if not path.is_file():
            continue
        try:
            data = tomllib.loads(path.read_text(encoding="utf8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise PatternError(f"not valid TOML: {error}", path=path) from error
        for key, value in data.items():
            merged[key] = _merge(merged.get(key), value)
    if not merged:
        raise PatternError(f"no patterns/{name}.toml in {', '.join(map(str, folders()))}")
    return merged


def _merge(old: Any, new: Any) -> Any:
    if isinstance(old, list) and isinstance(new, list):
        named = {e["name"] for e in new if isinstance(e, dict) and "name" in e}
        return [e for e in old if not (isinstance(e, dict) and e.get("name") in named)] + new
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{k: _merge(old.get(k), v) for k, v in new.items()}}
    return new
