"""A call by a robot, dialled from the shell."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from typer.testing import Result

from ivr_ari.robot.clips import Clips
from ivr_ari.robot.phone import Phone

from .shell import LAB_MODEL, ROOT, WRONG_SETUP, call

CALLERS = ROOT / "tests" / "data" / "callers"

SCRIPT = """\
name: hours
voice: am_adam
rules:
  - name: question
    hear: what are your opening hours
    keys: "12#"
  - name: answer
    after: question
    hear: what are your opening hours
    say: what are your opening hours
  - name: end
    after: answer
    silence_ms: 1000
    hangup: true
"""


class TestRobot:
    @pytest.fixture
    def script(self, tmp_path: Path) -> Path:
        path = tmp_path / "hours.yaml"
        path.write_text(SCRIPT)
        return path

    @pytest.mark.parametrize("server", ["", ":5060", "pbx:sip", "pbx:70000"])
    def test_server_that_is_none(self, script: Path, server: str) -> None:
        """
        Told before a model is loaded.
        """
        done = dial(script, server)

        assert done.exit_code == WRONG_SETUP
        assert done.stderr == f"robot.server server='{server}': HOST or HOST:PORT\n"

    def test_script_with_mistakes(self, script: Path) -> None:
        """
        What is wrong with which rule.
        """
        script.write_text("rules:\n  - hear: hello\n    sing: la la la\n")

        done = dial(script, "pbx")

        assert done.exit_code == WRONG_SETUP
        assert "rules.0.sing" in done.stderr

    def test_sentence_that_nobody_can_say(self, script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Neither recorded nor a program to speak it: found before the call, not in it.
        """
        monkeypatch.setenv("PATH", "")
        script.write_text(SCRIPT.replace("say: what", "say: pray tell me what"))

        done = dial(script, "pbx")

        assert done.exit_code == WRONG_SETUP
        assert "pray tell me what are your opening hours" in done.stderr

    @pytest.mark.model
    @pytest.mark.parametrize(
        ("extra", "status"), [("", 0), ("  - {name: never, hear: zebra, finish: true}\n", 1)]
    )
    async def test_conversation(self, script: Path, tmp_path: Path, extra: str, status: int) -> None:
        """
        It hears, presses, speaks and hangs up by its script; rules that were never used are an error.
        """
        add(script, extra)
        wav = tmp_path / "heard.wav"
        sentence = Clips.load(CALLERS).find("what are your opening hours")
        async with Phone("bob", bind=("127.0.0.1", 0)) as bob:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "ivr_ari", "robot", "dial", f"sip:bob@127.0.0.1:{bob.address[1]}"),
                *("--script", script, "--server", f"127.0.0.1:{bob.address[1]}", "--user", "robot"),
                *("--model", LAB_MODEL, "--clips", CALLERS, "--wav", wav),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                cwd=ROOT,
            )
            call = await bob.incoming()
            await call.answer()
            await call.say(sentence).over.wait()
            await call.heard(lambda: call.ear.keys == "12#")
            await call.say(sentence).over.wait()
            ended = await call.ended()
            out, err = await process.communicate()

        lines = [" ".join(line.split()) for line in out.decode().splitlines()]
        assert ended.cause == "they"
        assert lines[0].startswith("answered after ")
        assert [line for line in lines if line.startswith(("said", "keyed", "hung"))] == [
            "keyed 3 keys",
            "said what are your opening hours",
            "hung up by we",
        ]
        assert any(line.endswith("heard what are your opening hours") and "ms" in line for line in lines)
        assert lines[-1].startswith("ended: hangup; 1 answers: median ")
        assert ("never used: never" in err.decode()) is bool(status)
        assert process.returncode == status
        assert wav.stat().st_size > 16_000


def dial(script: Path, server: str) -> Result:
    words = ("--script", script, "--server", server, "--user", "robot", "--model", "vosk-lab-en")
    return call("robot", "dial", "600", *words)


def add(script: Path, rules: str) -> None:
    script.write_text(script.read_text() + rules)
