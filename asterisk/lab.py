"""
The lab PBX: a real Asterisk on this machine's loopback, beside whatever else runs here.

    python -m asterisk.lab up [--name NAME] [--pbx 22|16] [--bind ADDRESS] [--serve ADDRESS]
    python -m asterisk.lab down [--name NAME | --all]
    python -m asterisk.lab status | console [COMMAND] | build
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from ivr_ari.errors import IvrError
from ivr_ari.models import cache_folder

from . import chroot, process
from .coordinates import Lab
from .instance import command, down, labs, running, up

__all__ = ["Lab", "command", "down", "labs", "main", "running", "up"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; 0, or 1 after one line that says what is missing."""
    given = parser().parse_args(arguments)
    try:
        return int(given.act(given) or 0)
    except IvrError as exc:
        print(exc, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m asterisk.lab", description="The lab PBX.")
    acts = top.add_subparsers(required=True)

    act = acts.add_parser("up", help="bring a lab up (makes the image first if there is none)")
    version(act)
    act.add_argument("--bind", default="127.0.0.1", metavar="ADDRESS", help="where a softphone registers")
    act.add_argument("--serve", default="", metavar="ADDRESS", help="offer ARI by TLS there as well")
    act.add_argument("--name", default="lab")
    act.set_defaults(act=do_up)

    act = acts.add_parser("down", help="stop a lab and remove all of it but the image")
    act.add_argument("--all", action="store_true", help="every lab that is up")
    act.add_argument("--name", default="lab")
    act.set_defaults(act=do_down)

    act = acts.add_parser("status", help="show the labs that are up; 1 if none is")
    act.set_defaults(act=do_status)

    act = acts.add_parser("console", help="Asterisk's console, or the answer to one command")
    act.add_argument("--name", default="lab")
    act.add_argument("command", nargs="*")
    act.set_defaults(act=do_console)

    act = acts.add_parser("build", help="only make the image")
    version(act)
    act.set_defaults(act=lambda given: print(chroot.build(cache_folder(), given.pbx)))
    return top


def version(act: argparse.ArgumentParser) -> None:
    act.add_argument("--pbx", choices=sorted(chroot.SUITES), default="22", help="Asterisk's version")


def do_up(given: argparse.Namespace) -> None:
    show(up(given.name, given.pbx, given.bind, given.serve))


def do_down(given: argparse.Namespace) -> None:
    for lab in list(labs().values()) if given.all else [Lab.load(given.name)]:
        down(lab)
        print(f"{lab.name}: down")


def do_status(given: argparse.Namespace) -> int:
    living = labs()
    for lab in living.values():
        show(lab)
    if not living:
        print("no lab is up")
    return 0 if living else 1


def do_console(given: argparse.Namespace) -> None:
    lab = Lab.load(given.name)
    if given.command:
        print(command(lab, " ".join(given.command)), end="")
        return
    words = process.console(lab.pid)
    os.execvp(words[0], words)


def show(lab: Lab) -> None:
    """Print where a lab answers; its passwords stand in lab.json, readable by its owner."""
    print(f"{lab.name}: Asterisk {lab.version}, process {lab.pid}")
    print(f"  SIP  {lab.sip_host}:{lab.sip_port} (UDP), phones {' '.join(lab.phones)}")
    if lab.softphone_host != lab.sip_host:
        print(f"  SIP  {lab.softphone_host}:{lab.softphone_port} (UDP), for the softphone")
    print(f"  ARI  {lab.ari_url} {lab.ari_tls_url}".rstrip())
    print(f"  AMI  {lab.ami_host}:{lab.ami_port}")
    print(f"  all of it, with passwords: {lab.folder}/lab.json")


if __name__ == "__main__":
    sys.exit(main())
