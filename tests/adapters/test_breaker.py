"""A service that fails again and again is left alone, and tried again by one request."""

from __future__ import annotations

import pytest

from ivr_ari.adapters.breaker import Breaker
from ivr_ari.errors import BackendFailed


def fail(breaker: Breaker, code: str = "http.status") -> str:
    """Run a request that fails with *code*; return the code that came out."""
    with pytest.raises(BackendFailed) as caught, breaker.guarded():
        raise BackendFailed(code, status=500)
    return caught.value.code


def succeed(breaker: Breaker) -> None:
    with breaker.guarded():
        pass


def test_opens_after_failures_in_a_row() -> None:
    """
    The third failure opens it; from then on nothing is asked.
    """
    breaker = Breaker("bank", failures=3, pause_s=60)

    assert [fail(breaker) for _ in range(4)] == ["http.status"] * 3 + ["backend.open"]
    assert breaker.state == "open"


def test_an_answer_between_begins_the_count_anew() -> None:
    """
    Only failures in a row say that a service is down.
    """
    breaker = Breaker("bank", failures=2, pause_s=60)
    fail(breaker)
    succeed(breaker)
    fail(breaker)

    assert breaker.state == "closed"


def test_a_refusal_is_an_answer() -> None:
    """
    Ten callers with a wrong PIN are no outage.
    """
    breaker = Breaker("bank", failures=2, pause_s=60)

    assert [fail(breaker, "http.refused") for _ in range(10)] == ["http.refused"] * 10


def test_a_caller_who_hangs_up_counts_neither_way() -> None:
    """
    A request nobody waits for any more says nothing about the service.
    """
    breaker = Breaker("bank", failures=2, pause_s=60)
    fail(breaker)
    with pytest.raises(KeyboardInterrupt), breaker.guarded():
        raise KeyboardInterrupt
    fail(breaker)

    assert breaker.state == "open"


def test_one_request_tries_after_the_pause() -> None:
    """
    While it tries, the others still fail at once; its success closes the breaker.
    """
    breaker = Breaker("bank", failures=1, pause_s=0)
    fail(breaker)

    with breaker.guarded():
        assert fail(breaker) == "backend.open"

    assert breaker.state == "closed"


def test_a_failed_try_opens_it_again() -> None:
    """
    The pause begins anew.
    """
    breaker = Breaker("bank", failures=1, pause_s=0)
    fail(breaker)
    fail(breaker)

    assert breaker.state == "open"


def test_a_late_failure_of_before_changes_nothing() -> None:
    """
    Requests that were under way when it opened may still fail.
    """
    breaker = Breaker("bank", failures=1, pause_s=60)

    def late() -> None:
        with breaker.guarded():
            fail(breaker)
            raise BackendFailed("http.late", status=0)

    with pytest.raises(BackendFailed, match="http.late"):
        late()

    assert breaker.state == "open"
