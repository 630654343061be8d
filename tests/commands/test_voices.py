"""Voices that are not there; making one is tested in ``tests/test_voices.py``."""

from __future__ import annotations

from pathlib import Path

from .shell import WRONG_SETUP, call


class TestVoices:
    def test_none_yet(self) -> None:
        """
        An empty cache is no error, and the next command is named.
        """
        done = call("voices", "list")

        assert (done.exit_code, done.stdout) == (0, "")
        assert "ivr-ari voices import" in done.stderr

    def test_other_voices_need_their_file(self) -> None:
        """
        Only joe comes out of a package.
        """
        done = call("voices", "import", "jane")

        assert done.exit_code == 2
        assert "--onnx" in done.stderr

    def test_file_that_is_not_there(self, tmp_path: Path) -> None:
        """
        A line, not a traceback.
        """
        done = call("voices", "import", "jane", "--onnx", tmp_path / "jane.onnx")

        assert done.exit_code == WRONG_SETUP
        assert done.stderr.startswith("voice.unreadable ")
