"""Asks a PBX whether it answers: ARI over HTTP, SIP by OPTIONS (RFC 3261, section 11)."""

from __future__ import annotations

import base64
import json
import secrets
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from ivr_ari.errors import PbxUnavailable

from .coordinates import Lab

__all__ = ["ari", "sip_answers", "wait_until"]

POLL_S = 0.05


def ari(lab: Lab, path: str, method: str = "GET", deadline_s: float = 5.0, body: object = None) -> Any:
    """
    Ask ARI and return its JSON (None if there is none). *path* begins with a slash.

    PbxUnavailable: `ari.unreachable`, or `ari.refused` with its status.
    """
    request = urllib.request.Request(lab.ari_url + path, method=method)
    login = base64.b64encode(f"{lab.ari_user}:{lab.ari_password}".encode()).decode()
    request.add_header("Authorization", f"Basic {login}")
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    # Never through a proxy that the environment names: the PBX is ours.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=deadline_s) as answer:
            text = answer.read()
    except urllib.error.HTTPError as exc:
        exc.close()
        raise PbxUnavailable("ari.refused", asked=path, status=exc.code) from exc
    except (OSError, ValueError) as exc:
        raise PbxUnavailable("ari.unreachable", url=lab.ari_url) from exc
    return json.loads(text) if text else None


def sip_answers(host: str, port: int, deadline_s: float = 0.2) -> bool:
    """Whether a SIP server at *host*:*port* answers an OPTIONS request, whatever it answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.settimeout(deadline_s)
        try:
            probe.connect((host, port))
            mine = f"{probe.getsockname()[0]}:{probe.getsockname()[1]}"
            tag = secrets.token_hex(6)
            lines = [
                f"OPTIONS sip:ping@{host}:{port} SIP/2.0",
                f"Via: SIP/2.0/UDP {mine};branch=z9hG4bK{tag};rport",
                "Max-Forwards: 70",
                f"From: <sip:ping@{mine}>;tag={tag}",
                f"To: <sip:ping@{host}:{port}>",
                f"Call-ID: {tag}@{mine}",
                "CSeq: 1 OPTIONS",
                f"Contact: <sip:ping@{mine}>",
                "Content-Length: 0",
            ]
            probe.send("\r\n".join([*lines, "", ""]).encode())
            return probe.recv(2048).startswith(b"SIP/2.0 ")
        except OSError:
            return False


def wait_until(done: Callable[[], bool], patience_s: float, still: Callable[[], bool] = lambda: True) -> bool:
    """Ask until *done*, for *patience_s* at most and only while *still* holds; return whether it came."""
    give_up = time.monotonic() + patience_s
    while time.monotonic() < give_up and still():
        if done():
            return True
        time.sleep(POLL_S)
    return done()
