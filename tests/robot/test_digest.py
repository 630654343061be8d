"""Answers to challenges, against the examples of the standards."""

import pytest

from ivr_ari.errors import PeerError
from ivr_ari.robot.digest import authorization, challenge_of


class TestAuthorization:
    def test_example_of_rfc_2617(self) -> None:
        """
        Section 3.5: MD5 with quality of protection.
        """
        challenge = challenge_of(
            [
                'Digest realm="testrealm@host.com", qop="auth,auth-int", '
                'nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"'
            ]
        )

        answer = authorization(
            challenge,
            method="GET",
            uri="/dir/index.html",
            user="Mufasa",
            password="Circle Of Life",
            cnonce="0a4f113b",
        )

        assert 'response="6629fae49393a05397450978507c4ef1"' in answer
        assert 'opaque="5ccc069c403ebaf9f0171e9517f40e41"' in answer

    def test_example_of_rfc_7616(self) -> None:
        """
        Section 3.9.1: SHA-256.
        """
        challenge = challenge_of(
            [
                'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, '
                'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"'
            ]
        )

        answer = authorization(
            challenge,
            method="GET",
            uri="/dir/index.html",
            user="Mufasa",
            password="Circle of Life",
            cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
        )

        assert 'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"' in answer

    def test_without_quality_of_protection_the_old_formula_is_used(self) -> None:
        """
        RFC 2069, section 2.4, with its erratum's response.
        """
        challenge = challenge_of(
            ['Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"']
        )

        answer = authorization(
            challenge, method="GET", uri="/dir/index.html", user="Mufasa", password="CircleOfLife", cnonce="x"
        )

        assert 'response="1949323746fe6a43ef61f9606e7febea"' in answer
        assert "nc=" not in answer


class TestChallengeOf:
    def test_first_known_hash_is_taken(self) -> None:
        """
        A server may offer several; an unknown one is passed over.
        """
        lines = ['Digest nonce="1", algorithm=SHA-512-256', 'Digest nonce="2", algorithm=md5']

        assert challenge_of(lines)["nonce"] == "2"

    def test_nothing_usable_is_said_so(self) -> None:
        """
        Basic authentication is none for SIP.
        """
        with pytest.raises(PeerError) as caught:
            challenge_of(['Basic realm="x"'])

        assert caught.value.code == "sip.auth"
