"""What the demo needs of a PBX that is not a lab of ours."""

from __future__ import annotations

import pytest

from asterisk import demo
from asterisk.coordinates import Lab
from ivr_ari.errors import SetupError


def test_an_address_alone_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    One line names every key that is missing and where they are explained, before anything is started.
    """
    monkeypatch.setenv("IVR_PBX", "http://ivr:secret@192.0.2.1:8088/ari")
    monkeypatch.setattr("sys.argv", ["asterisk.demo"])

    with pytest.raises(SystemExit) as ended:
        demo.main()

    said = str(ended.value)
    assert "\n" not in said
    assert "phones.caller, phones.agent, media_first, media_last, web_port" in said
    assert "docs/attach.md" in said
    assert "secret" not in said


def test_keeping_it_needs_a_telephone_for_a_person() -> None:
    """
    With `KEEP=1` a person registers as `softphone`; without, nobody does.
    """
    accounts = {"caller": "one", "agent": "two"}
    lab = Lab("mine", phones=accounts, media_first=12_000, media_last=12_099, web_port=8090)
    demo.require(lab, stay=False)

    with pytest.raises(SetupError) as caught:
        demo.require(lab, stay=True)

    assert caught.value.facts["missing"] == "phones.softphone"
