"""A certificate of the lab's own, so that ARI over TLS can be tried with verification switched on."""

from __future__ import annotations

import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from ivr_ari.errors import SetupError

__all__ = ["certificate"]

DAYS = 30


def certificate(folder: Path, url: str) -> Path:
    """Write `lab.crt` and `lab.key` for the IP address in *url*; return the former. SetupError."""
    address = urlsplit(url).hostname or ""
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ]
    command += ["-days", str(DAYS), "-subj", f"/CN={address}", "-addext", f"subjectAltName=IP:{address}"]
    command += ["-keyout", str(folder / "lab.key"), "-out", str(folder / "lab.crt")]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        raise SetupError("lab.no-openssl", hint="apt-get install openssl, or leave --serve out") from None
    if done.returncode:
        raise SetupError("lab.certificate", address=address, hint=done.stderr.strip()[-200:])
    (folder / "lab.key").chmod(0o600)
    return folder / "lab.crt"
