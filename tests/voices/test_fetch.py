"""Coqui's catalogue, and what is said where there is no network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr_ari.errors import SetupError
from ivr_ari.voices.fetch import fetch_voice, found, offers

pytest.importorskip("TTS", reason="the catalogue is part of coqui-tts")


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A proxy at a port where nobody listens: what a blocked network is to a client."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{taken.getsockname()[1]}")
        yield


class TestCatalogue:
    def test_each_has_language_and_licence(self) -> None:
        """
        There are Spanish ones, and one of them may speak for a business.
        """
        spanish = [offer for offer in offers() if offer.language == "es"]

        assert all(offer.licence for offer in offers())
        assert any(offer.free and not offer.vocoder for offer in spanish)

    @pytest.mark.parametrize("name", ["es/css10/vits", "tts_models/es/css10/vits", " es/css10/vits "])
    def test_a_model_is_found_by_its_name(self, name: str) -> None:
        """
        With Coqui's prefix or without.
        """
        assert found(name).name == "es/css10/vits"

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("es/css10/vit", "did you mean es/css10/vits"),
            ("xtts_v2", "multilingual/multi-dataset/xtts_v2"),
            ("qqq", "ivr-ari voices list --offered"),
            ("tts_models/spa/fairseq/vits", "CC BY-NC"),
        ],
    )
    def test_a_model_that_is_not_there(self, name: str, hint: str) -> None:
        """
        The hint goes on from what was meant.
        """
        with pytest.raises(SetupError, match=hint) as caught:
            found(name)

        assert caught.value.code == "voice.unknown"


class TestFetch:
    @pytest.mark.parametrize("name", ["multilingual/multi-dataset/xtts_v2", "en/jenny/jenny"])
    def test_a_licence_that_forbids_is_agreed_to_first(self, tmp_path: Path, name: str) -> None:
        """
        Before anything is fetched.
        """
        with pytest.raises(SetupError, match="--accept-licence") as caught:
            fetch_voice(name, tmp_path)

        assert caught.value.code == "voice.licence"

    @pytest.mark.usefixtures("nowhere")
    def test_without_a_network_the_way_round_is_told(self, tmp_path: Path) -> None:
        """
        A line that names the other ways, and nothing is left behind.
        """
        with pytest.raises(SetupError, match="ivr-ari voices import FILE") as caught:
            fetch_voice("es/css10/vits", tmp_path)

        assert caught.value.code == "voice.fetch"
        assert list(tmp_path.rglob("*")) == []
