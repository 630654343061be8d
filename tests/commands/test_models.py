"""Models by name or folder."""

from __future__ import annotations

from pathlib import Path

from .shell import WRONG_SETUP, call


class TestModels:
    def test_list_says_what_is_here(self) -> None:
        """
        The lab's model comes with the project, the others from their maker.
        """
        lines = call("models", "list").stdout.splitlines()

        assert any("vosk-lab-en" in line and "here: " in line for line in lines)
        assert any("vosk-model-small-en-us-0.15" in line and "from http" in line for line in lines)

    def test_check(self, tmp_path: Path) -> None:
        """
        By name or by folder; what is missing is named.
        """
        assert call("models", "check", "vosk-lab-en").exit_code == 0

        done = call("models", "check", tmp_path)

        assert done.exit_code == WRONG_SETUP
        assert f"{tmp_path}: am/final.mdl: missing or empty" in done.stderr

    def test_unknown_name(self) -> None:
        """
        Whoever mistypes a name is told the names there are.
        """
        for word in ("fetch", "check"):
            done = call("models", word, "vosk-model")
            assert done.exit_code == WRONG_SETUP
            assert "vosk-model-small-en-us-0.15" in done.stderr
