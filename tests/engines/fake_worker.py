"""
A worker that misbehaves as told, always in the same way: ``python fake_worker.py [WORD...]``.

It speaks the wire in its own words and imports nothing of ours, so that it starts in a blink.

Nothing said, it loads at once, answers pings and sends every message back as ``echo``.

once FILE  the words after it hold only for the first worker to find no FILE
setup      reports that the machine is wrong, and ends
late N     reports progress N times before it is ready
mute       never is ready
deaf       answers no ping
hang       says in its pongs that it has been at one thing for a minute
junk       prints into the pipe once it is ready
flood      sends 20,000 messages, once it is ready
cough      writes a traceback to standard error
stay       ignores that its input ended
KIND       on a message of this kind it dies
ears       answers "flush" with what it was told so far, as words ("open:a")
mouth      answers "speak" with two chunks, and "Goodbye." with the end too; "render" with a prompt that is
           kept; after "cancel" it sends one chunk more
mind       answers "load" with "loaded" (a flow named "bad": "refused") and "understand" with yes
"""

from __future__ import annotations

import json
import os
import struct
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LENGTHS = struct.Struct(">II")


def send(kind: str, payload: bytes = b"", **fields: object) -> None:
    header = json.dumps({**fields, "kind": kind}).encode()
    data = LENGTHS.pack(len(header), len(payload)) + header + payload
    while data:
        data = data[os.write(1, data) :]


def received() -> Iterator[tuple[dict[str, Any], bytes]]:
    while lengths := sys.stdin.buffer.read(LENGTHS.size):
        header, payload = (sys.stdin.buffer.read(length) for length in LENGTHS.unpack(lengths))
        yield json.loads(header), payload


def behaviour(words: list[str]) -> list[str]:
    if "once" not in words:
        return words
    at = words.index("once")
    mark = Path(words[at + 1])
    if mark.exists():
        return words[:at]
    mark.touch()
    return words[:at] + words[at + 2 :]


def load(words: list[str]) -> None:
    if "cough" in words:
        print(
            'Traceback\n  File "x.py", line 3, in f\nValueError: four one double oh',
            file=sys.stderr,
            flush=True,
        )
    if "setup" in words:
        send("failed", error={"kind": "SetupError", "code": "model.missing", "facts": {"hint": "fetch it"}})
        sys.exit(1)
    if "late" in words:
        total = int(words[words.index("late") + 1])
        for number in range(total):
            send("progress", what="model", share=number / total)
    if "mute" not in words:
        send("ready")
    if "junk" in words:
        os.write(1, b"Loading weights: 100%\n")
    if "flood" in words:
        for number in range(20_000):
            send("number", n=number)


ROLES = {"ears", "mouth", "mind"}
TOLD: list[str] = []


def play(kind: str, fields: dict[str, Any]) -> None:
    call, id, flow = (fields.get(name) for name in ("call", "id", "flow"))
    TOLD.append(f"{kind}:{call or flow}")
    match kind:
        case "flush":
            send("heard", call=call, id=id, heard={"words": [{"text": told} for told in TOLD]})
        case "speak":
            send("chunk", b"one", call=call, id=id)
            send("chunk", b"two", call=call, id=id)
            if fields["parts"] == ["Goodbye."] and not fields["prepare"]:
                send("spoken", call=call, id=id, total_ms=40, whole=True)
        case "render":
            send("kept", b"another's", list="0", number=1)
            send("kept", b"ahead", list=fields["list"], number=1)
            send("rendered", list=fields["list"], made=1, failed=0)
        case "cancel":
            send("chunk", b"late", call=call, id=id)
            send("spoken", call="b", id="last", total_ms=20)
        case "load" if flow == "bad":
            error = {"kind": "FlowError", "code": "understanding.examples", "facts": {"problems": ["empty"]}}
            send("refused", flow=flow, error=error)
        case "load":
            send("loaded", flow=flow)
        case "understand":
            send("meaning", call=call, id=id, meaning={"acts": ["affirm"]})


def answer(fields: dict[str, Any], payload: bytes, words: list[str]) -> None:
    kind = fields.pop("kind")
    if kind in words:
        sys.exit(3)
    if kind != "ping" and not ROLES.isdisjoint(words):
        play(kind, fields)
    elif kind != "ping":
        send("echo", payload, what=kind, **fields)
    elif "deaf" not in words:
        send("pong", busy_ms=60_000 if "hang" in words else 0, lag_ms=7, dropped=0, load=0.5, rescued=2)


def main() -> None:
    words = behaviour(sys.argv[1:])
    load(words)
    for fields, payload in received():
        answer(fields, payload, words)
    while "stay" in words:
        time.sleep(1)


if __name__ == "__main__":
    main()
