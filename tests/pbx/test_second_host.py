"""PBX and service on two hosts: two network namespaces with a cable between them, nothing else in common."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from asterisk.lab import Lab, running
from ivr_ari.adapters.ari import Ari
from ivr_ari.errors import SetupError
from ivr_ari.robot.phone import Phone

from .lab import leaves_nothing_behind

pytestmark = pytest.mark.pbx

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Cable:
    """Two hosts; *pid* lives in the other one. The addresses are of the range for tests (RFC 2544)."""

    pid: int
    here: str
    there: str

    def over_there(self, *command: str) -> list[str]:
        return ["nsenter", f"--target={self.pid}", "--net", "--", *command]


@pytest.fixture
def cable(own_lab: Lab) -> Iterator[Cable]:
    """The kernel takes the cable away with the last process of the other namespace."""
    number = os.getpid() % 250
    holder = subprocess.Popen(
        ["unshare", "--net", "sh", "-c", "echo there; exec sleep 300"], stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    cable = Cable(holder.pid, f"198.18.{number}.1", f"198.18.{number}.2")
    near, far = f"ivr-a{number}", f"ivr-b{number}"
    peer = ["type", "veth", "peer", "name", far, "netns", str(holder.pid)]
    if subprocess.run(["ip", "link", "add", near, *peer], capture_output=True).returncode:
        holder.kill()
        pytest.skip("this machine gives no veth pair")
    for command in (
        ["ip", "address", "add", f"{cable.here}/30", "dev", near],
        ["ip", "link", "set", near, "up"],
        cable.over_there("ip", "address", "add", f"{cable.there}/30", "dev", far),
        cable.over_there("ip", "link", "set", far, "up"),
    ):
        subprocess.run(command, check=True)
    yield cable
    subprocess.run(["ip", "link", "delete", near], check=False)
    holder.kill()
    holder.communicate()


@pytest.fixture
def serving(own_lab: Lab, cable: Cable) -> Iterator[Lab]:
    """A lab that offers ARI by TLS to the other host."""
    with running(f"serving-{os.getpid()}", own_lab.pbx, serve=cable.here) as lab:
        yield lab


class TestSecondHost:
    async def test_a_call_over_tls_and_rtp(self, serving: Lab, cable: Cable) -> None:
        """The service over there takes the call, and the caller hears what they say come back from there."""
        place = {
            "url": serving.ari_tls_url,
            "user": serving.ari_user,
            "password": serving.ari_password,
            "ca_file": serving.ari_tls_cert,
            "bind": cable.there,
            "low": serving.media_first,
            "high": serving.media_last,
        }
        command = cable.over_there(sys.executable, "-m", "tests.pbx.second_host")
        with leaves_nothing_behind(serving):
            service = await asyncio.create_subprocess_exec(
                *command, cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
            )
            assert service.stdin is not None
            assert service.stdout is not None
            service.stdin.write(json.dumps(place).encode())
            service.stdin.close()
            assert await service.stdout.readline() == b"ready\n"

            server = (serving.sip_host, serving.sip_port)
            async with Phone("caller", serving.phones["caller"], server) as phone:
                call = await phone.dial("600")
                reached = json.loads(await service.stdout.readline())
                tone = np.sin(np.arange(4000) * 2 * np.pi * 440 / 8000) * 8000
                said = call.say(tone.astype(np.int16))
                await said.over.wait()
                assert said.ended_at is not None
                # Half a second of tone: its echo begins before it is over.
                await call.first_audio_after(said.ended_at - 0.5, quiet_ms=0)
                await call.hangup()

            await service.wait()

        assert reached == {"pbx": cable.here}
        assert service.returncode == 0

    async def test_a_certificate_of_somebody_else(self, serving: Lab, cable: Cable) -> None:
        """Without the PBX's own certificate the connection is refused, with one line."""
        ari = Ari(serving.ari_tls_url, serving.ari_user, serving.ari_password, "ivr")

        with pytest.raises(SetupError) as caught:
            async with ari:
                pass

        assert caught.value.code == "ari.certificate"

    def test_nothing_else_is_offered(self, serving: Lab, cable: Cable) -> None:
        """Plain HTTP and AMI stay on loopback: from over there only the TLS port answers."""
        ports = {
            name: reachable(cable, port)
            for name, port in (
                ("https", int(serving.ari_tls_url.rsplit(":", 1)[1].split("/")[0])),
                ("http", int(serving.ari_url.rsplit(":", 1)[1].split("/")[0])),
                ("ami", serving.ami_port),
            )
        }

        assert ports == {"https": True, "http": False, "ami": False}


def reachable(cable: Cable, port: int) -> bool:
    code = f"import socket; socket.create_connection(({cable.here!r}, {port}), 2)"
    return subprocess.run(cable.over_there(sys.executable, "-c", code), capture_output=True).returncode == 0
