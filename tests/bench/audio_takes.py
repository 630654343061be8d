"""What is put into a call on audio time, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

__all__ = ["FRAME_MS", "Outcome", "Scene", "Take", "Taken"]

Pcm = npt.NDArray[np.int16]

FRAME_MS = 20


@dataclass(frozen=True, slots=True)
class Scene:
    """Where in a flow the caller speaks: the slot asked for and what leads there, or the open question."""

    flow: str
    request: str = ""
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Take:
    """What the caller's side sends: audio with the speech in it, and the packets that get lost."""

    pcm: Pcm
    rate_hz: int
    begins_ms: int
    """The first voiced sample."""

    ends_ms: int
    """The last one."""

    lost: frozenset[int] = frozenset()
    prompt: bytes = b""
    """The question that the caller hears, 16-bit little-endian mono; empty: 20 ms of nothing."""

    answer: bytes = b""
    """Whatever is said after the question."""

    echo_db: float | None = None
    """How loud the caller's telephone sends back what it plays; None: not at all."""

    echo_ms: int = 120
    """How late it does."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A turn that was taken: when (ms since the call's first packet), its words, and the slot's value."""

    at_ms: int
    words: str
    value: str


@dataclass(slots=True)
class Outcome:
    """What became of one take."""

    turns: list[Taken] = field(default_factory=list)
    noises: int = 0
    """Turns that held voice and no words."""

    sent: list[bytes] = field(default_factory=list)
    """What was played to the caller, 20 ms each, b"" for silence."""

    frames: list[bytes] = field(default_factory=list)
    """What the line handed on."""

    prompts: list[tuple[int, str, str]] = field(default_factory=list)
    """When a prompt began, was cut or had been said wholly: ms, its id, and which of it."""

    cpu_s: dict[str, float] = field(default_factory=dict)
