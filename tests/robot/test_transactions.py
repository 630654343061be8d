"""Repetition and its end, on a clock that the test owns."""

import pytest

from ivr_ari.errors import PeerError
from ivr_ari.robot.dialog import Identity, Leg, response_to
from ivr_ari.robot.sip import Request, Response, parse
from ivr_ari.robot.transactions import TimedOut, Transactions

PEER = ("127.0.0.1", 5080)
ME = Identity("robot", "127.0.0.1", ("127.0.0.1", 5070), iter([f"t{n}" for n in range(99)]).__next__)


def request(method: str) -> Request:
    leg = Leg.outgoing(ME, "sip:600@127.0.0.1:5080", PEER, b"")
    return leg.invite if method == "INVITE" else leg.request(method)


def sent(transactions: Transactions) -> list[str]:
    """Return the methods and statuses of what must be sent now."""
    messages = [parse(datagram) for datagram, _ in transactions.datagrams()]
    return [m.method if isinstance(m, Request) else str(m.status) for m in messages]


def repetitions(transactions: Transactions, until: float) -> list[float]:
    """Wake at each alarm up to *until*; return the moments at which something was sent."""
    transactions.datagrams()
    moments: list[float] = []
    while (at := transactions.wake_at) is not None and at <= until:
        transactions.wake(at)
        if transactions.datagrams():
            moments.append(at)
    return moments


class TestAsking:
    def test_invite_is_repeated_at_doubling_intervals(self) -> None:
        """
        RFC 3261, 17.1.1.2: from half a second on, until 32 s are over.
        """
        transactions = Transactions()
        transactions.ask(request("INVITE"), PEER, 0.0)

        assert repetitions(transactions, 40) == [0.5, 1.5, 3.5, 7.5, 15.5, 31.5]

    def test_other_requests_are_repeated_every_four_seconds_in_the_end(self) -> None:
        """
        RFC 3261, 17.1.2.2.
        """
        transactions = Transactions()
        transactions.ask(request("BYE"), PEER, 0.0)

        assert repetitions(transactions, 12) == [0.5, 1.5, 3.5, 7.5, 11.5]

    def test_request_nobody_answers_is_given_up_once(self) -> None:
        """
        Its owner is told, and it is forgotten.
        """
        transactions, asked = Transactions(), request("BYE")
        transactions.ask(asked, PEER, 0.0)

        assert transactions.wake(32.0) == [TimedOut(asked)]
        assert transactions.wake_at is None

    def test_ringing_stops_repetition_for_as_long_as_it_takes(self) -> None:
        """
        A provisional answer says that somebody is at it.
        """
        transactions, asked = Transactions(), request("INVITE")
        transactions.ask(asked, PEER, 0.0)
        transactions.receive(response_to(asked, 180).serialize(), PEER, 0.1)

        assert repetitions(transactions, 300) == []

    def test_refusal_is_acknowledged_each_time_and_told_once(self) -> None:
        """
        If our ACK was lost the refusal comes again, and gets another.
        """
        transactions, asked = Transactions(), request("INVITE")
        transactions.ask(asked, PEER, 0.0)
        sent(transactions)
        refusal = response_to(asked, 486, to="<sip:600@127.0.0.1>;tag=x").serialize()

        told = [transactions.receive(refusal, PEER, at) for at in (0.1, 0.6)]

        assert [isinstance(message, Response) for message in told] == [True, False]
        assert sent(transactions) == ["ACK", "ACK"]

    def test_acceptance_is_told_each_time(self) -> None:
        """
        The ACK of a 2xx is the dialog's to send, so the dialog must know that it comes again.
        """
        transactions, asked = Transactions(), request("INVITE")
        transactions.ask(asked, PEER, 0.0)
        accepted = response_to(asked, 200).serialize()

        assert all(transactions.receive(accepted, PEER, at) for at in (0.1, 0.6))

    def test_answer_to_nothing_is_dropped(self) -> None:
        """
        A stray response is no news.
        """
        assert Transactions().receive(response_to(request("BYE"), 200).serialize(), PEER, 0.0) is None


class TestReplying:
    def test_request_that_comes_again_is_answered_again_and_told_once(self) -> None:
        """
        Our answer was lost; doing the thing twice would be wrong.
        """
        transactions, asked = Transactions(), request("BYE")
        first = transactions.receive(asked.serialize(), PEER, 0.0)
        transactions.reply(asked, response_to(asked, 200), PEER, 0.0)
        again = transactions.receive(asked.serialize(), PEER, 0.5)

        assert first == parse(asked.serialize())
        assert again is None
        assert sent(transactions) == ["200", "200"]

    def test_final_answer_to_an_invite_is_repeated_until_its_ack(self) -> None:
        """
        The ACK of a 2xx has a branch of its own; call and number tell what it is for.
        """
        transactions = Transactions()
        leg = Leg.outgoing(ME, "sip:600@127.0.0.1:5080", PEER, b"")
        transactions.receive(leg.invite.serialize(), PEER, 0.0)
        transactions.reply(leg.invite, response_to(leg.invite, 200), PEER, 0.0)
        before = repetitions(transactions, 4)
        ack = leg.request("ACK", number=leg.invite.cseq[0])
        told = [transactions.receive(ack.serialize(), PEER, at) for at in (4.0, 4.1)]

        assert before == [0.5, 1.5, 3.5]
        assert [message is not None for message in told] == [True, False]
        assert repetitions(transactions, 31) == []

    def test_ack_for_nothing_is_dropped(self) -> None:
        """
        Nobody answers an ACK, whatever it is for.
        """
        assert Transactions().receive(request("ACK").serialize(), PEER, 0.0) is None

    def test_rubbish_is_refused(self) -> None:
        """
        Whoever owns the socket counts it.
        """
        with pytest.raises(PeerError):
            Transactions().receive(b"hello", PEER, 0.0)
