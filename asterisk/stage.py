"""
Everything a call needs, brought up together: lab PBX, Redis, the demo's backends, the service.

The demo and the tests on the PBX use the same stage. What is started here ends with the process that
started it, whatever way that ends.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from ivr_ari.errors import SetupError
from ivr_ari.models import cache_folder

from .coordinates import Lab
from .redis import EmbeddedRedis

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models" / "vosk-lab-en"
TODAY = "2026-07-15"
"""The demo's date: "last month" is June 2026."""

BACKENDS = ("bank", "clinic", "retail")
"""The services of `asterisk.backends`, as flows call them."""

TARGETS = (
    *("billing", "agent", "support"),
    *("front-desk", "nurse-line", "on-call", "order-desk", "return-desk", "spanish-desk", "reception"),
)
"""Whom the flows that ship hand calls to: the lab's ``[ivr-targets]``."""

READY_S = 180.0
"""Without a sign of progress: the first start of all renders every prompt, which takes minutes."""

STOP_S = 30.0

Progress = Callable[[str], None]


def news(line: str) -> str:
    """Return what a line of the service's log says, for a person."""
    try:
        said = json.loads(line)
    except ValueError:
        return line[:100]
    share = [f"{said['count']} %"] if "count" in said else []
    return " ".join([said.get("worker", ""), said.get("why") or said.get("event", ""), *share]).strip()


def leashed(*command: str) -> list[str]:
    """Return the command that ends when the thread that starts it does (prctl(2), PR_SET_PDEATHSIG)."""
    return ["setpriv", "--pdeathsig", "TERM", "--", *command]


class Stage:
    """A running stage. The service can be stopped, killed and started again while the rest stays."""

    def __init__(self, lab: Lab, redis: EmbeddedRedis, backends_url: str, token: str, folder: Path) -> None:
        self.lab, self.redis, self.folder = lab, redis, folder
        self.log = folder / "service.log"
        self.service: subprocess.Popen[bytes] | None = None
        self._backends_url, self._token = backends_url, token

    @property
    def health_url(self) -> str:
        return f"http://127.0.0.1:{self.lab.web_port}"

    def settings(self) -> dict[str, Any]:
        """The service's configuration file, without the secrets that the environment carries."""
        return {
            "lab": True,
            "cache": str(cache_folder()),
            "ari": {"url": self.lab.ari_url, "user": self.lab.ari_user, "app": self.lab.app},
            "rtp": {
                "bind": "127.0.0.1",
                "first_port": self.lab.media_first,
                "last_port": self.lab.media_last,
            },
            "speech": {"model": str(MODEL), "allow_lab_model": True},
            "flows": {
                "folder": str(ROOT / "flows"),
                "default": "bank",
                "targets": list(TARGETS),
                "queues": ["billing", "clinic-desk"],
            },
            "http": {"port": self.lab.web_port},
            "dialogue": {"today": TODAY},
            "backends": {name: {"url": f"{self._backends_url}/{name}"} for name in BACKENDS},
            "logs": {"format": "json"},
        }

    def start(self, progress: Progress = lambda line: None, **changes: Mapping[str, Any]) -> None:
        """Start the service and wait until it is ready; see `launch`."""
        self.launch(**changes)
        self.wait_ready(progress)

    def launch(self, **changes: Mapping[str, Any]) -> None:
        """Start the service; *changes* go into the settings by section. It ends with the calling thread."""
        settings = self.settings()
        for section, values in changes.items():
            settings[section] = {**settings.get(section, {}), **values}
        config = self.folder / "ivr-ari.yaml"
        config.write_text(yaml.safe_dump(settings))
        environment = {
            **os.environ,
            "IVR_ARI_PASSWORD": self.lab.ari_password,
            "IVR_REDIS_URL": self.redis.url,
            **{f"IVR_BACKENDS__{name.upper()}__TOKEN": self._token for name in BACKENDS},
        }
        with self.log.open("ab") as log:
            self.service = subprocess.Popen(
                leashed(sys.executable, "-m", "ivr_ari", "run", "--config", str(config)),
                stdout=log,
                stderr=log,
                env=environment,
                cwd=ROOT,
                start_new_session=True,
            )

    def wait_ready(self, progress: Progress = lambda line: None) -> None:
        """SetupError with the log's last line if the service ends, or is not ready in time."""
        line, heard = "", time.monotonic()
        told = time.monotonic()
        while time.monotonic() < heard + READY_S:
            if line != (line := self._last_line()):
                heard = time.monotonic()
            if self.service is None or self.service.poll() is not None:
                raise SetupError("stage.service", log=str(self.log), hint=self._last_line())
            if self.health()[0]:
                return
            if time.monotonic() - told > 2:
                told = time.monotonic()
                progress(f"the service is starting: {news(line)}")
            time.sleep(0.1)
        raise SetupError("stage.not-ready", log=str(self.log), hint=self._last_line())

    def health(self) -> tuple[bool, dict[str, Any]]:
        """Return whether the service is ready, and what it says of itself."""
        try:
            with urllib.request.urlopen(f"{self.health_url}/ready", timeout=2) as answer:
                return True, json.load(answer)
        except urllib.error.HTTPError as error:
            return False, json.load(error)
        except OSError:
            return False, {}

    def drain(self) -> None:
        """Tell the service to take no more calls; it ends when the last one has."""
        if self.service:
            self.service.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """Drain and wait for the end; kill what does not end by itself."""
        if self.service and self.service.poll() is None:
            self.drain()
            try:
                self.service.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self.kill()
        self.service = None

    def kill(self) -> None:
        """``kill -9``, as a crash would."""
        if self.service:
            self.service.kill()
            self.service.wait()
            self.service = None

    def _last_line(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return lines[-1] if lines else "no line in the log"


@contextmanager
def backends(folder: Path, token: str) -> Iterator[str]:
    """Run the demo's bank, clinic and shop; yield their address."""
    process = subprocess.Popen(
        leashed(
            *(sys.executable, "-m", "asterisk.backends"),
            *("--data", str(folder), "--today", TODAY),
        ),
        env={**os.environ, "IVR_DEMO_TOKEN": token},
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        assert process.stdout
        url = process.stdout.readline().strip()
        if not url:
            raise SetupError("stage.backends", hint="the demo's backends did not start")
        yield url
    finally:
        process.terminate()
        process.wait()


@contextmanager
def staged(lab: Lab) -> Iterator[Stage]:
    """Put Redis and the backends beside *lab*; the service is not started yet."""
    token = secrets.token_urlsafe(18)
    with (
        tempfile.TemporaryDirectory(prefix="ivr-stage-") as name,
        EmbeddedRedis() as redis,
        backends(Path(name), token) as url,
    ):
        stage = Stage(lab, redis, url, token, Path(name))
        try:
            yield stage
        finally:
            stage.stop()
