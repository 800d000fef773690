"""Which machines a run uses: this one, or a cluster's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from extractor.batch.settings import Settings
from extractor.batch.summary import Observer, Summary
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.searchable.copies import Copies

def run_with(
    engine: Literal["local", "ray"],
    inputs: Sequence[str],
    out: str,
    *,
    workers: int | None = None,
    address: str | None = None,
    settings: Settings | None = None,
    observer: Observer | None = None,
    copies: Copies | None = None,
) -> Summary:
    """Run on this machine (`extractor.batch.run`) or on a Ray cluster (`extractor.batch.cluster`).

    Raises UsageError where an argument belongs to the other engine, and what the engines raise.
    """
    if engine == "ray":
        from extractor.batch.cluster import run_on_ray

        if workers is not None:
            raise UsageError("--workers is for this machine; a cluster has as many as it has cores")
        if copies is not None:
            raise UsageError("--searchable and --pdfa are for this machine")
        return run_on_ray(inputs, out, address=address, settings=settings, observer=observer)
    from extractor.batch.run import run

    if address is not None:
        raise UsageError("--address is of a cluster; add --engine ray")
    for given in (*inputs, out):
        if "://" in given:
            raise UsageError(f"{given} is not on this machine; add --engine ray")
    return run(
        [Path(given) for given in inputs], Path(out), workers=workers, settings=settings, observer=observer,
        copies=copies,
    )  # fmt: skip
