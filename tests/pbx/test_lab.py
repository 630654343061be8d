"""The lab PBX itself: it comes, it answers, it goes, and nothing of it stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from asterisk import process
from asterisk.coordinates import labs_folder
from asterisk.lab import Lab, command, down, labs, running, up
from asterisk.ready import ari, sip_answers, wait_until
from ivr_ari.errors import PbxUnavailable, PeerError, SetupError
from ivr_ari.robot.phone import Phone

from .lab import call_records, census

pytestmark = pytest.mark.pbx


@pytest.fixture
def second(own_lab: Lab) -> Iterator[Lab]:
    """Another lab beside the session's own."""
    with running(f"second-{os.getpid()}", own_lab.pbx) as lab:
        yield lab


def mounts(lab: Lab) -> int:
    return Path("/proc/self/mountinfo").read_text().count(lab.image)


class TestUp:
    def test_it_answers(self, lab: Lab) -> None:
        """ARI lets us in; SIP answers."""
        assert ari(lab, "/asterisk/info")["system"]["version"]
        assert lab.external or sip_answers(lab.sip_host, lab.sip_port)

    def test_a_wrong_password_is_refused(self, own_lab: Lab) -> None:
        """The generated password is really asked for."""
        with pytest.raises(PbxUnavailable) as caught:
            ari(replace(own_lab, ari_password="wrong"), "/asterisk/info")

        assert caught.value.facts["status"] == 401

    def test_coordinates_are_the_owners_only(self, own_lab: Lab) -> None:
        """lab.json holds passwords, so nobody else may read it."""
        path = Path(own_lab.folder, "lab.json")

        assert path.stat().st_mode & 0o077 == 0
        assert Lab.load(own_lab.name) == own_lab

    def test_a_name_that_is_up_gives_the_same_lab(self, own_lab: Lab) -> None:
        """Bringing a lab up twice starts nothing."""
        assert up(own_lab.name, own_lab.pbx) == own_lab

    def test_nothing_is_wrong_in_its_log(self, own_lab: Lab) -> None:
        """The configuration as rendered, the project's dialplan included, gives no error."""
        # Until it is ready: later lines tell of clients that other tests have taken away.
        starting, _, _ = own_lab.messages.read_text().partition("Asterisk Ready.")
        wrong = [line for line in starting.splitlines() if "] ERROR[" in line]

        # Modules that Asterisk 16 has not.
        assert [line for line in wrong if "cannot open shared object file" not in line] == []

    def test_two_labs_side_by_side(self, own_lab: Lab, second: Lab) -> None:
        """They share the image and no port."""
        assert second.image == own_lab.image
        assert {own_lab.name, second.name} <= labs().keys()
        assert ari(own_lab, "/channels") == ari(second, "/channels") == []
        assert not {own_lab.sip_port, own_lab.ami_port, own_lab.rtp_first} & {
            second.sip_port,
            second.ami_port,
            second.rtp_first,
        }

    def test_the_image_is_read_only(self, own_lab: Lab) -> None:
        """An instance writes into its own folder only."""
        touch = process.console(own_lab.pid)[:6] + ["/bin/touch", "/etc/asterisk/x"]

        assert "Read-only file system" in subprocess.run(touch, capture_output=True, text=True).stderr

    async def test_a_softphone_registers_elsewhere(self, own_lab: Lab) -> None:
        """--bind gives a person's telephone an address of its own; its calls work."""
        with running(f"bound-{os.getpid()}", own_lab.pbx, bind="127.0.0.2") as lab:
            server = (lab.softphone_host, lab.softphone_port)
            assert server[0] == "127.0.0.2"
            async with Phone("softphone", lab.phones["softphone"], server, bind=("127.0.0.2", 0)) as phone:
                await phone.register()
                call = await phone.dial("9905")
                await call.first_audio_after(0.0, quiet_ms=0)
                await call.hangup()

    async def test_a_telephone_needs_its_password(self, own_lab: Lab) -> None:
        """Nobody registers as the agent with a wrong password."""
        async with Phone("agent", "wrong", (own_lab.sip_host, own_lab.sip_port)) as phone:
            with pytest.raises(PeerError) as caught:
                await phone.register()

        assert caught.value.code == "sip.register"


class TestDown:
    def test_nothing_stays(self, own_lab: Lab) -> None:
        """Neither process, nor mount, nor folder, nor port of a lab stays."""
        with running(f"short-{os.getpid()}", own_lab.pbx) as lab:
            assert census(lab)["processes"] == 1

        assert not process.alive(lab.pid, lab.born)
        assert mounts(lab) == 0
        assert not Path(lab.folder).exists()
        assert not sip_answers(lab.sip_host, lab.sip_port)

    def test_twice_is_harmless(self, second: Lab) -> None:
        """A lab that is down already is left alone."""
        down(second)
        down(second)

    def test_killed_asterisk_leaves_no_mount(self, second: Lab) -> None:
        """kill -9 ends the mounts with the process, and the name can be used again."""
        os.kill(second.pid, signal.SIGKILL)
        wait_until(lambda: not process.alive(second.pid, second.born), 10)

        assert mounts(second) == 0
        again = up(second.name, second.pbx, tied=True)
        down(again)
        assert again.pid != second.pid

    def test_a_tied_lab_ends_with_its_maker(self, own_lab: Lab) -> None:
        """A test run that is killed leaves no Asterisk behind."""
        name = f"tied-{os.getpid()}"
        lines = ["import os", "from asterisk.lab import up", f"up({name!r}, {own_lab.pbx!r}, tied=True)"]
        code = "; ".join([*lines, "os.kill(os.getpid(), 9)"])

        subprocess.run([sys.executable, "-c", code], check=False)

        lab = Lab.read(labs_folder() / name / "lab.json")
        assert wait_until(lambda: not process.alive(lab.pid, lab.born), 10)
        down(lab)

    def test_somebody_elses_pbx_is_not_stopped(self) -> None:
        """down() refuses what is not ours."""
        with pytest.raises(SetupError):
            down(Lab("theirs"))


class TestAriOff:
    def test_callers_get_the_menu(self, second: Lab) -> None:
        """With Asterisk's HTTP server switched off, calls go to the old menu at once."""
        http = Path(second.folder, "etc", "http.conf")
        http.write_text("[general]\nenabled = no\n")
        command(second, "module reload http")
        with pytest.raises(PbxUnavailable):
            ari(second, "/channels")

        command(second, "channel originate Local/600@from-phones application Wait 0.1")

        assert wait_until(lambda: bool(call_records(second, "unavailable")), 10)
