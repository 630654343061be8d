"""The fixed prompts of a folder of flows, as an admin asks after them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ivr_ari.models import cache_folder
from ivr_ari.prompts.cache import PromptCache, prompt_key
from ivr_ari.prompts.joining import sentences_of
from ivr_ari.prompts.script import script

from ..sounds.studio_files import delivered
from .shell import FLOWS, WRONG_SETUP, call

NAME = "joe-0123"


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    """A folder with a flow of four prompts and one that only says a greeting, and a cache with a voice."""
    folder = tmp_path / "flows"
    folder.mkdir()
    shutil.copy(FLOWS / "qa-echo.yaml", folder)
    voice = cache_folder() / "voices" / NAME
    voice.mkdir(parents=True)
    about = {"name": NAME, "rate_hz": 22050, "espeak_voice": "en-us"}
    (voice / "voice.json").write_text(json.dumps(about))
    return folder


def speak(text: str) -> None:
    kept = PromptCache(cache_folder() / "prompts" / NAME)
    for sentence in sentences_of(script((text,))):
        kept.put(prompt_key(NAME, sentence), {8000: b"\1\2" * 800, 16000: b"\1\2" * 1600})


class TestList:
    def test_names_and_texts(self) -> None:
        """
        What a studio has to record and what a dialplan can play: language, name, text.
        """
        done = call("prompts", "list", FLOWS)

        lines = [line.split("\t") for line in done.stdout.splitlines()]
        assert done.exit_code == 0
        assert ["en", "ivr-ari/bank/greeting", "Welcome to the demo bank."] in lines
        assert {len(line) for line in lines} == {3}


class TestStatus:
    def test_what_is_missing(self, flows: Path) -> None:
        """
        File and line, name and text, and the command that makes it.
        """
        done = call("prompts", "status", flows)

        assert done.exit_code == 1
        assert done.stdout.splitlines() == [
            f"en: 0 of 1 prompt ready, by {NAME}",
            f"{flows}/qa-echo.yaml:5: missing: en qa-echo/greeting: Echo test. Please speak.",
            f"make them: ivr-ari prompts render {flows}",
        ]

    def test_nothing_is_missing(self, flows: Path) -> None:
        """
        One line, and exit status 0 for a script.
        """
        speak("Echo test. Please speak.")
        done = call("prompts", "status", flows)

        assert (done.exit_code, done.stdout) == (0, f"en: 1 of 1 prompt ready, by {NAME}\n")

    def test_files_for_asterisk(self, flows: Path, tmp_path: Path) -> None:
        """
        What is missing there is missing too; once it was written, nothing is.
        """
        speak("Echo test. Please speak.")
        sounds = tmp_path / "sounds"
        missing = call("prompts", "status", flows, "--sounds", sounds)
        assert f"missing in {sounds}: en qa-echo/greeting" in missing.stdout
        assert f"make them: ivr-ari prompts render {flows} --sounds {sounds}" in missing.stdout

        assert call("prompts", "render", flows, "--sounds", sounds).exit_code == 0

        assert (sounds / "en" / "ivr-ari" / "qa-echo" / "greeting.ulaw").stat().st_size > 800
        assert call("prompts", "status", flows, "--sounds", sounds).exit_code == 0

    def test_a_long_list_is_cut(self, flows: Path) -> None:
        """
        The first ten will do, unless all are asked for.
        """
        few = call("prompts", "status", FLOWS)
        every = call("prompts", "status", FLOWS, "--all")

        assert "more (--all lists them)" in few.stdout
        assert len(every.stdout.splitlines()) > 500

    def test_languages_without_a_voice_are_left_out(self, flows: Path) -> None:
        """
        They are no fault of the prompts', but they are told, with what would change it.
        """
        done = call("prompts", "status", FLOWS)

        assert "prompts left out: no voice: set voice.languages.es, or give --voice es=NAME" in done.stdout
        assert ": missing: es " not in done.stdout

    def test_no_voice_yet(self, flows: Path) -> None:
        """
        Without any voice the line says how to get one.
        """
        shutil.rmtree(cache_folder() / "voices")
        for command in ("status", "render"):
            done = call("prompts", command, flows)

            assert done.exit_code == 1
            assert "ivr-ari voices import" in done.stdout

    def test_flows_that_are_wrong(self, flows: Path) -> None:
        """
        A mistake in a flow is told as everywhere.
        """
        (flows / "qa-echo.yaml").write_text("flow: qa-echo\n")
        done = call("prompts", "status", flows)

        assert done.exit_code == WRONG_SETUP
        assert f"{flows}/qa-echo.yaml:1:" in done.stderr


class TestRecordings:
    def test_one_that_nobody_has_checked(self, flows: Path) -> None:
        """
        Without a recogniser it is not used, and what can be done is said; a person may decide.
        """
        path = delivered(flows / "recordings" / "en" / "qa-echo" / "greeting.wav")
        done = call("prompts", "check", flows)
        assert done.exit_code == 1
        assert done.stdout.startswith(f"{path}: not used: no recogniser checked it")
        assert f"ivr-ari prompts check {flows} --accept qa-echo/greeting" in done.stdout

        accepted = call("prompts", "check", flows, "--accept", "qa-echo/greeting")
        assert accepted.exit_code == 0
        assert "1 prompt spoken by them, 0 not used" in accepted.stdout
        assert call("prompts", "check", flows).exit_code == 0

    def test_it_takes_the_voices_place(self, flows: Path) -> None:
        """
        Once it is rendered the prompt is ready without the voice.
        """
        delivered(flows / "recordings" / "en" / "qa-echo" / "greeting.wav")
        done = call("prompts", "render", flows, "--accept", "qa-echo/greeting")

        assert done.exit_code == 0
        assert f"en: 1 prompt by {NAME}, 1 recorded; 0 sentences made" in done.stdout
        status = call("prompts", "status", flows)
        assert status.stdout == f"en: 1 of 1 prompt ready, by {NAME}, 1 recorded\n"

    def test_the_text_has_changed_since(self, flows: Path) -> None:
        """
        Both texts and both places, and what to do.
        """
        path = delivered(flows / "recordings" / "en" / "qa-echo" / "greeting.wav")
        call("prompts", "check", flows, "--accept", "qa-echo/greeting")
        flow = flows / "qa-echo.yaml"
        flow.write_text(flow.read_text().replace("Please speak.", "Say something."))
        done = call("prompts", "status", flows)

        assert done.exit_code == 1
        assert f"{path}: stale: it says 'echo test please speak', the prompt now says" in done.stdout
        assert f"({flow}:5); record it anew" in done.stdout

    def test_one_flow_of_many(self, flows: Path) -> None:
        """
        Asked for a single flow, the recordings of others are passed over; the next command is one that works.
        """
        shutil.copy(FLOWS / "qa-latency.yaml", flows)
        for flow in ("qa-latency", "qa-echo"):
            delivered(flows / "recordings" / "en" / flow / "greeting.wav")
        one = flows / "qa-echo.yaml"
        done = call("prompts", "status", one, "--voice", "joe")

        call("prompts", "check", flows, "--accept", "qa-latency/greeting")
        call("prompts", "check", one, "--accept", "qa-echo/greeting")
        assert call("prompts", "check", flows).exit_code == 0

        accept = f"ivr-ari prompts check {one}"
        assert "qa-latency" not in done.stdout
        assert f"new, its words were not checked yet: {accept}\n" in done.stdout

    def test_one_that_was_taken_away(self, flows: Path) -> None:
        """
        Nothing is remembered of it; the voice speaks again.
        """
        echo = delivered(flows / "recordings" / "en" / "qa-echo" / "greeting.wav")
        shutil.copy(FLOWS / "qa-latency.yaml", flows)
        delivered(flows / "recordings" / "en" / "qa-latency" / "greeting.wav")
        both = ("--accept", "qa-echo/greeting", "--accept", "qa-latency/greeting")
        call("prompts", "check", flows, *both)
        notes = flows / "recordings" / "en" / "checked.json"
        assert "qa-echo/greeting" in notes.read_text()
        echo.unlink()
        call("prompts", "check", flows)

        assert "qa-echo/greeting" not in notes.read_text()
        assert "qa-latency/greeting" in notes.read_text()

    def test_notes_that_cannot_be_written(self, flows: Path) -> None:
        """
        It is told and no more: the recording is used.
        """
        delivered(flows / "recordings" / "en" / "qa-echo" / "greeting.wav")
        notes = flows / "recordings" / "en" / "checked.json"
        notes.mkdir()
        done = call("prompts", "check", flows, "--accept", "qa-echo/greeting")

        assert done.exit_code == 0
        assert f"{notes}: Is a directory: the recordings will have to be heard again" in done.stdout

    def test_a_name_that_is_none(self, flows: Path) -> None:
        """
        The nearest name is offered; so is one that was misspelt on the command line.
        """
        path = delivered(flows / "recordings" / "en" / "qa-echo" / "greting.wav")
        done = call("prompts", "check", flows, "--accept", "qa-echo/greting")

        assert done.exit_code == 1
        assert f"{path}: not used: qa-echo/greting is no prompt" in done.stdout
        assert "did you mean qa-echo/greeting?" in done.stdout
        assert "--accept qa-echo/greting: there is no such recording" in done.stdout
