"""Sentences made ahead by several processes at once; what was made stays, whatever happens then."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread

from ..errors import EngineFailed, IvrError, SetupError
from ..prompts.open_voice import Engine
from ..prompts.script import Sentence
from ..prompts.speaker import Speaker

__all__ = ["MOST_JOBS", "Made", "default_jobs", "make"]

MOST_JOBS = 8
"""Each process holds the voice, some 300 MB."""

NICE = 10
"""Behind a service on the same machine, whose voice runs at 5."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of some sentences."""

    made: int = 0
    failed: tuple[Sentence, ...] = ()
    """Those the voice could not speak."""


def default_jobs() -> int:
    """Return how many processes this machine is good for."""
    return min(len(os.sched_getaffinity(0)), MOST_JOBS)


def make(
    cache: Path,
    voice: str,
    sentences: Sequence[Sentence],
    *,
    engine: Engine = "auto",
    language: str = "en",
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Made:
    """
    Have *voice* speak *sentences* into the cache, in *jobs* processes.

    *progress* is told how many of how many are done; at first 0, while the voice is being loaded. When this
    is interrupted, the processes end with the sentence they are at; interrupted again, at once. Raises
    SetupError if the voice can't be loaded, EngineFailed ``voice.down`` if a process died.
    """
    if not sentences:
        return Made()
    progress(0, len(sentences))
    how = cache, voice, engine, language
    pool = ProcessPoolExecutor(min(jobs, len(sentences)), get_context("spawn"), _begin, how)
    try:
        futures = {pool.submit(_speak, sentence): sentence for sentence in sentences}
        return _gathered(futures, progress)
    except BrokenProcessPool as exc:
        hint = "a process that made prompts ended; try --jobs 1, then: ivr-ari voices check"
        raise EngineFailed("voice.down", voice=voice, hint=hint) from exc
    finally:
        _end(pool)


def _end(pool: ProcessPoolExecutor) -> None:
    try:
        pool.shutdown(wait=True, cancel_futures=True)
    except (
        KeyboardInterrupt
    ):  # of somebody in a hurry; the pool forgot to tell its processes, and waits for them
        for process in active_children():
            process.terminate()
        raise


def _gathered(futures: dict[Future[Failure | None], Sentence], progress: Callable[[int, int], None]) -> Made:
    failed: list[Sentence] = []
    for done, future in enumerate(as_completed(futures), 1):
        failure = future.result()
        if failure and failure.setup:
            raise SetupError(failure.code, **failure.facts)
        if failure:
            failed.append(futures[future])
        progress(done, len(futures))
    return Made(len(futures) - len(failed), tuple(failed))


# in the processes -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as it travels between processes."""

    code: str
    facts: Mapping[str, object]
    setup: bool
    """A person has to mend something; no other sentence will do better."""

    @classmethod
    def of(cls, error: IvrError) -> Failure:
        facts = {
            name: fact if isinstance(fact, int | float) else str(fact) for name, fact in error.facts.items()
        }
        return cls(error.code, facts, isinstance(error, SetupError))


class _Own:
    """What this process speaks with, or why it can't."""

    speaker: Speaker | None = None
    failure: Failure | None = None


def _begin(cache: Path, voice: str, engine: Engine, language: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal interrupts everybody; whoever asked ends us
    Thread(target=_end_with_parent, daemon=True).start()
    os.nice(NICE)
    try:
        _Own.speaker = Speaker.open(cache, voice, threads=1, engine=engine, language=language)
    except IvrError as error:
        _Own.failure = Failure.of(error)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)  # it was killed: nobody would ever end this process, which waits for more to do


def _speak(sentence: Sentence) -> Failure | None:
    if _Own.speaker is None:
        return _Own.failure
    try:
        _Own.speaker.make(sentence)
    except EngineFailed as error:
        return Failure.of(error)
    return None
