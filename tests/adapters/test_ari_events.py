"""ARI's JSON becomes values, each call's end is told once, and strangers' channels mean nothing."""

from __future__ import annotations

from typing import Any

import pytest

from ivr_ari.adapters.ari_events import (
    AriEvent,
    CallerGone,
    CallOffered,
    KeyPressed,
    LeftApp,
    LegGone,
    LegUp,
    Orphan,
    Roster,
    bridge_id,
    leg_id,
    orphan,
)
from ivr_ari.adapters.phase import Phase

CALL = "ivr-1795380787.1-177768"


def raw(kind: str, channel: str = "1795380787.1", state: str = "Ring", **more: object) -> dict[str, Any]:
    """An event as Asterisk 22.10 writes it, without what nobody reads."""
    return {
        "type": kind,
        "timestamp": "2026-11-22T20:53:07.620+0000",
        "application": "ivr",
        "channel": {
            "id": channel,
            "name": "PJSIP/caller-00000001",
            "state": state,
            "caller": {"name": "Eve", "number": "5550100"},
            "connected": {"name": "", "number": ""},
            "dialplan": {"context": "ivr-stasis", "exten": "s", "priority": 15},
        },
        **more,
    }


def start(*args: str, **more: Any) -> dict[str, Any]:
    return raw("StasisStart", args=list(args), **more)


def tell(roster: Roster, *events: dict[str, Any]) -> list[AriEvent]:
    return [event for event in map(roster.take, events) if event is not None]


class TestOffer:
    def test_what_the_dialplan_gives(self) -> None:
        """Flow, language and call id are the arguments of Stasis()."""
        roster = Roster()

        told = tell(roster, start("bank", "en", CALL))

        assert told == [
            CallOffered(
                "1795380787.1",
                CALL,
                ("bank", "en", CALL),
                flow="bank",
                language="en",
                dialed="s",
                caller_number="5550100",
                caller_name="Eve",
            )
        ]
        assert roster.callers == {"1795380787.1": Phase.OFFERED}

    def test_a_resumed_call_says_so(self) -> None:
        """A caller whom a hand-over brought to nobody comes back marked, and is answered already."""
        (offer,) = tell(Roster(), start("bank", "en", CALL, "resume", state="Up"))

        assert isinstance(offer, CallOffered)
        assert (offer.resume, offer.answered) == (True, True)

    @pytest.mark.parametrize("given", ["", "1795380787.1", "ivr-a/../b", "ivr-" + "x" * 81, "other-1"])
    def test_an_unfit_call_id_is_replaced(self, given: str) -> None:
        """Ids on the PBX are made from the call id, so only what is safe there is taken."""
        (offer,) = tell(Roster(), start("bank", "en", given, channel="pbx1/17:9"))

        assert isinstance(offer, CallOffered)
        assert offer.call_id == "ivr-pbx1-17-9"

    def test_no_arguments_at_all(self) -> None:
        """A dialplan that only says Stasis(ivr) offers a call of the default flow."""
        (offer,) = tell(Roster(), start())

        assert isinstance(offer, CallOffered)
        assert (offer.flow, offer.language, offer.resume) == ("", "", False)

    def test_our_own_leg_is_no_call(self) -> None:
        """External media enters the application too; it is told by the id that we chose."""
        roster = Roster()

        assert tell(roster, start(channel=leg_id(CALL), state="Up")) == [LegUp(leg_id(CALL))]
        assert roster.callers == {}
        assert bridge_id(CALL).startswith("ivr-")


class TestCall:
    @pytest.fixture
    def roster(self) -> Roster:
        roster = Roster()
        tell(roster, start("bank", "en", CALL), start(channel=leg_id(CALL), state="Up"))
        return roster

    def test_keys(self, roster: Roster) -> None:
        """A key of a caller is told with its length; one of a channel that isn't ours is not."""
        told = tell(
            roster,
            raw("ChannelDtmfReceived", digit="5", duration_ms=110),
            raw("ChannelDtmfReceived", digit="6", channel="else.1"),
        )

        assert told == [KeyPressed("1795380787.1", "5", 110)]

    @pytest.mark.parametrize(
        "end",
        [
            ["ChannelHangupRequest", "StasisEnd", "ChannelDestroyed"],
            ["ChannelHangupRequest", "ChannelHangupRequest", "ChannelLeftBridge", "StasisEnd"],
            ["ChannelDestroyed", "StasisEnd"],
        ],
    )
    def test_a_hang_up_is_told_once(self, roster: Roster, end: list[str]) -> None:
        """However Asterisk tells the end, the caller is gone exactly once."""
        tell(roster, raw("ChannelStateChange", state="Up"), raw("ChannelEnteredBridge"))

        told = tell(roster, *(raw(kind, cause=16) for kind in end))

        assert told == [CallerGone("1795380787.1", "16")]
        assert roster.callers == {}

    def test_leaving_alive_is_no_hang_up(self, roster: Roster) -> None:
        """A continued or redirected caller has left the application, and what happens later is not ours."""
        told = tell(roster, raw("StasisEnd"), raw("ChannelHangupRequest"), raw("ChannelDestroyed"))

        assert told == [LeftApp("1795380787.1")]

    def test_a_caller_may_come_back(self, roster: Roster) -> None:
        """After a hand-over to nobody the same channel enters again."""
        told = tell(roster, raw("StasisEnd"), start("bank", "en", CALL, "resume", state="Up"))

        assert [type(event) for event in told] == [LeftApp, CallOffered]
        assert roster.callers == {"1795380787.1": Phase.ANSWERED}

    def test_a_lost_leg_is_told(self, roster: Roster) -> None:
        """If external media dies while the caller lives, somebody has to know."""
        assert tell(roster, raw("ChannelDestroyed", channel=leg_id(CALL))) == [LegGone(leg_id(CALL))]

    def test_phases_follow_the_events(self, roster: Roster) -> None:
        """Answered, bridged, taken out again."""
        phases = []
        for event in (
            raw("ChannelStateChange", state="Ringing"),
            raw("ChannelStateChange", state="Up"),
            raw("ChannelEnteredBridge"),
            raw("ChannelLeftBridge"),
        ):
            tell(roster, event)
            phases.append(roster.callers["1795380787.1"])

        assert phases == [Phase.OFFERED, Phase.ANSWERED, Phase.BRIDGED, Phase.ANSWERED]
        assert roster.unexpected == 0

    def test_surprises_are_counted(self, roster: Roster) -> None:
        """A move that the table does not know changes nothing and can be seen."""
        assert tell(roster, raw("ChannelLeftBridge"), raw("ChannelHold")) == []
        assert roster.unexpected == 1

    def test_what_vanished_unseen(self, roster: Roster) -> None:
        """After a break of the link each missing channel is told as if it had just ended."""
        told = roster.lose({"1795380787.1", leg_id(CALL), "never-heard-of"})

        assert told == [CallerGone("1795380787.1", "lost"), LegGone(leg_id(CALL))]
        assert (roster.callers, roster.legs) == ({}, {})

    def test_a_hang_up_seen_before_the_break_is_not_told_again(self, roster: Roster) -> None:
        """A caller known to be hanging up is not gone a second time."""
        tell(roster, raw("ChannelHangupRequest", cause=16))

        assert roster.lose({"1795380787.1"}) == []


@pytest.mark.parametrize(
    "event", [{}, {"type": "PlaybackStarted"}, {"type": "StasisStart", "channel": None}, raw("ChannelVarset")]
)
def test_other_events_mean_nothing(event: dict[str, Any]) -> None:
    """What is not ours is neither an event nor an error."""
    assert Roster().take(event) is None


class TestOrphan:
    def channel(self, app_name: str, app_data: str, name: str = "17.1") -> dict[str, Any]:
        return {"id": name, "dialplan": {"app_name": app_name, "app_data": app_data}}

    def test_a_caller_left_in_our_application(self) -> None:
        """Its call is known from the arguments it came with."""
        found = orphan(self.channel("Stasis", f"ivr,bank,en,{CALL}"), "ivr")

        assert found == Orphan("17.1", CALL, ("bank", "en", CALL))

    @pytest.mark.parametrize(
        ("app_name", "app_data", "name"),
        [
            ("Stasis", "ivr2,bank,en", "17.1"),
            ("Stasis", "", "17.1"),
            ("Echo", "ivr", "17.1"),
            ("Stasis", "ivr", "ivr-17.1-leg"),
        ],
    )
    def test_others_are_left_alone(self, app_name: str, app_data: str, name: str) -> None:
        """Another node's callers, other applications and our own legs are no orphans of ours."""
        assert orphan(self.channel(app_name, app_data, name), "ivr") is None

    def test_a_channel_without_dialplan(self) -> None:
        """Not every channel has been in a dialplan."""
        assert orphan({"id": "17.1"}, "ivr") is None
