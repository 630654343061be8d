"""
Barge-in on audio time: what a prompt does when somebody speaks into it, or something sounds.

A prompt of some ten seconds is said; in the midst of it comes speech, a "mhm", a cough, music, or nothing
but the prompt's own echo. *Missed* is speech that did not stop the prompt; *false* a prompt that did not come
back after what was no speech. Levels are those of the audio sent to the caller.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from .audio_call import Room
from .audio_figures import percentile
from .audio_held import ASKED_MS
from .audio_takes import FRAME_MS, Outcome, Pcm, Scene, Take
from .corpus import sounds
from .corpus_cases import CALLERS, audio, end_of_speech
from .corpus_rooms import FLOOR_DB, level
from .disturbances import DISTURBANCES, mhm

__all__ = ["Barge", "Try", "barge_figures", "hold_barge", "show_barge", "tries"]

RATE_HZ = 8000
DOWN_DB, SILENT_DB = -15.0, -45.0
AFTER_MS = 6000
"""Audio after the end of what interrupts: time enough to come back."""

SPEECH_RMS = 2600.0
"""Of what interrupts, about -22 dBFS; disturbances come as they are made."""

ASK = (Scene("dictation", "tell-account", "account"), Scene("dictation", "tell-agreed", "agreed"))
SPEAKERS = ("b026", "b024", "b028", "b013", "b014", "b027", "b005", "b007", "c011", "r001")


@dataclass(frozen=True, slots=True)
class Try:
    """Something that sounds into a prompt at *at_ms* of the call."""

    kind: str
    number: int
    at_ms: int
    echo: bool = False


@dataclass(frozen=True, slots=True)
class Barge:
    """What the prompt did, in ms since the onset (None: never)."""

    kind: str
    number: int
    echo: bool
    down_ms: int | None
    silent_ms: int | None
    came_back: bool
    """It went on, or was never cut, and no turn was taken."""

    quiet_ms: int
    """The longest silence at the caller's ear from the end of the disturbance on."""

    taken: bool

    @property
    def wrong(self) -> bool:
        """Missed speech, or a false barge-in."""
        return self.silent_ms is None if self.kind == "speech" else not self.came_back


def tries(every: int = 1) -> list[Try]:
    """Return what is tried; *every* so manieth of it."""
    draw = np.random.default_rng(7)
    made = []
    for kind, count in (("speech", 40), ("listening", 24), ("cough", 20), ("music", 10), ("other", 16)):
        for number in range(count):
            made.append(Try(kind, number, int(draw.integers(1800, 4500)), echo=bool(draw.integers(2))))
    made += [Try("echo", number, 2000, echo=True) for number in range(10)]
    return made[::every]


async def hold_barge(room: Room, one: Try) -> Barge:
    """Hold the call of one try."""
    yes_no = one.kind == "echo" and one.number % 2 == 1
    prompt = sounds("prompt", RATE_HZ)[int(yes_no)]
    sound = _sound(one)
    draw = np.random.default_rng(one.number)
    total = RATE_HZ // 1000 * (one.at_ms + len(sound) * 1000 // RATE_HZ + AFTER_MS)
    wave = draw.standard_normal(total) * (32768 * 10 ** (FLOOR_DB / 20))
    first = one.at_ms * RATE_HZ // 1000
    wave[first : first + len(sound)] += sound
    pcm = np.clip(np.rint(wave), -32768, 32767).astype(np.int16)
    ends_ms = one.at_ms + len(sound) * 1000 // RATE_HZ
    echo_db = -18.0 if one.echo else None
    answer = prompt[: RATE_HZ * 2].tobytes()
    take = Take(pcm, RATE_HZ, one.at_ms, ends_ms, prompt=prompt.tobytes(), answer=answer, echo_db=echo_db)
    onset_ms = one.at_ms + max(0, len(sound) * 1000 // RATE_HZ - end_of_speech(sound[::-1], RATE_HZ))
    return _judged(one, take, await room.hold(ASK[int(yes_no)], take), prompt, onset_ms)


def _sound(one: Try) -> Pcm:
    if one.kind == "echo":
        return np.zeros(RATE_HZ, np.int16)
    if one.kind == "cough" or one.kind == "music":
        return DISTURBANCES[one.kind](one.number, RATE_HZ)
    if one.kind == "other":
        return DISTURBANCES[("knock", "breath", "typing", "hum")[one.number % 4]](one.number, RATE_HZ)
    if one.kind == "listening" and one.number % 3 == 0:
        return mhm(one.number, RATE_HZ)
    if one.kind == "listening":
        said = sounds("listening", RATE_HZ)
    else:
        names = sorted(path for name in SPEAKERS for path in CALLERS.glob(f"{name}_*.flac"))
        said = [audio(path, RATE_HZ) for path in names]
    pcm = said[one.number % len(said)].astype(np.float64)
    louder: Pcm = np.clip(pcm * SPEECH_RMS / level(pcm.astype(np.int16)), -32768, 32767).astype(np.int16)
    return louder


def _judged(one: Try, take: Take, outcome: Outcome, prompt: Pcm, onset_ms: int) -> Barge:
    began = next((at for at, _, state in outcome.prompts if state == "began" and at >= ASKED_MS), 0)
    cuts = [at for at, _, state in outcome.prompts if state == "cut" and at >= onset_ms]
    again = [at for at, _, state in outcome.prompts if state == "began" and cuts and at >= cuts[-1]]
    taken = [turn.at_ms for turn in outcome.turns if turn.at_ms >= onset_ms]
    return Barge(
        one.kind,
        one.number,
        one.echo,
        _down(outcome.sent, prompt, began, onset_ms, cuts[0] if cuts else None),
        cuts[0] + FRAME_MS - onset_ms if cuts else None,
        not taken and bool(again or not cuts),
        _silence(outcome.sent, take.ends_ms),
        bool(taken),
    )


def _down(sent: Sequence[bytes], prompt: Pcm, began_ms: int, onset_ms: int, cut_ms: int | None) -> int | None:
    """
    Return when the prompt had become `DOWN_DB` quieter than it would have been, in ms since the onset.

    That is the end of the last packet before it was cut that was audible and not so much quieter; without a
    cut, of the first such run.
    """
    frame = RATE_HZ // 1000 * FRAME_MS
    last = cut_ms // FRAME_MS if cut_ms else len(sent)
    loud = None
    for number in range(onset_ms // FRAME_MS, last):
        at = number - began_ms // FRAME_MS + 1
        meant, was = _db(prompt[at * frame : (at + 1) * frame]), _db(np.frombuffer(sent[number], "<i2"))
        if was > max(SILENT_DB, meant + DOWN_DB):
            loud = number
        elif cut_ms is None and meant > SILENT_DB:
            return (number + 1) * FRAME_MS - onset_ms
    return max(0, ((loud or 0) + 1) * FRAME_MS - onset_ms) if cut_ms else None


def _silence(sent: Sequence[bytes], from_ms: int) -> int:
    """Return the longest silence after *from_ms*, until what is said then has begun."""
    longest = run = 0
    for frame in sent[from_ms // FRAME_MS :]:
        run = 0 if _db(np.frombuffer(frame, "<i2")) > SILENT_DB else run + FRAME_MS
        longest = max(longest, run)
        if not run and longest:
            break
    return longest


def _db(pcm: Pcm) -> float:
    if not len(pcm):
        return -96.0
    return float(10 * np.log10(np.mean(pcm.astype(np.float64) ** 2) / 32768**2 + 2.5e-10))


def barge_figures(done: Sequence[Barge]) -> dict[str, dict[str, object]]:
    """Return the figures by kind, with and without echo."""
    return {name: _figures(group) for name, group in _groups(done) if group}


def _groups(done: Sequence[Barge]) -> Iterator[tuple[str, list[Barge]]]:
    for kind in dict.fromkeys(one.kind for one in done):
        yield kind, [one for one in done if one.kind == kind and not one.echo]
        yield f"{kind}, echo", [one for one in done if one.kind == kind and one.echo]
    yield "all speech", [one for one in done if one.kind == "speech"]
    yield "all that is none", [one for one in done if one.kind != "speech"]


def _figures(group: Sequence[Barge]) -> dict[str, object]:
    at = partial(percentile, portion=0.95)
    speech = group[0].kind == "speech"
    return {
        "n": len(group),
        "missed": sum(one.wrong for one in group) if speech else "",
        "false": "" if speech else sum(one.wrong for one in group),
        "ducked": sum(one.down_ms is not None for one in group),
        "down_p50_ms": percentile([one.down_ms for one in group if one.down_ms is not None], 0.5),
        "down_p95_ms": at([one.down_ms for one in group if one.down_ms is not None]),
        "silent_p50_ms": percentile([one.silent_ms for one in group if one.silent_ms is not None], 0.5),
        "silent_p95_ms": at([one.silent_ms for one in group if one.silent_ms is not None]),
        "quiet_worst_ms": max(one.quiet_ms for one in group),
    }


def show_barge(rows: dict[str, dict[str, object]], done: Sequence[Barge], most: int) -> None:
    """Print the figures, and what went wrong."""
    names = list(next(iter(rows.values())))
    print(f"{'':24}" + "".join(f"{name.removesuffix('_ms'):>12}" for name in names))
    for kind, row in rows.items():
        print(f"{kind:24}" + "".join(f"{row[name]!s:>12}" for name in names))
    for one in [one for one in done if one.wrong][:most]:
        print(one)
