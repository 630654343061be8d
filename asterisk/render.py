"""The instance's folder: templates filled in, the project's dialplan copied as an administrator would."""

from __future__ import annotations

import shutil
import string
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from .coordinates import Lab

__all__ = ["CALLER_IDS", "render"]

HERE = Path(__file__).parent
DIALPLANS = HERE.parent / "dialplans"

CALLER_IDS = {
    "caller": "Customer <2025550101>",
    "robot2": "Second customer <2025550102>",
    "agent": "Agent <700>",
    "softphone": "Softphone <2025550103>",
}
"""The lab's telephones: endpoint name to caller id (numbers reserved for fiction)."""

DATA = Path("/usr/share/asterisk")
"""What Asterisk's Debian package calls astdatadir, inside the image."""

FOLDERS = ("etc", "run", "log/cdr-csv", "var/agi-bin", "var/cache", "var/keys")
SPOOLS = ("spool/monitor", "spool/outgoing", "spool/recording", "spool/tmp")

DEFAULTS = ("acl", "ccss", "cel", "features", "pjproject", "stasis", "udptl", "websocket_client")
"""Asterisk's own defaults will do; a file that is missing would be an error in its log at each start."""


class Template(string.Template):
    """`@{name}` is ours; Asterisk's own `${...}` stays as it is."""

    delimiter = "@"


def render(lab: Lab, module_dir: str) -> None:
    """Write everything that Asterisk reads into the lab's folder. An existing configuration is replaced."""
    folder = Path(lab.folder)
    for name in (*FOLDERS, *SPOOLS):
        (folder / name).mkdir(mode=0o750, parents=True, exist_ok=True)
    for source in (*DIALPLANS.glob("*.conf"), *(HERE / "samples").glob("ivr-*.conf")):
        shutil.copy(source, folder / "etc" / source.name)
    # Ringing and busy tones, as the distribution has them.
    shutil.copy(Path(lab.image, "etc/asterisk/indications.conf"), folder / "etc")
    for name in DEFAULTS:
        write(folder / "etc" / f"{name}.conf", "; defaults\n")
    link_data(Path(lab.image), folder / "data")
    values = values_of(lab, module_dir)
    for template in (HERE / "templates").glob("*.conf"):
        if template.name != "phone.conf":
            write(folder / "etc" / template.name, fill(template, values))


def link_data(image: Path, data: Path) -> None:
    """Make *data* the image's data folder by links, with a folder of sounds that can be added to."""
    inside = DATA.relative_to("/")
    for entry in (image / inside).iterdir():
        link(DATA / entry.name, data / entry.name)
    sounds = data / "sounds"
    sounds.unlink()
    # The sounds of one voice lie in a folder of their own, to which "en" leads; here "en" is a folder.
    for voice in (image / inside / "sounds").glob("*_f_*"):
        for entry in voice.iterdir():
            link(DATA / "sounds" / voice.name / entry.name, sounds / voice.name[:2] / entry.name)


def link(target: Path, path: Path) -> None:
    """Make *path* a link; *target* is where it leads inside the image."""
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def values_of(lab: Lab, module_dir: str) -> dict[str, object]:
    return {
        "name": lab.name,
        "module_dir": module_dir,
        "http_address": urlsplit(lab.ari_url).hostname,
        "http_port": urlsplit(lab.ari_url).port,
        "tls_lines": tls_lines(lab.ari_tls_url),
        "ari_user": lab.ari_user,
        "ari_password": lab.ari_password,
        "ami_user": lab.ami_user,
        "ami_password": lab.ami_password,
        "ami_port": lab.ami_port,
        "agi_port": lab.agi_port,
        "rtp_first": lab.rtp_first,
        "rtp_last": lab.rtp_last,
        "sip_port": lab.sip_port,
        "softphone_transport": softphone_transport(lab),
        "phones": "".join(phone(lab, name) for name in lab.phones),
    }


def tls_lines(url: str) -> str:
    """Return http.conf's TLS settings for the address in *url*, nothing without one."""
    if not url:
        return ""
    keys = "/lab/var/keys"
    lines = ["tlsenable = yes", f"tlsbindaddr = {urlsplit(url).netloc}"]
    lines += [f"tlscertfile = {keys}/lab.crt", f"tlsprivatekey = {keys}/lab.key"]
    return "\n".join(lines)


def softphone_transport(lab: Lab) -> str:
    if own_transport(lab):
        where = f"{lab.softphone_host}:{lab.softphone_port}"
        return f"\n[softphone-udp]\ntype = transport\nprotocol = udp\nbind = {where}\n"
    return ""


def own_transport(lab: Lab) -> bool:
    """Whether a person's telephone registers somewhere else than the robots do."""
    return (lab.softphone_host, lab.softphone_port) != (lab.sip_host, lab.sip_port)


def phone(lab: Lab, name: str) -> str:
    elsewhere = name == "softphone" and own_transport(lab)
    values: Mapping[str, object] = {
        "name": name,
        "password": lab.phones[name],
        "callerid": CALLER_IDS[name],
        "transport": "softphone-udp" if elsewhere else "lab-udp",
        "address": lab.softphone_host if elsewhere else lab.sip_host,
    }
    return fill(HERE / "templates" / "phone.conf", values)


def fill(template: Path, values: Mapping[str, object]) -> str:
    return Template(template.read_text()).substitute(values)


def write(path: Path, text: str) -> None:
    """Write a file that may hold a password."""
    path.touch(mode=0o600)
    path.write_text(text)
