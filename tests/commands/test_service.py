"""What the service says instead of starting, and what else there is to ask of a set-up."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dialogue.small import SMALL

from .shell import LAB_MODEL, WRONG_SETUP, call, refused

SETTINGS = """\
lab: {lab}
ari: {{password: s3cret}}
speech: {{model: {model}}}
flows: {{folder: {flows}, default: small, targets: [agent, sales]}}
http: {{port: {port}}}
backends: {{shop: {{url: http://127.0.0.1:1}}}}
"""


@pytest.fixture
def config(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a configuration that is right but for what is given."""

    def write(*, lab: str = "true", model: Path = tmp_path, flows: Path | None = None, port: int = 0) -> Path:
        if flows is None:
            flows = tmp_path / "right"
            flows.mkdir(exist_ok=True)
            (flows / "small.yaml").write_text(SMALL)
        path = tmp_path / "ivr-ari.yaml"
        path.write_text(SETTINGS.format(lab=lab, model=model, flows=flows, port=port))
        return path

    return write


def like_a_model(folder: Path) -> Path:
    """Make a folder that looks like a Vosk model as long as nobody loads it."""
    for name in ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/phones/word_boundary.int"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("--sample-frequency=8000\n")
    (folder / "graph/HCLG.fst").write_text("graph")
    return folder


class TestRun:
    """Each of these ends the service before it starts, with a line that says what to do."""

    def test_missing_config(self) -> None:
        """
        The file that is not there, and not a list of all the settings that would have been in it.
        """
        assert refused("run", "-c", "nowhere.yaml") == ["nowhere.yaml: No such file or directory"]

    def test_config_that_is_no_yaml(self, tmp_path: Path) -> None:
        """
        The line at which YAML ends.
        """
        path = tmp_path / "ivr-ari.yaml"
        path.write_text("ari:\n  user: ivr\n app: ivr\n")

        (line,) = call("run", "-c", path).stderr.splitlines()

        assert line.startswith(f"{path}:3: not YAML: ")

    def test_all_that_is_wrong_with_the_config(self, tmp_path: Path) -> None:
        """
        Every problem at once, each with its line.
        """
        path = tmp_path / "ivr-ari.yaml"
        path.write_text(
            "lab: true\nari:\n  pasword: x\nhttp: {port: web}\nspeech: {model: .}\nflows: {default: bank}\n"
        )

        lines = call("run", "-c", path).stderr.splitlines()

        assert f"{path}:3: ari.pasword: unknown key, did you mean password?" in lines
        assert f"{path}:2: ari.password: required; set it here or as IVR_ARI_PASSWORD" in lines
        assert any(line.startswith(f"{path}:4: http.port: ") for line in lines)
        assert f"{path}:6: flows.folder: no such folder" in lines
        assert lines[-1] == "config.problems: nothing was started"

    def test_missing_model_folder(self, config: Callable[..., Path], tmp_path: Path) -> None:
        """
        How a model is got stands in the same line.
        """
        path = config(model=tmp_path / "absent")

        assert call("run", "-c", path).stderr.splitlines() == [
            f"{path}:3: speech.model: no such folder; fetch a model with: ivr-ari models fetch"
        ]

    def test_folder_that_is_no_model(self, config: Callable[..., Path], tmp_path: Path) -> None:
        """
        Each file that is missing, and the folder it is missing from.
        """
        lines = refused("run", "-c", config(model=tmp_path))

        assert "am/final.mdl: missing or empty" in lines
        assert lines[-1].startswith(f"models.broken folder='{tmp_path}'")

    def test_lab_model(self, config: Callable[..., Path]) -> None:
        """
        It hears people poorly, so a service takes it only when told that this is a lab.
        """
        (line,) = refused("run", "-c", config(model=LAB_MODEL))

        assert line.startswith("speech.lab-model ")
        assert "ivr-ari models fetch" in line

    def test_no_redis_in_production(self, config: Callable[..., Path]) -> None:
        """
        State that is kept in memory is for labs.
        """
        path = config(lab="false")

        assert call("run", "-c", path).stderr.splitlines() == [
            f"{path}: redis: url: required outside a lab; set it here or as IVR_REDIS_URL"
        ]

    def test_port_taken(self, config: Callable[..., Path], tmp_path: Path) -> None:
        """
        Somebody listens there already; nothing of Asterisk or the models is touched.
        """
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            lines = refused("run", "-c", config(model=like_a_model(tmp_path / "model"), port=port))

        assert len(lines) == 1
        assert lines[0].startswith(f"http.port port={port}: ")
        assert "set http.host and http.port" in lines[0]

    def test_wrong_flow(self, config: Callable[..., Path], tmp_path: Path) -> None:
        """
        A service does not start with half of its flows.
        """
        (tmp_path / "flows").mkdir()
        (tmp_path / "flows" / "small.yaml").write_text(
            SMALL.replace("- say: sorry\n    - leave", "- say: sory\n    - leave")
        )

        lines = refused("run", "-c", config(flows=tmp_path / "flows"))

        assert any("small.yaml:" in line and "sorry" in line for line in lines)

    def test_settings_without_what_a_flow_needs(self, config: Callable[..., Path]) -> None:
        """
        A default flow that is none, a backend without an address: found before a caller finds it.
        """
        path = config()
        path.write_text(
            path.read_text().replace("default: small", "default: smal").replace("shop: {", "bank: {")
        )

        assert refused("run", "-c", path) == [
            "flows.default: no flow has the name smal, did you mean small?",
            "backends.shop: flow small asks it, but it has no url here",
            "config.flows: nothing was started",
        ]

    def test_cache_that_cannot_be_written(self, config: Callable[..., Path], tmp_path: Path) -> None:
        """
        A file where the cache folder should be: the path is named.
        """
        (tmp_path / "cache").write_text("")

        (line,) = refused("run", "-c", config(model=like_a_model(tmp_path / "model")))

        assert line.startswith(str(tmp_path / "cache"))
        assert line.endswith("Not a directory")


class TestConfig:
    def test_secrets_are_masked(self, config: Callable[..., Path]) -> None:
        """
        The settings in force may be pasted into a ticket.
        """
        done = call("config", "-c", config())

        assert done.exit_code == 0
        assert "app: ivr" in done.stdout
        assert "s3cret" not in done.stdout

    def test_robot_password_is_no_setting(
        self, config: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The command line's own variables are not taken for misspelt settings.
        """
        monkeypatch.setenv("IVR_SIP_PASSWORD", "x")
        monkeypatch.setenv("IVR_CONFIG", str(config()))

        assert call("config").exit_code == 0


class TestReplay:
    def test_needs_a_redis(self, config: Callable[..., Path]) -> None:
        """
        A lab without one keeps nothing that could be read back.
        """
        done = call("replay", "ivr-1", "-c", config())

        assert done.exit_code == WRONG_SETUP
        assert done.stderr.startswith("redis.url: there is no Redis")

    def test_redis_that_is_away(self, config: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Waiting may help, so this is no wrong set-up.
        """
        monkeypatch.setenv("IVR_REDIS_URL", "unix:///nowhere/redis.sock")

        done = call("replay", "ivr-1", "-c", config())

        assert done.exit_code == 1
        assert done.stderr.startswith("store.")
        assert len(done.stderr.splitlines()) == 1
