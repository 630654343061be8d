"""What a machine must have for a lab, told in one line each."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

import pytest

from asterisk import chroot, lab
from ivr_ari.errors import SetupError
from tests.pbx.lab import where_possible


def test_an_image_that_is_there_is_used(tmp_path: Path) -> None:
    """Made once: no root, no network, no tool is needed for one that exists."""
    (tmp_path / "pbx-22").mkdir()

    assert chroot.build(tmp_path, "22") == tmp_path / "pbx-22"


def test_half_an_image_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a broken attempt left aside is never taken for an image."""
    (tmp_path / "pbx-22.new").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(SetupError):
        chroot.build(tmp_path, "22")


def test_unknown_version(tmp_path: Path) -> None:
    """A version that nobody tested is refused by name."""
    with pytest.raises(SetupError) as caught:
        chroot.build(tmp_path, "18")

    assert caught.value.code == "lab.version"


def test_not_root(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without root, the command ends with one line that names the way out."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("IVR_CACHE", str(tmp_path))

    assert lab.main(["up"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "IVR_PBX" in said


def test_not_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another distribution is told so."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"ID": "fedora"})

    with pytest.raises(SetupError) as caught:
        chroot.require_root()

    assert caught.value.code == "lab.not-debian"


def test_mirror_is_the_machines_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first repository of this release that is not the security one."""
    told = "http://security.mirror.example/debian-security/\nhttp://mirror.example/debian/\n"
    monkeypatch.delenv("IVR_DEBIAN_MIRROR", raising=False)
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"VERSION_CODENAME": "bookworm"})
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_more: subprocess.CompletedProcess([], 0, told))

    assert chroot.mirror() == "http://mirror.example/debian/"


def test_mirror_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """One can be named."""
    monkeypatch.setenv("IVR_DEBIAN_MIRROR", "http://inside.example/debian")

    assert chroot.mirror() == "http://inside.example/debian"


def test_module_folder(tmp_path: Path) -> None:
    """Distributions differ in where modules lie; the image's own configuration knows."""
    (tmp_path / "etc/asterisk").mkdir(parents=True)
    conf = "[directories](!)\nastetcdir => /etc/asterisk\nastmoddir => /usr/lib/asterisk/modules\n"
    (tmp_path / "etc/asterisk/asterisk.conf").write_text(conf)

    assert chroot.module_folder(tmp_path) == "/usr/lib/asterisk/modules"


@pytest.mark.parametrize("code", ["lab.not-root", "lab.not-debian", "lab.no-mounts"])
def test_no_lab_here_skips(code: str) -> None:
    """A machine that can have no lab skips the tests that need one."""
    with pytest.raises(pytest.skip.Exception), where_possible():
        raise SetupError(code)


@pytest.mark.parametrize("code", ["lab.no-answer", "lab.debootstrap-failed", "stage.service"])
def test_a_lab_that_fails_is_a_failure(code: str) -> None:
    """Tests that found no PBX where there should be one must not look passed."""
    with pytest.raises(SetupError), where_possible():
        raise SetupError(code)
