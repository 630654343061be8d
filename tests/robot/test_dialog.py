"""The texts that make a request part of a call."""

from dataclasses import replace
from itertools import count

from ivr_ari.robot.dialog import Identity, Leg, Phase, response_to
from ivr_ari.robot.sip import parameter

PEER = ("127.0.0.1", 5080)


def identity() -> Identity:
    numbers = count(1)
    return Identity("robot", "pbx.example", ("127.0.0.1", 5070), lambda: f"t{next(numbers)}")


class TestLeg:
    def test_way_back_is_the_reverse_of_the_way_there(self) -> None:
        """
        RFC 3261, 12.1.2: proxies that recorded themselves are passed in the other order.
        """
        leg = Leg.outgoing(identity(), "sip:600@127.0.0.1:5080", PEER, b"sdp")
        accepted = response_to(
            leg.invite,
            200,
            to="<sip:600@127.0.0.1:5080>;tag=remote",
            extra=(("Record-Route", "<sip:a;lr>, <sip:b;lr>"), ("Contact", "<sip:600@10.0.0.9:5099>")),
        )
        leg.settle(accepted)
        bye = leg.request("BYE")

        assert bye.uri == "sip:600@10.0.0.9:5099"
        assert bye.all("Route") == ("<sip:b;lr>", "<sip:a;lr>")
        assert parameter(bye.get("To"), "tag") == "remote"
        assert bye.cseq == (leg.invite.cseq[0] + 1, "BYE")

    def test_called_side_answers_under_its_own_tag(self) -> None:
        """
        The same tag in each answer and in each request, theirs where it was.
        """
        invite = Leg.outgoing(identity(), "sip:600@127.0.0.1:5080", PEER, b"sdp").invite
        leg = Leg.incoming(replace(identity(), user="agent"), invite, PEER)
        tag = parameter(leg.local, "tag")
        answer, bye = leg.respond(invite, 200, b"sdp"), leg.request("BYE")

        assert leg.phase is Phase.OFFERED
        assert parameter(answer.get("To"), "tag") == tag == parameter(bye.get("From"), "tag")
        assert bye.get("To") == invite.get("From")
        assert answer.get("Content-Type") == "application/sdp"

    def test_each_request_has_a_branch_of_its_own(self) -> None:
        """
        RFC 3261, 8.1.1.7: the magic cookie and something new.
        """
        leg = Leg.outgoing(identity(), "sip:600@127.0.0.1:5080", PEER, b"")
        branches = {leg.request(method).branch for method in ("BYE", "INFO", "OPTIONS")}

        assert len(branches) == 3
        assert all(branch.startswith("z9hG4bK") for branch in branches)
