"""The command `extractor serve`: the address that it prints, tokens, ports that are taken, its end."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from extractor.cli import main

SERVE = "import sys; from extractor.cli import main; sys.exit(main(sys.argv[1:]))"


def test_another_host_gets_a_token_and_a_taken_port_is_named(tmp_path: Path) -> None:
    arguments = ["serve", str(tmp_path / "out"), "--host", "0.0.0.0", "--port", "0"]
    process = subprocess.Popen([sys.executable, "-c", SERVE, *arguments], stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        found = re.search(r":(\d+)/\?token=(\S+)", process.stderr.readline())
        assert found
        port, token = found.groups()
        assert len(token) >= 32
        assert opened(f"http://127.0.0.1:{port}/?token={token}") == 200
        assert opened(f"http://127.0.0.1:{port}/?token=wrong") == 401
        assert opened(f"http://127.0.0.1:{port}/") == 401
        assert main(["serve", str(tmp_path / "out"), "--host", "127.0.0.1", "--port", port]) == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(20) in (0, 130)
    finally:
        process.kill()
        process.communicate()


def opened(address: str) -> int:
    """The status of a page, cookies kept."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor)
    try:
        with opener.open(address, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_wrong_call_is_named(tmp_path: Path) -> None:
    assert main(["serve", str(tmp_path), "--watch", str(tmp_path / "nothing")]) == 1
    (tmp_path / "file").write_text("x", encoding="utf8")
    assert main(["serve", str(tmp_path / "file")]) == 1
    (tmp_path / "old" / "reports").mkdir(parents=True)
    (tmp_path / "old" / "reports" / "x.json").write_text("{}", encoding="utf8")
    assert main(["serve", str(tmp_path / "old")]) == 1
