"""The voice's queue: who is spoken first, and what happens to the rest."""

from __future__ import annotations

from ivr_ari.engines.jobs import Job, Jobs, Rank
from ivr_ari.prompts.script import Script, script

SECOND = bytes(16000)
"""Of audio at 8 kHz."""

BALANCE = script(("Your balance.",))
NOTHING: Script = ()


def job(id: str = "1", call: str = "a", said: Script = NOTHING, rank: Rank = Rank.LIVE) -> Job:
    return Job(said, call=call, id=id, rank=rank)


def taken(jobs: Jobs, count: int) -> list[str]:
    """Take so many jobs and finish each."""
    found = []
    for _ in range(count):
        each = jobs.take()
        found.append(f"{each.call}{each.id}")
        jobs.finish(each)
        jobs.done()
    return found


def begun(jobs: Jobs) -> Job:
    """Take a job and make a piece of it."""
    each = jobs.take()
    each.audio = iter((b"one",))
    jobs.to_send(each, b"one")
    return each


def test_what_is_waited_for_comes_first() -> None:
    """Live before prepared before rendered ahead, each in the order they came."""
    jobs = Jobs()
    for id, rank in (("fixed", Rank.AHEAD), ("soon", Rank.PREPARED), ("one", Rank.LIVE), ("two", Rank.LIVE)):
        jobs.put(job(id, rank=rank))
    assert taken(jobs, 4) == ["aone", "atwo", "asoon", "afixed"]


def test_who_would_hear_nothing_comes_first() -> None:
    """A caller with a second of audio left to hear waits for one who has none."""
    jobs = Jobs()
    jobs.put(job(call="long"))
    first = jobs.take()
    jobs.put(job(call="new"))
    jobs.to_send(first, SECOND)
    jobs.again(first)
    assert taken(jobs, 2) == ["new1", "long1"]


def test_a_voice_does_not_break_off_for_a_beginning() -> None:
    """Who is about to run dry in the middle of a prompt comes before one who has heard nothing yet."""
    jobs = Jobs()
    jobs.put(job(call="long"))
    first = jobs.take()
    jobs.put(job(call="new"))
    jobs.to_send(first, SECOND[: 16 * 30])
    jobs.again(first)
    assert taken(jobs, 2) == ["long1", "new1"]


def test_prompts_of_a_call_keep_their_order() -> None:
    """They are played one after the other, so the second waits even while the first is interrupted."""
    jobs = Jobs()
    for id in "12":
        jobs.put(job(id))
    jobs.put(job(call="b"))
    first = jobs.take()
    jobs.to_send(first, SECOND)
    jobs.again(first)
    assert taken(jobs, 3) == ["b1", "a1", "a2"]


def test_cancelled_jobs_are_not_taken() -> None:
    """By id or all of a call; other calls' jobs stay, whatever their ids."""
    jobs = Jobs()
    for call, id in (("a", "1"), ("a", "2"), ("b", "1"), ("c", "1"), ("c", "2")):
        jobs.put(job(id, call))
    jobs.cancel("a", "1")
    jobs.cancel("c")
    assert taken(jobs, 2) == ["a2", "b1"]


def test_the_job_at_work_learns_that_nobody_wants_it() -> None:
    """No audio of it is sent any more, and it is not taken again."""
    jobs = Jobs()
    jobs.put(job())
    first = jobs.take()
    assert jobs.to_send(first, b"one") == [b"one"]
    assert not jobs.gone(first)
    jobs.cancel("a")
    assert jobs.gone(first)
    assert jobs.to_send(first, b"two") == []
    jobs.again(first)
    jobs.put(job(call="b"))
    assert taken(jobs, 1) == ["b1"]


def test_prepared_work_gives_way_to_a_waiting_caller_and_goes_on() -> None:
    """After each piece; what was made of it is not made again."""
    jobs = Jobs()
    jobs.put(job("soon", rank=Rank.PREPARED))
    prepared = begun(jobs)
    jobs.put(job("now", call="b"))
    jobs.again(prepared)
    assert taken(jobs, 1) == ["bnow"]
    assert jobs.take() is prepared
    assert prepared.made == [b"one"]


def test_words_being_prepared_are_taken_over_when_they_are_spoken() -> None:
    """The caller gets what was made so far at once, under the new id, and then the rest."""
    jobs = Jobs()
    jobs.put(job("try", said=BALANCE, rank=Rank.PREPARED))
    prepared = begun(jobs)
    assert jobs.adopt(job("real", said=BALANCE))
    assert (prepared.id, prepared.rank) == ("real", Rank.LIVE)
    assert jobs.to_send(prepared, b"two") == [b"one", b"two"]


def test_interrupted_preparation_is_taken_over_before_what_came_later() -> None:
    """It is a prompt somebody waits for from then on, in its turn."""
    jobs = Jobs()
    jobs.put(job("try", said=BALANCE, rank=Rank.PREPARED))
    prepared = begun(jobs)
    jobs.put(job("first", said=BALANCE[:0]))
    jobs.again(prepared)
    assert jobs.adopt(job("real", said=BALANCE))
    jobs.put(job("last"))
    assert taken(jobs, 3) == ["afirst", "areal", "alast"]
    assert jobs.finish(prepared) == []


def test_preparation_that_was_not_begun_is_let_go() -> None:
    """What is asked for is made as it is asked for, once."""
    jobs = Jobs()
    jobs.put(job("try", said=BALANCE, rank=Rank.PREPARED))
    assert not jobs.adopt(job("real", said=BALANCE))
    jobs.put(job("real", said=BALANCE))
    jobs.put(job("other", call="b", rank=Rank.PREPARED))
    assert taken(jobs, 2) == ["areal", "bother"]


def test_other_words_are_not_taken_over() -> None:
    """Nor another call's."""
    jobs = Jobs()
    jobs.put(job("try", said=BALANCE, rank=Rank.PREPARED))
    begun(jobs)
    assert not jobs.adopt(job("real", said=script(("Goodbye.",))))
    assert not jobs.adopt(job("real", call="b", said=BALANCE))


def test_words_taken_over_at_the_last_moment_are_not_lost() -> None:
    """If all was made already, finishing gives what is to be sent; after that nothing can be taken over."""
    jobs = Jobs()
    jobs.put(job("try", said=BALANCE, rank=Rank.PREPARED))
    prepared = begun(jobs)
    assert jobs.adopt(job("real", said=BALANCE))
    assert jobs.finish(prepared) == [b"one"]

    jobs.put(job("again", said=BALANCE, rank=Rank.PREPARED))
    prepared = begun(jobs)
    jobs.finish(prepared)
    assert not jobs.adopt(job("real", said=BALANCE))


def test_a_call_is_spoken_for_until_all_of_it_is_sent() -> None:
    """What comes then has nothing to wait for; prepared and cancelled prompts don't count."""
    jobs = Jobs()
    jobs.put(job("soon", rank=Rank.PREPARED))
    jobs.put(job("1"))
    assert jobs.speaks_for("a")
    assert not jobs.speaks_for("b")
    jobs.finish(jobs.take())
    assert jobs.speaks_for("a")
    jobs.done()
    assert not jobs.speaks_for("a")
    jobs.put(job("2"))
    jobs.cancel("a")
    assert not jobs.speaks_for("a")


def test_the_oldest_live_job_is_the_lag() -> None:
    """Prepared prompts don't count: nobody waits for them. Nor does one that is being heard."""
    jobs = Jobs()
    jobs.put(Job(NOTHING, rank=Rank.PREPARED, since=0.0))
    assert jobs.lag_ms == 0
    jobs.put(Job(NOTHING, since=0.0))
    assert jobs.lag_ms > 0
    jobs.to_send(jobs.take(), b"one!")
    assert jobs.lag_ms == 0
