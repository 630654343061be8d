"""What is read from a SIP datagram, what is refused, and what is written."""

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.errors import PeerError
from ivr_ari.robot.sip import Request, Response, address_of, parameter, parse, uri_of, values_of

INVITE = (
    b"INVITE sip:600@127.0.0.1:5060 SIP/2.0\r\n"
    b"v: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bKone\r\n"
    b"Max-Forwards: 70\r\n"
    b'f: "Robot, QA" <sip:robot@127.0.0.1>;tag=a1\r\n'
    b"t: <sip:600@127.0.0.1:5060>\r\n"
    b"i: call-1\r\n"
    b"CSeq: 7 INVITE\r\n"
    b"Subject: folded\r\n over two lines\r\n"
    b"l: 4\r\n\r\nbody"
)


class TestParse:
    def test_request_is_read_with_short_names_and_folded_lines(self) -> None:
        """
        RFC 3261, 7.3: both are old ways of writing the same.
        """
        message = parse(INVITE)

        assert isinstance(message, Request)
        assert (message.method, message.uri, message.body) == ("INVITE", "sip:600@127.0.0.1:5060", b"body")
        assert (message.call_id, message.cseq, message.branch) == ("call-1", (7, "INVITE"), "z9hG4bKone")
        assert message.get("subject") == "folded over two lines"

    def test_response_is_read(self) -> None:
        """
        Also one without words for its status.
        """
        message = parse(INVITE.replace(b"INVITE sip:600@127.0.0.1:5060 SIP/2.0", b"SIP/2.0 486"))

        assert isinstance(message, Response)
        assert (message.status, message.reason) == (486, "")

    def test_what_was_parsed_is_serialized_to_the_same(self) -> None:
        """
        Parsing what we write gives what we meant, length included.
        """
        message = parse(INVITE)

        assert parse(message.serialize()) == message

    def test_body_ends_where_its_length_says(self) -> None:
        """
        A datagram may carry rubbish after the message.
        """
        assert parse(INVITE + b"rubbish").body == b"body"

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"SIP/2.0\r\nv:", b"HTTP/1.1\r\nv:"),
            (b"i: call-1\r\n", b""),
            (b"l: 4", b"l: 400"),
            (b"l: 4", b"l: -4"),
            (b"Max-Forwards: 70", b"no colon"),
            (b"CSeq: 7 INVITE", b"CSeq: 7 BYE"),
            (b"CSeq: 7 INVITE", b"CSeq: seven"),
            (b"\r\n\r\nbody", b""),
        ],
    )
    def test_broken_message_is_refused(self, old: bytes, new: bytes) -> None:
        """
        One error, whatever is wrong.
        """
        with pytest.raises(PeerError) as caught:
            parse(INVITE.replace(old, new))

        assert caught.value.code == "sip.malformed"

    @given(st.binary(max_size=200), st.integers(0, len(INVITE)))
    def test_any_bytes_give_a_message_or_our_error(self, noise: bytes, at: int) -> None:
        """
        Nothing else comes out of the parser, whatever is put into a message.
        """
        try:
            parse(INVITE[:at] + noise + INVITE[at:])
        except PeerError as error:
            code = error.code
        else:
            code = "sip.malformed"

        assert code == "sip.malformed"


class TestPieces:
    def test_parameter_of_a_header_is_not_one_of_its_uri(self) -> None:
        """
        What stands inside the angle brackets belongs to the address.
        """
        assert parameter("<sip:a@b;tag=inner>;tag=outer", "tag") == "outer"
        assert parameter("<sip:a@b;tag=inner>", "tag") == ""

    @pytest.mark.parametrize(
        ("value", "uri"),
        [('"A" <sip:a@b;lr>;tag=1', "sip:a@b;lr"), ("sip:a@b;tag=1", "sip:a@b")],
    )
    def test_uri_is_found_with_and_without_brackets(self, value: str, uri: str) -> None:
        """
        RFC 3261, 20.10: without brackets, parameters belong to the header.
        """
        assert uri_of(value) == uri

    def test_address_of_a_uri_has_its_port_or_the_usual_one(self) -> None:
        """
        5060 is what a URI without port means.
        """
        assert address_of("sip:bob@127.0.0.1:5071;transport=udp") == ("127.0.0.1", 5071)
        assert address_of("sip:127.0.0.2") == ("127.0.0.2", 5060)
        with pytest.raises(PeerError):
            address_of("tel:+15551234")

    def test_values_are_split_at_commas_between_them_only(self) -> None:
        """
        A comma inside a display name or an address separates nothing.
        """
        line = '"Doe, J" <sip:a@b;x=1,2>;q=1, <sip:c@d>'

        assert values_of((line, "<sip:e@f>")) == ['"Doe, J" <sip:a@b;x=1,2>;q=1', "<sip:c@d>", "<sip:e@f>"]


class TestMessage:
    def test_missing_header_is_empty(self) -> None:
        """
        Asking costs no exception.
        """
        message = cast(Request, parse(INVITE))

        assert message.get("Reason") == ""
        assert message.all("Via") == ("SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bKone",)
