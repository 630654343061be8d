"""Fetches one large file over HTTP so that a broken line costs only the rest of it."""

from __future__ import annotations

import queue
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from pathlib import Path

from .errors import SetupError

__all__ = ["Progress", "download"]

Progress = Callable[[str, float], None]
"""Told what is being done, and how much of it is done (0 to 1)."""

ANSWER_S = 5.0
"""A network that is blocked shows within this time: name, connection, TLS and first line of the answer."""

STALL_S = 30.0
CHUNK = 1 << 18


def download(url: str, target: Path, progress: Progress, answer_s: float = ANSWER_S) -> None:
    """
    Fetch *url* into *target*, going on where an earlier try stopped (RFC 9110, section 14: Range, If-Range).

    What has arrived lies in ``<target>.part`` until it is whole. SetupError: `download.unreachable` after
    *answer_s*, `download.refused`, or `download.broken` when the line breaks (run it again).
    """
    part, mark = target.with_name(target.name + ".part"), target.with_name(target.name + ".mark")
    answer = ask(url, part, mark, answer_s)
    if answer is None:
        # What we hold no longer fits the file there (416): begin anew.
        part.unlink()
        answer = ask(url, part, mark, answer_s)
    if answer is None:
        raise SetupError("download.refused", url=url, status=416, hint="the server serves no part of it")
    with answer:
        receive(answer, url, part, mark, progress)
    part.rename(target)
    mark.unlink(missing_ok=True)


def ask(url: str, part: Path, mark: Path, answer_s: float) -> HTTPResponse | None:
    """Open *url* for what is still missing; None if the server says that there is nothing (416)."""
    request = urllib.request.Request(url, headers={"User-Agent": "ivr-ari"})
    have = part.stat().st_size if part.exists() else 0
    if have and mark.exists() and mark.read_text():
        request.add_header("Range", f"bytes={have}-")
        # Without this the tail of a newer file could be joined to the head of an older one.
        request.add_header("If-Range", mark.read_text())
    answers: queue.Queue[HTTPResponse | BaseException] = queue.Queue()
    # getaddrinfo() knows no deadline, so it is left to a thread that nobody waits for.
    threading.Thread(target=open_url, args=(request, answer_s, answers), daemon=True).start()
    try:
        answer = answers.get(timeout=answer_s)
    except queue.Empty:
        answer = TimeoutError(f"no answer in {answer_s:g} s")
    if isinstance(answer, urllib.error.HTTPError):
        answer.close()
        if answer.code == 416:
            return None
        raise SetupError("download.refused", url=url, status=answer.code, hint="has it moved?")
    if isinstance(answer, BaseException):
        reason = getattr(answer, "reason", answer)
        hint = f"{reason}; fetch it elsewhere and unpack it into the models folder"
        raise SetupError("download.unreachable", url=url, hint=hint) from answer
    return answer


def open_url(
    request: urllib.request.Request, answer_s: float, answers: queue.Queue[HTTPResponse | BaseException]
) -> None:
    try:
        answers.put(urllib.request.urlopen(request, timeout=answer_s))
    except (OSError, HTTPException, ValueError) as exc:
        answers.put(exc)


def receive(answer: HTTPResponse, url: str, part: Path, mark: Path, progress: Progress) -> None:
    """Write what comes; the file's mark (ETag or date) is kept beside it for the next try."""
    resumed = answer.status == 206
    have = part.stat().st_size if resumed else 0
    expected = have + int(answer.headers.get("Content-Length") or 0)
    etag = answer.headers.get("ETag", "")
    # A weak ETag is not allowed in If-Range (RFC 9110, section 13.1.5).
    mark.write_text(etag if etag and not etag.startswith("W/") else answer.headers.get("Last-Modified", ""))
    patient(answer)
    what = f"fetching {part.stem}, {expected / 1e6:.1f} MB"
    with part.open("ab" if resumed else "wb") as file:
        try:
            while block := answer.read(CHUNK):
                file.write(block)
                have += len(block)
                progress(what, have / max(expected, have))
        except (OSError, HTTPException) as exc:
            raise broken(url, have, expected) from exc
    if have < expected:
        raise broken(url, have, expected)


def patient(answer: HTTPResponse) -> None:
    """Once bytes flow, a longer gap is forgiven than before the first."""
    sock = getattr(getattr(answer.fp, "raw", None), "_sock", None)
    if sock is not None:
        sock.settimeout(STALL_S)


def broken(url: str, have: int, expected: int) -> SetupError:
    return SetupError(
        "download.broken", url=url, have=have, expected=expected, hint="run it again, it goes on"
    )
