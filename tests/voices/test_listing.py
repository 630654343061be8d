"""Which voices there are."""

from __future__ import annotations

import os
from pathlib import Path

from ivr_ari.prompts.open_voice import EXPORTED
from ivr_ari.prompts.voice_folder import VoiceAbout
from ivr_ari.voices.checks import check_folder
from ivr_ari.voices.listing import engines_here, lines
from ivr_ari.voices.making import file_sums


def made(cache: Path, name: str, *files: str, language: str = "en", licence: str = "") -> Path:
    folder = cache / "voices" / name
    folder.mkdir(parents=True)
    for file in files:
        (folder / file).write_text(file)
    VoiceAbout(name, 22050, "en-us", language=language, licence=licence, files=file_sums(folder)).write(
        folder
    )
    return folder


class TestLines:
    def test_the_last_resort_is_always_there_and_marked(self, tmp_path: Path) -> None:
        """
        An empty cache has one line.
        """
        (line,) = lines(tmp_path)

        assert line.startswith("espeak ")
        assert "last resort" in line

    def test_a_line_says_what_speaks_it_and_whose_licence_it_is_under(self, tmp_path: Path) -> None:
        """
        Streamed by what is here; an unknown licence is said to be unknown.
        """
        made(tmp_path, "kate-1", *EXPORTED, licence="CC0")
        made(tmp_path, "rosa-1", language="es")
        kate, rosa, _ = lines(tmp_path)

        assert "streamed by onnx" in kate
        assert "CC0" in kate
        assert "nothing here speaks it" in rosa
        assert "licence unknown" in rosa
        assert [line.split()[0] for line in lines(tmp_path, "es")] == ["rosa-1", "espeak"]

    def test_a_voice_made_again_replaces_the_older(self, tmp_path: Path) -> None:
        """
        The older one may be removed.
        """
        old = made(tmp_path, "kate-1", *EXPORTED)
        made(tmp_path, "kate-2", *EXPORTED)
        os.utime(old / "voice.json", (1, 1))
        new, older, _ = lines(tmp_path)

        assert new.startswith("kate-2 ")
        assert "replaced by a newer one" in older
        assert "replaced" not in new

    def test_a_folder_that_says_nothing(self, tmp_path: Path) -> None:
        """
        It is listed with what is wrong; the others are listed all the same.
        """
        made(tmp_path, "kate-1", *EXPORTED)
        (made(tmp_path, "dora-1") / "voice.json").write_text("{}")

        assert any(line.startswith("dora-1 ") and "voice.unreadable" in line for line in lines(tmp_path))
        assert len(lines(tmp_path)) == 3


class TestEnginesHere:
    def test_half_an_export_is_none(self, tmp_path: Path) -> None:
        """
        All graphs are needed.
        """
        assert engines_here(made(tmp_path, "kate-1", *EXPORTED[:2])) == []


class TestCheckFolder:
    def test_a_file_that_was_changed_or_lost(self, tmp_path: Path) -> None:
        """
        Each is named.
        """
        folder = made(tmp_path, "kate-1", "notes.txt", "more.txt")
        (folder / "notes.txt").write_text("other")
        (folder / "more.txt").unlink()
        wrong = [finding.text for finding in check_folder(folder) if finding.kind == "wrong"]

        assert "notes.txt: not the file it was made with" in wrong
        assert "more.txt: missing" in wrong
        assert any("nothing here speaks it" in text for text in wrong)

    def test_graphs_that_are_none(self, tmp_path: Path) -> None:
        """
        What onnxruntime refuses is a finding, not a traceback.
        """
        folder = made(tmp_path, "kate-1", *EXPORTED)
        wrong = [finding.text for finding in check_folder(folder) if finding.kind == "wrong"]

        assert len(wrong) == 1
        assert wrong[0].startswith("onnx: voice.unreadable")

    def test_a_folder_that_says_nothing(self, tmp_path: Path) -> None:
        """
        That is all there is to say.
        """
        (finding,) = check_folder(tmp_path)

        assert finding.kind == "wrong"

    def test_a_language_without_words(self, tmp_path: Path) -> None:
        """
        Values could not be said in it.
        """
        folder = made(tmp_path, "hans-1", language="de")

        assert any("can't be said in de" in found.text for found in check_folder(folder))
