"""What an error says to the person who reads it."""

from ivr_ari.errors import CallGone, PeerError, SetupError


class TestIvrError:
    def test_sentence_is_made_from_code_and_facts(self) -> None:
        """
        The code comes first, the facts follow, so that a log line can be searched for either.
        """
        assert str(CallGone("ari.gone", asked="bridge", status=404)) == "ari.gone asked='bridge' status=404"

    def test_hint_ends_the_sentence(self) -> None:
        """
        What to do stands last and is not printed as a fact.
        """
        error = SetupError("config.port", port=8088, hint="another process has it; set http.port")

        assert str(error) == "config.port port=8088: another process has it; set http.port"

    def test_gone_call_is_a_peers_doing(self) -> None:
        """
        Whoever handles failures of the PBX handles a vanished call too.
        """
        assert issubclass(CallGone, PeerError)
