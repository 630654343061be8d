"""Prompts made before anybody asks for them: some before the service is ready, the rest meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

import structlog

from .dialogue.fixed import FixedPrompt, begun_prompts, fixed_prompts
from .dialogue.flow import Flow
from .errors import EngineFailed
from .events import Part

__all__ = ["Ahead"]

log = structlog.get_logger()

AT_ONCE = 5
"""Prompts asked of the voice together."""

LOOK_S = 0.5
"""How often it is looked whether the calls have ended: what nobody waits for takes no voice from a caller."""


Prompts = Callable[[Flow, str], Iterable[FixedPrompt]]


class Renders(Protocol):
    async def render(self, prompts: Iterable[Sequence[Part]]) -> int: ...


class Ahead:
    """Renders fixed prompts; *voice_of* gives the voice that speaks a language, *busy* if anybody talks."""

    def __init__(self, voice_of: Callable[[str], Renders], busy: Callable[[], bool]) -> None:
        self._voice_of = voice_of
        self._busy = busy
        self._task: asyncio.Task[None] | None = None
        self._outdated = asyncio.Event()
        """There are other flows now."""

        self._left: Iterable[Flow] = ()
        """Whose prompts were given up when the voice went down."""

    async def render(self, flows: Mapping[str, Flow], first: str) -> None:
        """
        Make the prompts of flow *first* but for those with tasks' titles in them; begin with all others.

        EngineFailed if the voice is down; what was made is kept.
        """
        if self._task:
            # A list the voice has been given is made to its end, or its answer would be taken for another's.
            self._outdated.set()
            await asyncio.wait([self._task])
            self._outdated.clear()
        self._left = ()
        talking = [flow for flow in flows.values() if not flow.mode]
        for flow in talking:
            if flow.name == first:
                await self._make([replace(flow, tasks={})], AT_ONCE, fixed_prompts)
        self._begin(talking)

    def resume(self) -> None:
        """A voice is there again: go on with what was given up when it went. What was made is kept."""
        if self._left:
            self._begin(self._left)

    async def stop(self) -> None:
        """The voice is about to end: make nothing more."""
        self._left = ()
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None

    async def wait(self) -> None:
        """Return when everything is made, or given up."""
        if self._task:
            await asyncio.wait([self._task])

    def _begin(self, flows: Iterable[Flow]) -> None:
        self._left = ()
        self._task = asyncio.create_task(self._go_on(flows), name="prompts ahead")

    async def _go_on(self, flows: Iterable[Flow]) -> None:
        try:
            await self._make(flows, 1, fixed_prompts)
            await self._make(flows, 1, begun_prompts)  # for their first words: values differ
        except EngineFailed as error:
            self._left = flows
            log.warning("prompts not made ahead", code=error.code, hint="calls have them made meanwhile")
        else:
            log.info("prompts made ahead", why="outdated" if self._outdated.is_set() else "done")

    async def _make(self, flows: Iterable[Flow], at_once: int, prompts_of: Prompts) -> None:
        """Make the prompts of *flows*; what is made one at a time can wait for the calls to end."""
        wanted = [
            (language, prompt.parts)
            for flow in flows
            for language in flow.languages
            for prompt in prompts_of(flow, language)
        ]
        for language in dict.fromkeys(language for language, _ in wanted):
            prompts = list(dict.fromkeys(parts for own, parts in wanted if own == language))
            for begin in range(0, len(prompts), at_once):
                while at_once == 1 and self._busy() and not self._outdated.is_set():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._outdated.wait(), LOOK_S)
                if self._outdated.is_set():
                    return
                await self._voice_of(language).render(prompts[begin : begin + at_once])
