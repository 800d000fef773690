"""A small folder as `extractor serve` serves it, and a client for it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from extractor.model import Report
from extractor.serial import to_bytes
from extractor.store.documents import Documents
from extractor.store.ledger import FileRow, Ledger
from extractor.web.app import create_app

HOST = "http://127.0.0.1:8765"


def stored(out: Path, report: Report, source: Path | None = None) -> int:
    """Put `report` into `out` as a run would have, read from the file `source`; returns its `documents.id`."""
    json = f"{report.document.source}.json"
    data = to_bytes(report)
    target = out / "reports" / json
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    with Ledger(out) as ledger:
        path = source or out / "gone" / report.document.source
        ledger.put(FileRow(path.absolute(), report.document.source, "done", report.document.sha256, json=json,
                           json_sha256=sha256, tool="test"))  # fmt: skip
    with Documents(out) as documents:
        assert documents.put(json, sha256)
        (found,) = documents.database.execute("SELECT id FROM documents WHERE json = ?", (json,)).fetchone()
    return int(found)


def client(out: Path, **options: Any) -> TestClient:
    """A browser's requests to the pages of `out`, from the pages' own origin."""
    return TestClient(create_app(out, **options), base_url=HOST, headers={"origin": HOST})
