"""A circuit breaker for a customer's service: after some failures in a row it is left alone for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from pybreaker import STATE_OPEN, CircuitBreaker, CircuitBreakerError, CircuitMemoryStorage

from ..errors import BackendFailed

__all__ = ["Breaker"]


class Breaker:
    """
    Opens after *failures* failures in a row; *pause_s* seconds later one request may try.

    pybreaker counts and keeps the state. It is told of an outcome only once that is known, so that a caller
    who hangs up meanwhile counts neither as a failure nor as a success.
    """

    def __init__(self, name: str, failures: int = 5, pause_s: float = 30.0) -> None:
        self._name = name
        self._pause = timedelta(seconds=pause_s)
        self._kept = CircuitMemoryStorage("closed")
        self._breaker = CircuitBreaker(
            failures, pause_s, state_storage=self._kept, name=name, throw_new_error_on_trip=False
        )
        self._trying = False

    @property
    def state(self) -> str:
        """``closed``: requests go through. ``open``: they fail at once."""
        return "open" if self._breaker.current_state == STATE_OPEN else "closed"

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """
        Run a request; BackendFailed ``backend.open`` at once while the breaker is open.

        A refusal (``http.refused``) is an answer, every other BackendFailed a failure.
        """
        trial = self._admitted()
        self._trying = self._trying or trial
        try:
            yield
        except BackendFailed as failed:
            self._count(failed=failed.code != "http.refused")
            raise
        else:
            self._count(failed=False)
        finally:
            self._trying = self._trying and not trial

    def _admitted(self) -> bool:
        """Return whether this request is the one that tries an open breaker; refuse all others."""
        if self.state == "closed":
            return False
        opened = self._kept.opened_at
        if self._trying or (opened is not None and datetime.now(UTC) < opened + self._pause):
            raise BackendFailed("backend.open", backend=self._name, status=0)
        return True

    def _count(self, *, failed: bool) -> None:
        try:
            self._breaker.call(_outcome, failed)
        except (_FailedError, CircuitBreakerError):
            return  # the second: opened by another request while this one was under way


class _FailedError(Exception):
    """What pybreaker counts."""


def _outcome(failed: bool) -> None:
    if failed:
        raise _FailedError
