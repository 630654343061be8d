"""One lab PBX from up to down."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ivr_ari.errors import PbxUnavailable, SetupError
from ivr_ari.models import cache_folder

from . import chroot, ports, process, ready, render, tls
from .coordinates import Lab, labs_folder

__all__ = ["command", "down", "labs", "running", "up"]

STARTS_S = 30.0
"""Two seconds on an idle machine; a loaded one gets its time."""

SOFTPHONE_PORT = 5060
LOOPBACK = "127.0.0.1"


def up(name: str = "lab", pbx: str = "22", bind: str = LOOPBACK, serve: str = "", tied: bool = False) -> Lab:
    """
    Bring a lab up and wait until ARI and SIP answer. If it is up already, that one is returned.

    *bind* is the address where a person's softphone registers; *serve* is the address where ARI is
    additionally offered by TLS, for a service on another host; a *tied* lab ends with the calling process.
    SetupError says in one line what this machine lacks.
    """
    if not name.replace("-", "").replace("_", "").isalnum():
        raise SetupError("lab.name", name=name, hint="letters, digits, - and _")
    chroot.require_root()
    image = chroot.build(cache_folder(), pbx)
    with chroot.locked(labs_folder() / ".lock"):
        living = labs()
        if name in living:
            lab = living[name]
        else:
            sweep(living)
            slot = ports.allot(ports.slot_of(lab.sip_port) for lab in living.values())
            lab = launch(plan(name, pbx, image, bind, serve, slot), tied)
    # Without a version it has not answered yet: another process may have just started it.
    return lab if lab.version else answered(lab)


def plan(name: str, pbx: str, image: Path, bind: str, serve: str, slot: ports.Ports) -> Lab:
    """Return the coordinates of a lab that is about to be started, with fresh passwords."""
    folder = labs_folder() / name
    softphone = slot.sip
    if bind != LOOPBACK:
        free = ports.can_bind(SOFTPHONE_PORT, socket.SOCK_DGRAM, bind)
        softphone = SOFTPHONE_PORT if free else slot.softphone
    return Lab(
        name=name,
        pbx=pbx,
        folder=str(folder),
        image=str(image),
        sip_port=slot.sip,
        ari_url=f"http://{LOOPBACK}:{slot.http}/ari",
        ari_tls_url=f"https://{serve}:{slot.https}/ari" if serve else "",
        ari_tls_cert=str(folder / "var" / "keys" / "lab.crt") if serve else "",
        ari_password=secrets.token_urlsafe(18),
        ami_port=slot.ami,
        ami_password=secrets.token_urlsafe(18),
        rtp_first=slot.rtp[0],
        rtp_last=slot.rtp[1],
        media_first=slot.media[0],
        media_last=slot.media[1],
        agi_port=slot.agi,
        web_port=slot.web,
        phones={phone: secrets.token_urlsafe(12) for phone in render.CALLER_IDS},
        softphone_host=bind,
        softphone_port=softphone,
    )


def launch(lab: Lab, tied: bool) -> Lab:
    folder = Path(lab.folder)
    folder.mkdir(mode=0o700, parents=True)
    render.render(lab, chroot.module_folder(Path(lab.image)))
    if lab.ari_tls_url:
        tls.certificate(folder / "var" / "keys", lab.ari_tls_url)
    pid = process.start(Path(lab.image), folder, tied)
    lab = replace(lab, pid=pid, born=process.birth(pid))
    lab.save()
    return lab


def answered(lab: Lab) -> Lab:
    """Wait until the PBX answers and note its version; if it never does, leave no process behind."""
    if not ready.wait_until(
        lambda: ari_answers(lab) and ready.sip_answers(lab.sip_host, lab.sip_port),
        STARTS_S,
        still=lambda: process.alive(lab.pid, lab.born),
    ):
        process.stop(lab.pid, lab.born)
        hint = chroot.last_line(Path(lab.folder, "log", "console").read_text(errors="replace"))
        raise SetupError("lab.no-answer", log=f"{lab.folder}/log", hint=hint)
    version = str(ready.ari(lab, "/asterisk/info?only=system")["system"]["version"])
    lab = replace(lab, version=version.partition("+")[0].partition("~")[0])
    lab.save()
    return lab


def ari_answers(lab: Lab) -> bool:
    try:
        return bool(ready.ari(lab, "/asterisk/info?only=system", deadline_s=1.0))
    except PbxUnavailable:
        return False


def labs() -> dict[str, Lab]:
    """Return the labs whose Asterisk runs, by name."""
    found = {}
    for path in sorted(labs_folder().glob("*/lab.json")):
        lab = Lab.read(path)
        if process.alive(lab.pid, lab.born):
            found[lab.name] = lab
    return found


def sweep(living: dict[str, Lab]) -> None:
    """Remove the folders of labs that died; held under the labs' lock, so none is being started."""
    for folder in labs_folder().iterdir():
        if folder.is_dir() and folder.name not in living:
            shutil.rmtree(folder)


def down(lab: Lab) -> None:
    """Stop a lab and remove its folder: no process, mount or file of it stays. Harmless to repeat."""
    if lab.external:
        raise SetupError("lab.external", hint="that Asterisk is not ours to stop")
    process.stop(lab.pid, lab.born)
    with chroot.locked(labs_folder() / ".lock"):
        current = labs_folder() / lab.name
        # The name may have been taken by a newer lab in the meantime.
        if lab.name not in labs():
            shutil.rmtree(current, ignore_errors=True)


@contextmanager
def running(
    name: str = "lab", pbx: str = "22", bind: str = LOOPBACK, serve: str = "", tied: bool = True
) -> Iterator[Lab]:
    """Have a lab for the duration of a block."""
    lab = up(name, pbx, bind, serve, tied)
    try:
        yield lab
    finally:
        down(lab)


def command(lab: Lab, text: str) -> str:
    """Run one command on the lab's Asterisk console and return what it prints. SetupError if it can't."""
    if not process.alive(lab.pid, lab.born):
        raise SetupError("lab.not-running", name=lab.name, hint="python -m asterisk.lab up")
    done = subprocess.run(
        process.console(lab.pid, text), capture_output=True, text=True, env=dict(os.environ)
    )
    if done.returncode:
        raise SetupError("lab.console", name=lab.name, hint=chroot.last_line(done.stdout + done.stderr))
    return done.stdout
