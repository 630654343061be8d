"""The embedded Redis: real, private, and gone when it is stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from redis import Redis

from asterisk.redis import EmbeddedRedis, find_server
from ivr_ari.errors import SetupError


def socket_of(url: str) -> Path:
    return Path(url.removeprefix("unix://"))


class TestEmbeddedRedis:
    def test_answers_as_soon_as_it_is_started(self) -> None:
        """
        Who enters the block can use the server at once.
        """
        with EmbeddedRedis() as server, Redis.from_url(server.url) as client:
            assert client.ping()

    def test_socket_belongs_to_its_owner_alone(self) -> None:
        """
        Other users of the machine cannot read a caller's state.
        """
        with EmbeddedRedis() as server:
            path = socket_of(server.url)

            assert path.stat().st_mode & 0o077 == 0
            assert path.parent.stat().st_mode & 0o077 == 0

    def test_leaves_neither_process_nor_folder(self) -> None:
        """
        After the block nothing of the server is left.
        """
        with EmbeddedRedis() as server:
            pid, folder = server.pid, socket_of(server.url).parent

        assert not folder.exists()
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

    def test_killed_server_comes_back_with_its_data(self, tmp_path: Path) -> None:
        """
        What was acknowledged and written out is there after a crash.
        """
        with EmbeddedRedis(tmp_path / "data") as server:
            with Redis.from_url(server.url) as client:
                client.config_set("appendfsync", "always")
                client.set("ivr:fence", 7)
            server.kill()
            server.start()

            with Redis.from_url(server.url) as client:
                assert client.get("ivr:fence") == b"7"

    def test_two_run_side_by_side(self) -> None:
        """
        Two labs on one machine do not see each other's data.
        """
        with EmbeddedRedis() as one, EmbeddedRedis() as two:
            with Redis.from_url(one.url) as client:
                client.set("ivr:fence", 1)
            with Redis.from_url(two.url) as client:
                assert client.get("ivr:fence") is None

    def test_paused_server_can_be_stopped(self) -> None:
        """
        A test that froze the server does not have to thaw it.
        """
        with EmbeddedRedis() as server:
            os.kill(server.pid, signal.SIGSTOP)

    def test_broken_data_is_named(self, tmp_path: Path) -> None:
        """
        A server that cannot start says why in one error.
        """
        (tmp_path / "appendonly.aof").write_text("this is no append-only file\r\n")

        with pytest.raises(SetupError) as caught, EmbeddedRedis(tmp_path):
            pass

        assert caught.value.code == "redis.start"
        assert "file format" in str(caught.value.facts["said"])

    def test_no_binary_is_a_setup_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        A machine without Redis is told what to install.
        """
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
        monkeypatch.setenv("PATH", "")

        with pytest.raises(SetupError) as caught:
            find_server()

        assert caught.value.code == "redis.missing"


class TestProgram:
    def test_prints_its_address_and_ends_on_sigterm(self) -> None:
        """
        A shell can start it, read one line, and stop it in order.
        """
        program = subprocess.Popen(
            [sys.executable, "-m", "asterisk.redis"], stdout=subprocess.PIPE, text=True
        )
        assert program.stdout is not None
        url = program.stdout.readline().strip()
        with Redis.from_url(url) as client:
            answered = client.ping()
        program.terminate()
        program.stdout.close()

        assert program.wait() == 0
        assert answered
        assert not socket_of(url).exists()
