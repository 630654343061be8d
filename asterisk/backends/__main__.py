"""
The demo's computers as a program:

    IVR_DEMO_TOKEN=TOKEN python -m asterisk.backends --port 0 --data FOLDER [--today 2026-07-15]

prints its URL and stays until SIGINT or SIGTERM. Every request needs ``Authorization: Bearer TOKEN``; neither
requests nor their contents are logged.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import sys
import tempfile
from datetime import date
from pathlib import Path

import uvicorn

from .app import create_app


def main() -> None:
    parser = argparse.ArgumentParser(prog="asterisk.backends", description="the demo's bank, clinic and shop")
    parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--data", type=Path, help="folder of the SQLite files (default: a temporary one)")
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 7, 15), help="the data's date")
    given = parser.parse_args()
    # Not an argument: everybody on the machine can read those.
    token = os.environ.get("IVR_DEMO_TOKEN", "")
    if not token:
        parser.error("IVR_DEMO_TOKEN is not set: what requests have to carry")

    # An answer cut on demand is a fault to uvicorn, which would say so on stderr.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    # uvicorn stops on a signal and then raises it once more: that must do nothing, so that we end in order.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    with tempfile.TemporaryDirectory(prefix="ivr-demo-") as temporary, socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", given.port))
        except OSError as exc:
            sys.exit(f"port {given.port}: {exc.strerror}; --port 0 takes a free one")
        listening.listen()
        app = create_app(given.data or Path(temporary), given.today, token)
        # What is slow on demand must not keep the program from ending.
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1
        )
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        uvicorn.Server(config).run([listening])


if __name__ == "__main__":
    main()
