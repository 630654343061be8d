"""
Asterisk as a process: in a mount namespace of its own, so that nothing stays mounted whatever happens.

The image is mounted read-only there and the instance's folder appears in it as `/lab`. When the last
process in the namespace ends, even by SIGKILL, the kernel takes the mounts away.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from pathlib import Path

from ivr_ari.errors import SetupError

__all__ = ["alive", "birth", "console", "start", "stop"]

# Each command replaces the one before it, so the pid stays the same from unshare to Asterisk.
ENTER = """
set -e
mount --bind {image} {image}
mount -o remount,bind,ro {image}
mount --bind {folder} {image}/lab
mount -t tmpfs -o size=64m tmpfs {image}/tmp
mount -t proc proc {image}/proc
mount --rbind /dev {image}/dev
exec chroot {image} /usr/sbin/asterisk -f -C /lab/etc/asterisk.conf
"""

POLL_S = 0.02
TERM_S = 5.0
KILL_S = 5.0


def start(image: Path, folder: Path, tied: bool = False) -> int:
    """
    Start Asterisk from *image* with the configuration in *folder*; return its pid.

    The kernel ends a *tied* one when the calling process ends, however that happens.
    """
    leash = ["setpriv", "--pdeathsig", "KILL", "--"] if tied else []
    script = ENTER.format(image=shlex.quote(str(image)), folder=shlex.quote(str(folder)))
    with (folder / "log" / "console").open("ab") as output:
        process = subprocess.Popen(
            [*leash, "unshare", "--mount", "--propagation", "private", "--", "sh", "-c", script],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # Ctrl-C at the terminal of the one who started the lab is not meant for Asterisk.
            start_new_session=True,
            env={
                "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
                "LANG": "C.UTF-8",
                "TZ": os.environ.get("TZ", "UTC"),
            },
        )
    return process.pid


def birth(pid: int) -> int:
    """Return when process *pid* started, in clock ticks since boot; 0 if there is no such process."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    # proc(5): field 22; the name in field 2 may hold anything, even parentheses.
    state, *fields = stat[stat.rindex(")") + 2 :].split()
    return 0 if state == "Z" else int(fields[18])


def alive(pid: int, born: int) -> bool:
    """Whether the process we started still runs; another one with a reused pid does not count."""
    return bool(pid) and birth(pid) == born != 0


def stop(pid: int, born: int) -> None:
    """End Asterisk and all it started, and wait until they are gone. SetupError if they stay."""
    for number, patience in ((signal.SIGTERM, TERM_S), (signal.SIGKILL, KILL_S)):
        if not alive(pid, born):
            break
        os.killpg(pid, number)
        give_up = time.monotonic() + patience
        while alive(pid, born) and time.monotonic() < give_up:
            reap(pid)
            time.sleep(POLL_S)
    reap(pid)
    if alive(pid, born):
        raise SetupError("lab.immortal", pid=pid, hint="Asterisk did not end; look at its log")


def reap(pid: int) -> None:
    """Collect the exit status if we are the parent, so that no zombie stays."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def console(pid: int, command: str | None = None) -> list[str]:
    """Return the command line that runs a CLI *command* in the lab with that *pid*, or opens its console."""
    words = ["nsenter", f"--target={pid}", "--mount", f"--root=/proc/{pid}/root", "--wdns=/", "--"]
    words += ["/usr/sbin/asterisk", "-C", "/lab/etc/asterisk.conf"]
    return [*words, "-rx", command] if command is not None else [*words, "-rvvv"]
