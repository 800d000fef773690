"""The code blocks of the documentation, and running a page of it.

A page is run from top to bottom in a folder that holds `corpus` and `out` (some of its reports, read): ```sh blocks by
bash, on a terminal as a reader has it; ```python blocks; a block with title="path" is written to that file. A ```text
block behind one of these is what it prints, with … for what is left out. `<!-- not run: why -->` before a block leaves
it out.
"""

from __future__ import annotations

import contextlib
import io
import os
import pty
import re
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
_FENCE = re.compile(
    r"^(?:<!-- not run: (?P<why>[^\n]+) -->\n\s*)?"
    r'^(?P<indent> *)```(?P<language>\w*)(?: title="(?P<title>[^"]+)")?[^\n]*\n'
    r"(?P<body>.*?)^(?P=indent)```$",
    re.S | re.M,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block. `title`: the file that it is; `why`: it is not run, and why not."""

    language: str
    body: str
    title: str | None
    why: str | None


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found = _FENCE.finditer(page.read_text(encoding="utf8"))
    return [Block(b["language"], textwrap.dedent(b["body"]), b["title"], b["why"]) for b in found]


def commands(page: Path) -> list[str]:
    """Every line of a page's blocks, fenced or indented, that calls `extractor`; continued lines in one."""
    text = page.read_text(encoding="utf8").replace("\\\n", " ")
    indented = re.findall(r"^(?: {4,}|)(?:\$ )?(extractor [a-z].*)$", text, re.M)
    return [line.split("  #")[0].split(" > ")[0].split(" | ")[0].strip() for line in indented]


def run_page(page: Path, folder: Path) -> None:
    """Run what a page shows, in `folder`. Raises AssertionError where something fails or prints something else."""
    known: dict[str, Any] = {"__name__": "docs"}
    printed = ""
    for block in blocks(page):
        if block.why:
            continue
        if block.title:
            (folder / block.title).parent.mkdir(parents=True, exist_ok=True)
            (folder / block.title).write_text(block.body, encoding="utf8")
        elif block.language == "sh":
            printed = _shell(block.body, folder)
        elif block.language == "python":
            printed = _python(block.body, folder, known)
        elif block.language == "text":
            differs = unlike(block.body, printed)
            assert not differs, f"{page.name} shows\n{differs}\nbut there is\n{printed}"


def unlike(shown: str, printed: str) -> str:
    """The first line of `shown` that is not printed in its turn; empty where all fits. Errors stand in any order."""
    rest = printed.splitlines()
    gap = False
    for line in shown.splitlines():
        if line.strip() == "…":
            gap = True
            continue
        like = re.compile(".*".join(map(re.escape, line.rstrip().split("…"))))
        at = [n for n, other in enumerate(rest) if like.fullmatch(other.rstrip())]
        if not at or (at[0] and not gap and not line.startswith("extractor: ")):
            return line
        rest = rest[: at[0]] + rest[at[0] + 1 :] if line.startswith("extractor: ") else rest[at[0] + 1 :]
        gap = False
    return "" if gap or not any(map(str.strip, rest)) else rest[0]


def _shell(script: str, folder: Path) -> str:
    """What the commands print: errors first, which come while they work, then what stands on the terminal."""
    ours, theirs = pty.openpty()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "TERM": "dumb", "COLUMNS": "200"}
    call = ["bash", "-c", script]
    nothing, pipe = subprocess.DEVNULL, subprocess.PIPE
    with subprocess.Popen(call, cwd=folder, env=environment, stdin=nothing, stdout=theirs, stderr=pipe) as process:
        os.close(theirs)
        told = io.BytesIO()
        with contextlib.suppress(OSError):  # the terminal's end
            while part := os.read(ours, 65536):
                told.write(part)
        assert process.stderr is not None
        errors = process.stderr.read().decode()
    os.close(ours)
    assert process.returncode in (0, 2), f"{script}\nended with {process.returncode}:\n{errors}"
    assert "Traceback" not in errors, errors
    return errors + told.getvalue().decode().replace("\r\n", "\n")


def _python(code: str, folder: Path, known: dict[str, Any]) -> str:
    told = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(told):
        exec(compile(code, "docs", "exec"), known)
    return told.getvalue()
