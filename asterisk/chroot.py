"""
The image: a Debian folder with Asterisk in it, made once into the cache and shared by all labs.

Debian's current testing suite carries Asterisk 22, Debian 11 carries 16; Debian 12 has none.
"""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ivr_ari.errors import SetupError

__all__ = ["SUITES", "UNABLE", "build", "locked", "module_folder", "say"]

SUITES = {"22": ("forky", "sid"), "16": ("bullseye", "bullseye")}
"""Asterisk's major version to (Debian suite, debootstrap script; older debootstraps know no forky)."""

UNABLE = frozenset({"lab.not-root", "lab.not-debian", "lab.no-mounts"})
"""What `require_root` says of a machine that can have no lab at all; every other error is a failure."""

PACKAGES = "asterisk,asterisk-core-sounds-en-wav"
SCRIPTS = Path("/usr/share/debootstrap/scripts")
PROGRESS_S = 10


def say(text: str) -> None:
    """Show progress, on stderr."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on a file; the kernel frees it if we are killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build(cache: Path, pbx: str = "22") -> Path:
    """
    Return the image of Asterisk *pbx* ("22" or "16"), making it if there is none (about a minute).

    It is made aside and renamed, so there is never half an image; other processes wait. SetupError.
    """
    if pbx not in SUITES:
        raise SetupError("lab.version", pbx=pbx, hint=f"the lab knows {' and '.join(SUITES)}")
    image = cache / f"pbx-{pbx}"
    if image.is_dir():
        return image
    require_root()
    with locked(cache / f"pbx-{pbx}.lock"):
        if image.is_dir():
            return image
        aside = cache / f"pbx-{pbx}.new"
        shutil.rmtree(aside, ignore_errors=True)
        debootstrap(aside, pbx, cache / f"pbx-{pbx}.log")
        for mount_point in ("lab", "proc", "dev", "tmp"):
            (aside / mount_point).mkdir(exist_ok=True)
        # Downloaded packages are not needed again; they are a fifth of the image.
        shutil.rmtree(aside / "var/cache/apt/archives", ignore_errors=True)
        aside.rename(image)
    return image


def require_root() -> None:
    """SetupError unless this machine can make and run an image."""
    if os.geteuid() != 0:
        raise SetupError(
            "lab.not-root",
            hint="the lab PBX needs root (chroot, mounts); or name a PBX you have: IVR_PBX=...",
        )
    if shutil.which("apt-get") is None or platform.freedesktop_os_release().get("ID") != "debian":
        raise SetupError(
            "lab.not-debian", hint="the lab PBX is made on Debian; or name a PBX you have: IVR_PBX=..."
        )
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode:
        raise SetupError("lab.no-mounts", hint="root may not mount here; or name a PBX you have: IVR_PBX=...")


def debootstrap(target: Path, pbx: str, log: Path) -> None:
    if shutil.which("debootstrap") is None:
        say("installing debootstrap (apt)")
        apt = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "debootstrap"]
        environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        if subprocess.run(apt, capture_output=True, env=environ).returncode:
            subprocess.run(["apt-get", "-qq", "update"], capture_output=True)
            if (done := subprocess.run(apt, capture_output=True, text=True, env=environ)).returncode:
                raise SetupError("lab.no-debootstrap", hint=last_line(done.stderr))
    suite, script = SUITES[pbx]
    say(f"making the PBX image: Asterisk {pbx} from Debian {suite}, about 540 MB and a minute")
    command = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", suite, str(target), mirror()]
    with log.open("w") as file:
        process = subprocess.Popen([*command, str(SCRIPTS / script)], stdout=file, stderr=subprocess.STDOUT)
        try:
            while process.poll() is None:
                with_progress(process, log)
        finally:
            if process.poll() is None:
                process.kill()
    if process.returncode:
        raise SetupError("lab.debootstrap-failed", log=str(log), hint=last_line(log.read_text()))


def with_progress(process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait a while for the process; if it still runs then, show the last line of its log."""
    try:
        process.wait(PROGRESS_S)
    except subprocess.TimeoutExpired:
        say(f"  {last_line(log.read_text())}")


def mirror() -> str:
    """
    Return this machine's own Debian mirror, as apt understands it, or `IVR_DEBIAN_MIRROR`.

    The sources files themselves hold comments and other vendors' repositories, so apt is asked.
    """
    if named := os.environ.get("IVR_DEBIAN_MIRROR"):
        return named
    codename = platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    told = subprocess.run(
        [
            "apt-get",
            "indextargets",
            "--format",
            "$(REPO_URI)",
            "Created-By: Packages",
            f"Codename: {codename}",
        ],
        capture_output=True,
        text=True,
    )
    for uri in told.stdout.split():
        if uri.startswith(("http://", "https://")) and "security" not in uri:
            return uri
    raise SetupError(
        "lab.no-mirror", hint="apt names no Debian mirror; name one: IVR_DEBIAN_MIRROR=http://..."
    )


def module_folder(image: Path) -> str:
    """Return where the image's Asterisk keeps its modules, as seen inside the image."""
    for line in (image / "etc/asterisk/asterisk.conf").read_text().splitlines():
        key, _, value = line.partition("=>")
        if key.strip() == "astmoddir":
            return value.strip()
    raise SetupError("lab.bad-image", image=str(image), hint="remove that folder; it is made again")


def last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1][:200] if lines else "no output"
