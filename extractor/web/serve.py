"""`extractor serve`: the application behind uvicorn, and the address to open."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from extractor.errors import MissingProgram, UsageError

PORT = 8765


class NeedsWeb(MissingProgram):
    """A library that only the pages need is not installed."""

    remedy = "pip install 'extractor[web]'"


def serve(
    out: Path, *, host: str = "127.0.0.1", port: int = PORT, token: str | None = None, watch: Sequence[Path] = ()
) -> int:
    """Serve the folder `out` until Ctrl-C; returns 0. A host that is not this machine alone gets a token, made and
    printed where none is given. `watch`: folders whose files are read as they come.

    Raises NeedsWeb, UsageError where the address cannot be served, StoreDamaged and its kin.
    """
    try:
        import uvicorn

        from extractor.web.app import create_app
        from extractor.web.security import is_loopback
    except ImportError as error:
        raise NeedsWeb(f"{error.name} is not installed") from error
    if not is_loopback(host):
        token = token or secrets.token_urlsafe(24)
    for folder in watch:
        if not folder.is_dir():
            raise UsageError("--watch names no folder", path=folder)
    app = create_app(out, token=token, host=host, watch=watch)
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False, server_header=False,
                            date_header=False)  # fmt: skip
    try:
        socket = config.bind_socket()
    except SystemExit as error:  # uvicorn has said why on stderr
        raise UsageError(f"{host}:{port} cannot be served; choose another --port") from error
    socket.listen()  # before the address is told: who opens it at once waits, and is not refused
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{socket.getsockname()[1]}/" + (f"?token={token}" if token else "")
    print(f"{out}: {address}  (Ctrl-C ends it)", file=sys.stderr, flush=True)
    uvicorn.Server(config).run(sockets=[socket])
    return 0
