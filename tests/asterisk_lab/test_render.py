"""The configuration that a lab starts with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from asterisk.coordinates import Lab
from asterisk.render import CALLER_IDS, DIALPLANS, render

PHONES = dict.fromkeys(CALLER_IDS, "phone-secret")


@pytest.fixture
def image(tmp_path: Path) -> Path:
    (tmp_path / "image/etc/asterisk").mkdir(parents=True)
    (tmp_path / "image/etc/asterisk/indications.conf").write_text("[general]\n")
    data = tmp_path / "image/usr/share/asterisk"
    for folder in ("rest-api", "sounds/en_US_f_Allison/digits"):
        (data / folder).mkdir(parents=True)
    (data / "sounds/en_US_f_Allison/sorry.wav").touch()
    (data / "sounds/en").symlink_to("/etc/alternatives/asterisk-prompt-en")
    return tmp_path / "image"


@pytest.fixture
def lab(tmp_path: Path, image: Path) -> Lab:
    return Lab(
        "a",
        folder=str(tmp_path / "lab"),
        image=str(image),
        sip_port=22_000,
        ari_url="http://127.0.0.1:22001/ari",
        ari_password="ari-secret",
        ami_password="ami-secret",
        ami_port=22_003,
        rtp_first=10_000,
        rtp_last=10_399,
        phones=PHONES,
        softphone_port=22_000,
    )


def etc(lab: Lab, name: str) -> str:
    return Path(lab.folder, "etc", name).read_text()


def rendered(lab: Lab) -> Lab:
    render(lab, "/usr/lib/asterisk/modules")
    return lab


def test_nothing_is_left_to_fill_in(lab: Lab) -> None:
    """Every value of every template is given."""
    rendered(lab)

    for path in Path(lab.folder, "etc").glob("*.conf"):
        assert "@{" not in path.read_text(), path.name


def test_sounds_of_its_own_beside_the_images(lab: Lab) -> None:
    """What the image has is there by links that hold inside it; sounds that are added stay the lab's."""
    rendered(lab)

    data = Path(lab.folder, "data")
    assert (data / "rest-api").readlink() == Path("/usr/share/asterisk/rest-api")
    english = lab.sounds / "en"
    assert {path.name for path in english.iterdir()} == {"sorry.wav", "digits"}
    assert (english / "digits").readlink() == Path("/usr/share/asterisk/sounds/en_US_f_Allison/digits")
    (english / "ivr-ari").mkdir()
    assert not list(Path(lab.image).rglob("ivr-ari"))
    assert "astdatadir => /lab/data" in etc(lab, "asterisk.conf")


def test_the_projects_dialplan_is_the_one_in_use(lab: Lab) -> None:
    """It is included as an administrator would: copied unchanged, one line in extensions.conf."""
    rendered(lab)

    assert etc(lab, "ivr.conf") == (DIALPLANS / "ivr.conf").read_text()
    assert "#include ivr.conf" in etc(lab, "extensions.conf").splitlines()
    assert "Gosub(ivr-entry,s,1)" in etc(lab, "extensions.conf")


def test_passwords_are_the_owners_only(lab: Lab) -> None:
    """A file with a password can't be read by others."""
    rendered(lab)

    for path in Path(lab.folder, "etc").iterdir():
        if "-secret" in path.read_text():
            assert path.stat().st_mode & 0o077 == 0, path.name


def test_servers_listen_on_loopback_only(lab: Lab) -> None:
    """Without being asked to, a lab offers nothing to the network."""
    rendered(lab)

    bound = [
        line
        for name in ("http.conf", "manager.conf", "pjsip.conf")
        for line in etc(lab, name).splitlines()
        if line.startswith(("bind =", "bindaddr =", "tlsbindaddr"))
    ]
    assert len(bound) == 3
    assert all("127.0.0.1" in line for line in bound)


def test_a_softphone_elsewhere_gets_its_own_transport(lab: Lab) -> None:
    """--bind opens one SIP port on that address, for the softphone and its media alone."""
    rendered(replace(lab, softphone_host="192.0.2.5", softphone_port=5060))

    assert "bind = 192.0.2.5:5060" in etc(lab, "pjsip.conf")
    assert etc(lab, "pjsip.conf").count("media_address = 192.0.2.5") == 1


def test_tls(lab: Lab) -> None:
    """--serve adds TLS on that address and keeps plain HTTP on loopback."""
    rendered(replace(lab, ari_tls_url="https://192.0.2.5:22002/ari"))

    assert "tlsbindaddr = 192.0.2.5:22002" in etc(lab, "http.conf").splitlines()
    assert "bindaddr = 127.0.0.1" in etc(lab, "http.conf").splitlines()
