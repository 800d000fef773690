"""The pages in headless Chromium: a server, a browser, and what a browser complains of."""

from __future__ import annotations

import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from extractor.web.app import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(sys.prefix) / "share" / "axe" / "axe.min.js"
"""Put there by scripts/get_axe."""
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium: sudo apt-get install chromium")


@contextmanager
def served(out: Path, **options: Any) -> Iterator[str]:
    """The pages of `out`, served by a thread of this process; yields their address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(out, **options), log_level="warning", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)


@contextmanager
def browsing(**options: Any) -> Iterator[Any]:
    """A browser of Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def page_of(browser: Any, **options: Any) -> Iterator[Any]:
    """A new page. Fails at the end where the browser complained: of a defect in a script, a refused inline style or
    script, something that is not there, or a request to another host."""
    context = browser.new_context(**({"viewport": {"width": 1366, "height": 768}} | options))
    page = context.new_page()
    page.set_default_timeout(20_000)
    complaints: list[str] = []
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: "//127.0.0.1:" in asked.url or complaints.append(f"asked for {asked.url}"))
    try:
        yield page
        assert complaints == []
    finally:
        context.close()


def serious(page: Any) -> list[str]:
    """The serious and critical issues that axe finds on the page. Skips where axe is not installed."""
    if not AXE.exists():
        pytest.skip("axe is not there: scripts/get_axe .venv (needs npm)")
    page.evaluate(AXE.read_text(encoding="utf8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{issue['id']}: {issue['help']}: {node['html'][:200]}"
        for issue in found["violations"] if issue["impact"] in ("serious", "critical") for node in issue["nodes"]
    ]  # fmt: skip
