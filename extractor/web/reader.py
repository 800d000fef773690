"""Reads files into OUT in a process of its own, with the batch's supervisor, workers and limits.

    python -m extractor.web.reader OUT ROOT      # stdin: a JSON list of paths below ROOT; stdout: a JSON line a step
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from extractor.batch.discover import discover
from extractor.batch.run import run_jobs
from extractor.batch.settings import Settings
from extractor.batch.summary import Observer, State
from extractor.batch.work import Outcome
from extractor.errors import ExtractorError

LIMITS = Settings(page_seconds=60.0, file_seconds=1800.0)
_PAUSE = 0.3  # seconds between two lines about how far it is


class Telling(Observer):
    """Tells each step on stdout."""

    def __init__(self) -> None:
        self._told = 0.0

    def outcome(self, outcome: Outcome) -> None:
        """One file is over."""
        tell(outcome={"source": outcome.source, "status": outcome.status, "json": outcome.target.as_posix(),
                      "error": outcome.error, "message": outcome.message})  # fmt: skip

    def state(self, state: State) -> None:
        """How far it is."""
        if time.monotonic() - self._told >= _PAUSE:
            self._told = time.monotonic()
            tell(state={"files": state.files, "all": state.all_files, "pages": state.pages})


def tell(**said: Any) -> None:
    """One line."""
    print(json.dumps(said), flush=True)


def main(arguments: list[str]) -> None:
    """Read the files that stdin names."""
    out, root = Path(arguments[0]), Path(arguments[1])
    wanted = {Path(os.path.abspath(path)) for path in json.loads(sys.stdin.read())}
    try:
        found = discover([root], out)
        jobs = [job for job in found.jobs if Path(os.path.abspath(job.path)) in wanted]
        # What is passed over elsewhere below ROOT was told when it came.
        summary = run_jobs(replace(found, jobs=jobs, unreadable=[]), out, settings=LIMITS, observer=Telling())
        tell(end={"stopped": summary.stopped, "waiting": summary.waiting})
    except ExtractorError as error:
        tell(end={"stopped": f"{error.name}: {error}", "waiting": len(wanted)})


if __name__ == "__main__":
    main(sys.argv[1:])
