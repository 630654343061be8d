"""Where a PBX can be reached, and with which passwords: what `lab.json` holds."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from ivr_ari.errors import SetupError
from ivr_ari.models import cache_folder

__all__ = ["Lab", "labs_folder"]

FILE = "lab.json"


def labs_folder() -> Path:
    """Return the folder with one folder for each lab that is up."""
    return cache_folder() / "labs"


@dataclass(frozen=True, slots=True)
class Lab:
    """
    One PBX: a lab of ours, or (`external`) an Asterisk the user already has.

    An external one is never configured, reloaded or stopped; only ids with our prefix are touched.
    """

    name: str
    pbx: str = "external"
    """"22" or "16" for a lab, "external" otherwise."""

    version: str = ""
    """As Asterisk says it, for instance "22.10.1"."""

    pid: int = 0
    """Process id of Asterisk on this machine; 0 if it is not ours."""

    born: int = 0
    """Start of that process in clock ticks since boot (`/proc/PID/stat`): tells a reused pid."""

    folder: str = ""
    """The instance's own folder: etc, var, run, spool, log, lab.json."""

    image: str = ""
    """The chroot that this instance runs from; shared and never written to."""

    sip_host: str = "127.0.0.1"
    sip_port: int = 5060
    ari_url: str = "http://127.0.0.1:8088/ari"
    """Without a slash at the end."""

    ari_tls_url: str = ""
    ari_tls_cert: str = ""
    """PEM file of the lab's own certificate; empty without TLS."""

    ari_user: str = "ivr"
    ari_password: str = field(default="", repr=False)
    app: str = "ivr"
    """Application name that the dialplan uses if `IVR_APPS` is not set."""

    ami_host: str = "127.0.0.1"
    ami_port: int = 0
    """0: no AMI known."""

    ami_user: str = "ivr"
    ami_password: str = field(default="", repr=False)
    rtp_first: int = 0
    rtp_last: int = 0
    """The PBX's own RTP ports, both ends included."""

    media_first: int = 0
    media_last: int = 0
    """RTP ports set aside for the service of this lab, both ends included."""

    agi_port: int = 0
    """Set aside for the service's FastAGI server."""

    web_port: int = 0
    """Set aside for the service's health and readiness."""

    phones: Mapping[str, str] = field(default_factory=dict, repr=False)
    """SIP user (and endpoint) name to password."""

    softphone_host: str = "127.0.0.1"
    softphone_port: int = 5060
    """Where a person's telephone registers."""

    @property
    def external(self) -> bool:
        return self.pbx == "external"

    @property
    def cdr_csv(self) -> Path:
        return Path(self.folder, "log", "cdr-csv", "Master.csv")

    @property
    def messages(self) -> Path:
        """The PBX's own log, with every dialplan step."""
        return Path(self.folder, "log", "messages")

    @property
    def sounds(self) -> Path:
        """Asterisk's sounds folder; what lies in it beside links is the lab's own."""
        return Path(self.folder, "data", "sounds")

    def save(self) -> Path:
        """Write `lab.json`, readable by its owner only: it holds the passwords."""
        path = Path(self.folder, FILE)
        aside = path.with_suffix(".new")
        aside.touch(mode=0o600)
        aside.write_text(json.dumps(dataclasses.asdict(self), indent=2) + "\n")
        aside.replace(path)
        return path

    @classmethod
    def load(cls, name: str = "lab") -> Self:
        """Read a lab by its name. SetupError `lab.unknown` if there is none."""
        return cls.read(labs_folder() / name / FILE)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read coordinates from a JSON file; unknown keys are refused. SetupError."""
        try:
            values: Any = json.loads(path.read_text())
        except FileNotFoundError:
            raise SetupError(
                "lab.unknown", path=str(path), hint="bring one up: python -m asterisk.lab up"
            ) from None
        except (OSError, ValueError) as exc:
            raise SetupError("lab.unreadable", path=str(path), hint=str(exc)) from exc
        known = {entry.name for entry in dataclasses.fields(cls)}
        if not isinstance(values, dict) or (unknown := sorted(values.keys() - known)):
            hint = f"unknown keys: {', '.join(unknown)}" if isinstance(values, dict) else "expected an object"
            raise SetupError("lab.unreadable", path=str(path), hint=hint)
        return cls(**{"name": path.stem, **values})

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self | None:
        """
        Return the PBX that `IVR_PBX` names, or None if it is not set.

        `IVR_PBX` is the path of a JSON file with the fields of this class (those that differ from the
        defaults), or an ARI address with user and password: `http://ivr:secret@pbx.example:8088/ari`.
        """
        named = environ.get("IVR_PBX", "")
        if not named:
            return None
        if not named.startswith(("http://", "https://")):
            return cls.read(Path(named))
        parts = urlsplit(named)
        if not parts.username or not parts.password or not parts.hostname:
            raise SetupError("lab.pbx-address", hint="IVR_PBX=http://USER:PASSWORD@HOST:8088/ari")
        port = f":{parts.port}" if parts.port else ""
        path = parts.path.rstrip("/") or "/ari"
        return cls(
            name="external",
            sip_host=parts.hostname,
            ari_url=f"{parts.scheme}://{parts.hostname}{port}{path}",
            ari_user=parts.username,
            ari_password=parts.password,
        )
