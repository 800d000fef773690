"""What the docs site (mkdocs.yml) needs beyond its theme: two languages, and a search that finds `hộ` for `ho`.

A page NAME.vi.md or NAME.en.md is shown in its own language and leads to its twin. Pages without a mark are English,
but index.md, the Vietnamese first page.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extractor.finding.fold import fold

NAMES = {"vi": "Tiếng Việt", "en": "English"}
INDEX = {"index.md": "index.en.md", "index.en.md": "index.md"}


def language(source: str) -> str:
    """The language of a page by its path below docs/."""
    return "vi" if source == "index.md" or source.endswith(".vi.md") else "en"


def twin(source: str) -> str:
    """The path of the same page in the other language; where there is none, that language's first page."""
    if source in INDEX:
        return INDEX[source]
    for one, other in ((".vi.md", ".en.md"), (".en.md", ".vi.md")):
        if source.endswith(one):
            return source.removesuffix(one) + other
    return "index.md"


def on_page_context(context: dict[str, Any], *, page: Any, config: Any, **_: Any) -> dict[str, Any]:
    """Show the theme's own words in the page's language, and link the twin."""
    own = language(page.file.src_uri)
    files = {p.file.src_uri: p for p in context["nav"].pages}
    links = {own: page, language(twin(page.file.src_uri)): files.get(twin(page.file.src_uri), page)}
    config.theme["language"] = own
    config.extra["alternate"] = [{"name": NAMES[k], "link": p.url or ".", "lang": k} for k, p in sorted(links.items())]
    return context


def on_post_build(*, config: Any, **_: Any) -> None:
    """Give every entry of the search index its words without diacritics, where that is another word."""
    path = Path(config.site_dir) / "search" / "search_index.json"
    index = json.loads(path.read_text(encoding="utf8"))
    for entry in index["docs"]:
        words = set(f"{entry['title']} {entry['text']}".lower().split())
        entry["tags"] = sorted({fold(w) for w in words} - words)
    path.write_text(json.dumps(index, ensure_ascii=False), encoding="utf8")
