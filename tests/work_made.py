"""Work that ends badly, for child processes: a module that imports little, because each child imports it."""

from __future__ import annotations

import os


def fail() -> None:
    """Work that an error ends."""
    from extractor.errors import UsageError

    raise UsageError("nothing there")


def crash() -> None:
    """Work that is killed."""
    os._exit(9)
