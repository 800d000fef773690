"""What README and docs/ show is run, and the site is built."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import extract
from extractor.cli import main
from tests.docs_blocks import PAGES, ROOT, blocks, run_page

OUT = [f"corpus/yen-bai-giam-ngheo-{year}.pdf" for year in (2021, 2022, 2023)]
RUN = [
    page
    for page in PAGES
    if not page.name.endswith(".vi.md") and any(b.language in ("sh", "python") and not b.why for b in blocks(page))
]
"""Of two languages one: test_docs.py holds their blocks equal."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports of corpus/, read under the names that the pages give them."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "corpus").symlink_to(ROOT / "corpus")
    here = Path.cwd()
    os.chdir(folder)
    try:
        assert main(["run", *OUT, "--out", "out", "--quiet"]) == 0
    finally:
        os.chdir(here)
    return folder / "out"


@pytest.mark.parametrize("page", RUN, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_page_runs(page: Path, out: Path, tmp_path: Path) -> None:
    if "sqlite3 " in "".join(b.body for b in blocks(page) if b.language == "sh") and not shutil.which("sqlite3"):
        pytest.skip("sqlite3 is not installed")
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    shutil.copytree(out, tmp_path / "out")
    run_page(page, tmp_path)


def test_the_readme_shows_what_is_extracted() -> None:
    """Every row of its table is in the JSON of the report that it names."""
    report = json.loads(extract(ROOT / "corpus/yen-bai-giam-ngheo-2022.pdf").to_json())
    items = [report["document"], *(i for kind in ("sections", "figures", "references", "places") for i in report[kind])]
    rows = re.findall(r'^\| [a-z ]+ \| .+ \| `(".+)` \|$', (ROOT / "README.md").read_text(encoding="utf8"), re.M)
    assert len(rows) >= 10
    for shown in (json.loads(f"{{{row}}}") for row in rows):
        assert any(all(item.get(key) == value for key, value in shown.items()) for item in items), shown


def test_a_page_that_shows_what_is_not_so_fails(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```sh\necho 1\n```\n\n```text\n2\n```\n")
    with pytest.raises(AssertionError, match=r"page\.md shows\n2"):
        run_page(page, tmp_path)
    page.write_text("```sh\nfalse\n```\n")
    with pytest.raises(AssertionError, match="ended with 1"):
        run_page(page, tmp_path)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The docs site, built strictly: a link, an anchor or a page that the menu lacks is an error."""
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    made = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, env=quiet)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


def test_the_site_asks_no_other_host(site: Path) -> None:
    loads = re.compile(
        r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=\"?(?:https?:)?//|url\(\"?(?:https?:)?//|@import"
    )
    asked = [p.name for kind in ("html", "css") for p in site.rglob(f"*.{kind}") if loads.search(p.read_text("utf8"))]
    assert asked == []


def test_pages_are_in_their_language_and_lead_to_their_twins(site: Path) -> None:
    english = (site / "guides/analyst.en.html").read_text(encoding="utf8")
    vietnamese = (site / "guides/analyst.vi.html").read_text(encoding="utf8")
    assert '<html lang="en"' in english
    assert '<html lang="vi"' in vietnamese
    assert 'href="analyst.vi.html" hreflang="vi"' in english
    assert 'href="analyst.en.html" hreflang="en"' in vietnamese
    assert '<html lang="vi"' in (site / "index.html").read_text(encoding="utf8")
    assert '<html lang="en"' in (site / "commands.html").read_text(encoding="utf8")


def test_the_search_finds_words_without_their_marks(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf8"))
    entries = [e for e in index["docs"] if "ngheo" in e["tags"] and "nghèo" in e["text"]]
    found = {entry["location"].partition("#")[0] for entry in entries}
    assert "guides/analyst.vi.html" in found
    assert index["config"]["pipeline"] == []  # a trimmer takes the ố off số
