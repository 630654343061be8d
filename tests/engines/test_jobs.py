"""The voice's queue: who is spoken first, and what happens to the rest."""

from __future__ import annotations

from ivr_ari.engines.jobs import Job, Jobs, Rank


def texts(jobs: Jobs, count: int) -> list[str]:
    return [jobs.take().text for _ in range(count)]


def test_what_is_waited_for_comes_first() -> None:
    """Live before prepared before rendered ahead, each in the order they came."""
    jobs = Jobs()
    for text, rank in (
        ("fixed", Rank.AHEAD),
        ("soon", Rank.PREPARED),
        ("one", Rank.LIVE),
        ("two", Rank.LIVE),
    ):
        jobs.put(Job(text, rank=rank))
    assert texts(jobs, 4) == ["one", "two", "soon", "fixed"]


def test_cancelled_jobs_are_not_taken() -> None:
    """By id or all of a call; other calls' jobs stay, whatever their ids."""
    jobs = Jobs()
    for call, id in (("a", "1"), ("a", "2"), ("b", "1"), ("c", "1"), ("c", "2")):
        jobs.put(Job(f"{call}{id}", call=call, id=id))
    jobs.cancel("a", "1")
    jobs.cancel("c")
    assert texts(jobs, 2) == ["a2", "b1"]


def test_the_job_at_work_learns_that_nobody_wants_it() -> None:
    """Between two pieces it is asked to stop, and no audio of it is sent."""
    jobs = Jobs()
    jobs.put(Job("hello", call="a", id="1"))
    job = jobs.take()
    assert jobs.to_send(job, b"one") == [b"one"]
    assert not jobs.give_way(job)
    jobs.cancel("a")
    assert jobs.give_way(job)
    assert jobs.to_send(job, b"two") == []
    assert jobs.finish(job) == []


def test_prepared_work_gives_way_to_a_waiting_caller_and_comes_again() -> None:
    """It keeps nothing of its half-made audio."""
    jobs = Jobs()
    jobs.put(Job("soon", call="a", id="1", rank=Rank.PREPARED))
    prepared = jobs.take()
    assert jobs.to_send(prepared, b"half") == []
    jobs.put(Job("now", call="b", id="1"))
    assert jobs.give_way(prepared)
    jobs.again(prepared)
    assert texts(jobs, 2) == ["now", "soon"]
    assert prepared.made == []


def test_words_being_prepared_are_taken_over_when_they_are_spoken() -> None:
    """The caller gets what was made so far at once, under the new id, and then the rest."""
    jobs = Jobs()
    jobs.put(Job("your balance", call="a", id="try", rank=Rank.PREPARED))
    job = jobs.take()
    jobs.to_send(job, b"one")
    jobs.put(Job("your balance", call="a", id="real"))
    assert not jobs.give_way(job)
    assert (job.id, job.rank) == ("real", Rank.LIVE)
    assert jobs.to_send(job, b"two") == [b"one", b"two"]


def test_words_taken_over_at_the_last_moment_are_not_lost() -> None:
    """If all was made already, finishing gives what is to be sent."""
    jobs = Jobs()
    jobs.put(Job("your balance", call="a", id="try", rank=Rank.PREPARED))
    job = jobs.take()
    jobs.to_send(job, b"one")
    jobs.put(Job("your balance", call="a", id="real"))
    assert jobs.finish(job) == [b"one"]


def test_after_the_finish_the_same_words_are_a_new_job() -> None:
    """They come out of the cache then."""
    jobs = Jobs()
    jobs.put(Job("your balance", call="a", id="try", rank=Rank.PREPARED))
    job = jobs.take()
    assert jobs.finish(job) == []
    jobs.put(Job("your balance", call="a", id="real"))
    assert jobs.take().id == "real"


def test_the_oldest_live_job_is_the_lag() -> None:
    """Prepared prompts don't count: nobody waits for them."""
    jobs = Jobs()
    jobs.put(Job("soon", rank=Rank.PREPARED, since=0.0))
    assert jobs.lag_ms == 0
    jobs.put(Job("now", since=0.0))
    assert jobs.lag_ms > 0
