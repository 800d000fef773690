"""What every handler shares: the folder, its store, and what is being read into it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request

from extractor.errors import UsageError
from extractor.store.database import NAME, guarded
from extractor.store.documents import Documents
from extractor.store.store import Store
from extractor.web.missing import Missing
from extractor.web.pictures import Pictures
from extractor.web.reading import Reading
from extractor.web.reports import Reports
from extractor.web.shelf import Catalogue

_LARGEST = 2**63 - 1  # of SQLite's whole numbers
_PATIENCE = 10.0  # seconds to wait for a run that is just writing


@dataclass(slots=True)
class Site:
    """One folder as it is served. `out` is absolute; `watch`: folders whose files are read as they come."""

    out: Path
    watch: tuple[Path, ...] = ()
    reports: Reports = field(default_factory=Reports)
    catalogue: Catalogue = field(default_factory=Catalogue)
    pictures: Pictures = field(init=False)
    reading: Reading = field(init=False)

    def __post_init__(self) -> None:
        self.pictures = Pictures(self.out)
        self.reading = Reading(self.out, self.watch)

    def open(self) -> None:
        """Make the folder where it is missing and bring its store to what its ledger says.

        Raises UsageError where its reports were made without a ledger, StoreDamaged and its kin.
        """
        jsons = self.out / "reports"
        if jsons.is_dir() and not (self.out / NAME).exists() and any(jsons.rglob("*.json")):
            raise UsageError(f"it has reports but no {NAME}: run 'extractor run' into it again", path=self.out)
        try:
            self.out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"the folder cannot be made: {error.strerror}", path=self.out) from error
        with Documents(self.out) as documents:
            documents.sync()
        with self.store() as store:
            self.catalogue.entries(store).counts  # noqa: B018  (so that the first page need not wait for it)

    def close(self) -> None:
        """End the processes that draw and read."""
        self.reading.close()
        self.pictures.close()

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store, read only, for one request. Raises StoreDamaged, StoreUnavailable."""
        path = self.out / NAME
        with guarded(path):
            database = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=_PATIENCE,
                                       isolation_level=None, check_same_thread=False)  # fmt: skip
            with Store(database, path, self.out, []) as store:
                yield store


def site(request: Request) -> Site:
    """The site that the request was made to."""
    found: Site = request.app.state.site
    return found


def document_id(request: Request) -> int:
    """The `documents.id` in the path. Raises Missing where no document can have it."""
    number = int(request.path_params["id"])
    if number > _LARGEST:
        raise Missing("common.no_such_document")
    return number


def document_url(document: int, at: int | None = None) -> str:
    """The page of a document (`documents.id`), where the character at offset `at` stands."""
    return f"/documents/{document}" + ("" if at is None else f"?at={at}")
