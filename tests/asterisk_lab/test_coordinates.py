"""Where a PBX is: the file, the environment, and no password on a screen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asterisk.coordinates import Lab
from ivr_ari.errors import SetupError


def code(caught: pytest.ExceptionInfo[SetupError]) -> str:
    return caught.value.code


class TestFile:
    def test_round_trip(self, tmp_path: Path) -> None:
        """What is saved is what is read, for the owner's eyes only."""
        lab = Lab("a", folder=str(tmp_path), ari_password="secret", phones={"caller": "x"}, rtp_first=10_000)

        path = lab.save()

        assert Lab.read(path) == lab
        assert path.stat().st_mode & 0o777 == 0o600

    def test_no_such_lab(self, tmp_path: Path) -> None:
        """The one line says how to bring one up."""
        with pytest.raises(SetupError) as caught:
            Lab.read(tmp_path / "lab.json")

        assert code(caught) == "lab.unknown"
        assert "asterisk.lab up" in str(caught.value)

    @pytest.mark.parametrize("text", ["{", "[]", '{"ari_ulr": "x"}'])
    def test_a_file_that_is_none(self, tmp_path: Path, text: str) -> None:
        """Broken JSON, another type and a mistyped key are told, not ignored."""
        (tmp_path / "mine.json").write_text(text)

        with pytest.raises(SetupError) as caught:
            Lab.read(tmp_path / "mine.json")

        assert code(caught) == "lab.unreadable"

    def test_repr_has_no_password(self) -> None:
        """A lab in a traceback or a log line gives nothing away."""
        lab = Lab("a", ari_password="one", ami_password="two", phones={"caller": "three"})

        assert not {"one", "two", "three"} & set(repr(lab).replace("'", " ").split())


class TestEnvironment:
    def test_not_set(self) -> None:
        """Without IVR_PBX there is no PBX of the user's."""
        assert Lab.from_env({}) is None

    def test_address(self) -> None:
        """An ARI address with user and password is enough."""
        lab = Lab.from_env({"IVR_PBX": "https://ivr:secret@pbx.example:8089/ari/"})

        assert lab is not None
        assert (lab.ari_url, lab.ari_user, lab.ari_password) == (
            "https://pbx.example:8089/ari",
            "ivr",
            "secret",
        )
        assert lab.external
        assert lab.pid == 0

    def test_address_without_password(self) -> None:
        """The one line shows the form, and repeats nothing."""
        with pytest.raises(SetupError) as caught:
            Lab.from_env({"IVR_PBX": "http://pbx.example:8088/ari"})

        assert code(caught) == "lab.pbx-address"

    def test_file(self, tmp_path: Path) -> None:
        """A file gives what differs from the defaults; its name is the PBX's."""
        (tmp_path / "office.json").write_text(
            json.dumps({"sip_host": "192.0.2.7", "phones": {"caller": "x"}})
        )

        lab = Lab.from_env({"IVR_PBX": str(tmp_path / "office.json")})

        assert lab is not None
        assert (lab.name, lab.sip_host, lab.external) == ("office", "192.0.2.7", True)
