"""Two telephones' signalling joined back to back, on good lines and bad ones."""

import pytest

from ivr_ari.robot.dialog import Leg
from ivr_ari.robot.sdp import describe
from ivr_ari.robot.signals import Answered, Ended, Moved, Offered, Progress, Refused, Registered
from ivr_ari.robot.sip import Request, Response, parse

from .wire import ALICE, BOB, Registrar, Wire, agent

SDP_A = describe(("127.0.0.1", 4000))
SDP_B = describe(("127.0.0.1", 4002))
NOBODY = ("127.0.0.1", 5999)


class Pair:
    """Alice and Bob, and what they heard of each other."""

    def __init__(self, pattern: str = "1") -> None:
        self.alice = agent("alice", ALICE, BOB)
        self.bob = agent("bob", BOB, ALICE)
        self.wire = Wire(self.alice, self.bob, pattern=pattern)

    def alice_heard(self, *kinds: type) -> list[object]:
        return [event for event in self.wire.heard[ALICE] if isinstance(event, kinds)]

    def bob_heard(self, *kinds: type) -> list[object]:
        return [event for event in self.wire.heard[BOB] if isinstance(event, kinds)]

    def dial(self) -> str:
        call_id = self.alice.dial("600", SDP_A, self.wire.now)
        self.wire.run(10)
        return call_id

    def talk(self) -> str:
        call_id = self.dial()
        self.bob.answer(call_id, SDP_B, self.wire.now)
        self.wire.run(20)
        return call_id


def methods(wire: Wire) -> list[str]:
    messages = [parse(datagram) for datagram in wire.carried]
    return [m.method if isinstance(m, Request) else str(m.status) for m in messages]


class TestCall:
    def test_call_is_offered_rung_answered_and_ended(self) -> None:
        """
        Every message of a plain call, each once, and both sides know the same.
        """
        pair = Pair()
        call_id = pair.alice.dial("600", SDP_A, 0, extra=(("X-IVR-Call", "42"),))
        pair.wire.settle()
        pair.bob.ring(call_id, 0)
        pair.wire.settle()
        pair.bob.answer(call_id, SDP_B, 0)
        pair.wire.settle()
        pair.alice.hang_up(call_id, 0)
        pair.wire.settle()

        assert methods(pair.wire) == ["INVITE", "100", "180", "200", "ACK", "BYE", "200"]
        (offer,) = pair.bob_heard(Offered)
        assert isinstance(offer, Offered)
        assert (offer.sdp, dict(offer.headers)["X-IVR-Call"]) == (SDP_A, "42")
        assert pair.alice_heard(Progress, Answered, Ended) == [
            Progress(call_id, 100, b""),
            Progress(call_id, 180, b""),
            Answered(call_id, SDP_B),
            Ended(call_id, "we"),
        ]
        assert pair.bob_heard(Answered, Ended) == [Answered(call_id, b""), Ended(call_id, "they")]

    def test_callee_may_hang_up_first(self) -> None:
        """
        Requests of the called side find the way back.
        """
        pair = Pair()
        call_id = pair.talk()
        pair.bob.hang_up(call_id, pair.wire.now)
        pair.wire.run(40)

        assert pair.alice_heard(Ended) == [Ended(call_id, "they")]
        assert pair.bob_heard(Ended) == [Ended(call_id, "we")]

    def test_both_hanging_up_at_once_is_one_end_each(self) -> None:
        """
        BYEs that cross are answered; nobody waits for more.
        """
        pair = Pair()
        call_id = pair.talk()
        pair.alice.hang_up(call_id, pair.wire.now)
        pair.bob.hang_up(call_id, pair.wire.now)
        pair.wire.run(40)

        assert len(pair.alice_heard(Ended)) == len(pair.bob_heard(Ended)) == 1

    def test_busy_is_a_refusal_with_its_status(self) -> None:
        """
        486 reaches the caller and is acknowledged.
        """
        pair = Pair()
        call_id = pair.dial()
        pair.bob.refuse(call_id, 486, pair.wire.now)
        pair.wire.run(1)

        assert pair.alice_heard(Ended) == [Ended(call_id, "refused", 486)]
        assert methods(pair.wire)[-2:] == ["486", "ACK"]

    def test_call_given_up_while_ringing_is_cancelled(self) -> None:
        """
        The callee learns that nobody waits any more, the caller that the cancelling worked.
        """
        pair = Pair()
        call_id = pair.dial()
        pair.alice.hang_up(call_id, pair.wire.now)
        pair.wire.run(1)

        assert pair.bob_heard(Ended) == [Ended(call_id, "cancelled")]
        assert pair.alice_heard(Ended) == [Ended(call_id, "cancelled", 487)]

    def test_answer_that_crosses_a_cancel_is_hung_up(self) -> None:
        """
        RFC 3261, 9.1: a 200 on its way makes a call, which only BYE ends.
        """
        pair = Pair()
        call_id = pair.dial()
        pair.bob.answer(call_id, SDP_B, pair.wire.now)
        pair.alice.hang_up(call_id, pair.wire.now)
        pair.wire.run(40)

        assert pair.alice_heard(Answered) == []
        assert [event.cause for event in pair.alice_heard(Ended) if isinstance(event, Ended)] == ["we"]
        assert len(pair.bob_heard(Ended)) == 1

    def test_nobody_at_the_address_ends_the_call(self) -> None:
        """
        After 32 s of repetitions, and not before.
        """
        alice = agent("alice", ALICE, NOBODY)
        wire = Wire(alice)
        call_id = alice.dial("600", SDP_A, 0)
        wire.run(31)
        early = list(wire.heard[ALICE])
        wire.run(2)

        assert early == []
        assert wire.heard[ALICE] == [Ended(call_id, "lost", 408)]
        assert len(wire.nowhere) == 7  # at 0, 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 s

    def test_second_hang_up_does_nothing(self) -> None:
        """
        Whoever cleans up need not know who was first.
        """
        pair = Pair()
        call_id = pair.talk()
        pair.alice.hang_up(call_id, pair.wire.now)
        pair.wire.run(40)
        pair.alice.hang_up(call_id, pair.wire.now)
        pair.wire.run(1)

        assert len(pair.alice_heard(Ended)) == 1

    @pytest.mark.parametrize("pattern", ["110", "011", "0110", "11101", "10110", "01011", "0010111"])
    def test_losing_line_makes_the_same_call(self, pattern: str) -> None:
        """
        Repetition hides the loss: each side is told each thing once.
        """
        pair = Pair(pattern)
        call_id = pair.talk()
        pair.alice.hang_up(call_id, pair.wire.now)
        pair.wire.run(80)

        assert len(pair.bob_heard(Offered)) == 1
        assert pair.alice_heard(Answered) == [Answered(call_id, SDP_B)]
        assert pair.alice_heard(Ended) == [Ended(call_id, "we")]
        assert pair.bob_heard(Ended) == [Ended(call_id, "they")]

    def test_nothing_is_remembered_of_an_old_call(self) -> None:
        """
        A robot that dials a thousand times does not grow.
        """
        pair = Pair()
        call_id = pair.talk()
        pair.alice.hang_up(call_id, pair.wire.now)
        pair.wire.run(100)

        for user in (pair.alice, pair.bob):
            assert not user.legs
            assert user.wake_at is None


class TestInsideCall:
    def test_new_offer_is_answered_with_our_description(self) -> None:
        """
        A PBX moves its audio in mid-call; we tell our owner and stay where we are.
        """
        pair = Pair()
        call_id = pair.talk()
        moved = describe(("127.0.0.1", 4444), version=2)
        leg = pair.bob.legs[call_id]
        pair.bob.transactions.ask(leg.request("INVITE", moved), leg.peer, pair.wire.now)
        pair.wire.settle()

        assert pair.alice_heard(Moved) == [Moved(call_id, moved)]
        assert SDP_A in [parse(datagram).body for datagram in pair.wire.carried[-2:]]

    @pytest.mark.parametrize(
        ("method", "status"), [("OPTIONS", 200), ("INFO", 200), ("UPDATE", 200), ("REFER", 405)]
    )
    def test_other_requests_are_answered(self, method: str, status: int) -> None:
        """
        Nothing is left without an answer, so nobody repeats it.
        """
        pair = Pair()
        leg = pair.bob.legs[pair.talk()]
        pair.bob.transactions.ask(leg.request(method), leg.peer, pair.wire.now)
        pair.wire.settle()

        answer = parse(pair.wire.carried[-1])
        assert isinstance(answer, Response)
        assert answer.status == status


class TestOutsideCall:
    @pytest.mark.parametrize(("method", "status"), [("OPTIONS", 200), ("BYE", 481), ("CANCEL", 481)])
    def test_request_without_a_call_is_answered(self, method: str, status: int) -> None:
        """
        Asterisk asks OPTIONS to see whether we live; a BYE for a call we never had is told so.
        """
        pair = Pair()
        request = Leg.outgoing(pair.alice.identity, "sip:127.0.0.1", BOB, b"").request(method)
        pair.alice.transactions.ask(request, BOB, 0)
        pair.wire.settle()

        answer = parse(pair.wire.carried[-1])
        assert isinstance(answer, Response)
        assert answer.status == status


class TestRegister:
    def registered(self, accept: bool, seconds: int = 300) -> tuple[list[object], Registrar]:
        alice, registrar = agent("alice", ALICE, NOBODY), Registrar(accept)
        alice.register(0, seconds)
        wire = Wire(alice)
        wire.settle()
        while wire.nowhere:
            alice.receive(registrar.answer(wire.nowhere.popleft()), NOBODY, 0)
            wire.settle()
        return list(wire.heard[ALICE]), registrar

    def test_challenge_is_answered_with_the_password(self) -> None:
        """
        The second request has a new number and a new branch, and the same call id.
        """
        heard, registrar = self.registered(accept=True)

        first, second = registrar.asked
        assert heard == [Registered(300)]
        assert second.get("Authorization").startswith('Digest username="alice"')
        assert first.call_id == second.call_id
        assert first.branch != second.branch
        assert first.cseq[0] < second.cseq[0]

    def test_wrong_password_is_tried_once(self) -> None:
        """
        A PBX that bans after a few failures must not be given many.
        """
        heard, registrar = self.registered(accept=False)

        assert heard == [Refused(401, "Unauthorized")]
        assert len(registrar.asked) == 2

    def test_registration_is_taken_back_with_zero(self) -> None:
        """
        Zero seconds, confirmed as such.
        """
        heard, registrar = self.registered(accept=True, seconds=0)

        assert heard == [Registered(0)]
        assert registrar.asked[-1].get("Expires") == "0"

    def test_silence_is_a_refusal_that_says_so(self) -> None:
        """
        The hint asks the question the user will ask.
        """
        alice = agent("alice", ALICE, NOBODY)
        wire = Wire(alice)
        alice.register(0)
        wire.run(33)

        (refused,) = wire.heard[ALICE]
        assert isinstance(refused, Refused)
        assert refused.status == 408
        assert "PBX" in refused.hint
