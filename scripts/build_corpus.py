#!/usr/bin/env python3
"""Build corpus/ and gold/ from gold/src/*.vnr.

    build_corpus.py [NAME …] [--root DIR] [--gold-only]

Same source, same bytes: dates and ids are fixed. PDF needs WeasyPrint and the Liberation fonts, DOCX python-docx.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ.setdefault("SOURCE_DATE_EPOCH", "1700000000")  # fontTools stamps subset fonts with it

from corpusbuild.gold import build_gold, gold_json
from corpusbuild.source import ReportSource, read_source
from corpusbuild.tables import build_tables, tables_json
from corpusbuild.text import build_text


def build_format(source: ReportSource, extension: str) -> bytes:
    """The report in one format. The PDF and DOCX writers are loaded only when they are needed."""
    if extension == "pdf":
        from corpusbuild.pdf import build_pdf

        return build_pdf(source)
    if extension == "docx":
        from corpusbuild.docx import build_docx

        return build_docx(source)
    return build_text(source)


def build(path: Path, root: Path, *, gold_only: bool = False) -> list[Path]:
    """Build all files of one source; returns what was written."""
    source = read_source(path)
    raw, gold = build_gold(source)
    at = root / "gold" / source.name
    files = {at.with_suffix(".txt"): raw.encode(), at.with_suffix(".json"): gold_json(gold).encode()}
    if (tables := build_tables(source)) is not None:
        files[root / "gold" / "tables" / f"{source.name}.json"] = tables_json(tables).encode()
    for extension in () if gold_only else source.front["formats"]:
        files[root / "corpus" / f"{source.name}.{extension}"] = build_format(source, extension)
    for file, content in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return list(files)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", help="reports to build (default: all)")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[1])
    parser.add_argument("--gold-only", action="store_true", help="annotations only, no PDF, DOCX or TXT")
    args = parser.parse_args()
    sources = sorted((args.root / "gold" / "src").glob("*.vnr"))
    if missing := set(args.names) - {path.stem for path in sources}:
        raise SystemExit(f"no such source: {', '.join(sorted(missing))}")
    for path in sources:
        if not args.names or path.stem in args.names:
            print(*(str(file.relative_to(args.root)) for file in build(path, args.root, gold_only=args.gold_only)))


if __name__ == "__main__":
    main()
