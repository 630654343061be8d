"""The manifest, the folder that is served, and a fetch from a server on this machine."""

from __future__ import annotations

import json
import shutil
import socket
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ivr_ari import models
from ivr_ari.download import download
from ivr_ari.errors import SetupError
from ivr_ari.models import LAB_MODEL, MODELS, Model, check, fetch, find_model, is_lab_model, serving_folder

FILES = [*models.NEEDED, "graph/HCLr.fst", "graph/Gr.fst"]


def quiet(_what: str, _share: float) -> None:
    return


@dataclass
class Maker:
    """A web server with one file; it may break the line after some bytes, once."""

    body: bytes
    etag: str = '"one"'
    breaks_after: int | None = None
    asked: list[str | None] = field(default_factory=list)
    url: str = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        wanted = handler.headers.get("Range")
        self.asked.append(wanted)
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        if wanted and handler.headers.get("If-Range") != self.etag:
            start = 0
        handler.send_response(206 if start else 200)
        handler.send_header("Content-Length", str(len(self.body) - start))
        handler.send_header("ETag", self.etag)
        handler.end_headers()
        stop, self.breaks_after = self.breaks_after, None
        handler.wfile.write(self.body[start:stop])


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[Maker]:
    site = Maker(archive(tmp_path / "site.zip", {f"small/{name}": "x" for name in FILES}))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            if self.path.endswith("gone.zip"):
                self.send_error(404)
                return
            site.answer(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_port}/small.zip"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


def archive(path: Path, members: dict[str, str]) -> bytes:
    with zipfile.ZipFile(path, "w") as target:
        for name, text in members.items():
            target.writestr(name, text)
    return path.read_bytes()


@pytest.fixture
def known(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> Model:
    """A model `small` of the manifest, to be had from the server."""
    model = Model("small", "en", "Apache-2.0", 1, maker.url, "for a test")
    monkeypatch.setitem(MODELS, "small", model)
    return model


def folder_of(path: Path) -> Path:
    """Make a folder that looks like a model."""
    for name in FILES:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text("x")
    (path / "conf/model.conf").write_text(
        "--beam=10.0\n--endpoint.silence-phones=1:2\n--endpoint.rule2.min-trailing-silence=0.5\n"
    )
    return path


class TestFetch:
    def test_it_arrives_whole(self, known: Model, tmp_path: Path) -> None:
        """The folder is complete, the archive is gone, its SHA-256 is written down."""
        shares: list[float] = []

        folder = fetch("small", tmp_path, lambda _what, share: shares.append(share))

        assert check(folder) == []
        assert shares[-1] == 1.0
        assert sorted(path.name for path in folder.parent.iterdir()) == ["pins.json", "small", "small.lock"]
        assert list(json.loads((folder.parent / "pins.json").read_text())) == ["small"]

    def test_a_second_fetch_asks_nobody(self, known: Model, maker: Maker, tmp_path: Path) -> None:
        """What is here is not fetched again."""
        assert fetch("small", tmp_path) == fetch("small", tmp_path)
        assert len(maker.asked) == 1

    def test_it_goes_on_after_a_broken_line(self, known: Model, maker: Maker, tmp_path: Path) -> None:
        """Only what is missing is asked for the second time."""
        maker.breaks_after = 100
        with pytest.raises(SetupError) as caught:
            fetch("small", tmp_path)

        folder = fetch("small", tmp_path)

        assert caught.value.code == "download.broken"
        assert maker.asked == [None, "bytes=100-"]
        assert check(folder) == []

    def test_a_renewed_file_is_begun_anew(self, known: Model, maker: Maker, tmp_path: Path) -> None:
        """The head of an old file is never joined to the tail of a new one."""
        maker.breaks_after = 100
        with pytest.raises(SetupError):
            fetch("small", tmp_path)
        maker.etag = '"two"'
        maker.body = archive(tmp_path / "two.zip", {f"small/{name}": "yy" for name in FILES})

        folder = fetch("small", tmp_path)

        assert (folder / "am/final.mdl").read_text() == "yy"

    def test_another_file_of_the_same_name_is_noticed(
        self, known: Model, maker: Maker, tmp_path: Path
    ) -> None:
        """The first fetch pins the archive; a later one that differs is refused."""
        shutil.rmtree(fetch("small", tmp_path))
        maker.body = archive(tmp_path / "two.zip", {f"small/{name}": "yy" for name in FILES})

        with pytest.raises(SetupError) as caught:
            fetch("small", tmp_path)

        assert caught.value.code == "models.changed"
        assert not (tmp_path / "models/small.zip").exists()

    def test_a_known_digest_is_checked(
        self, known: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A SHA-256 in the manifest decides, even at the first fetch."""
        monkeypatch.setitem(MODELS, "small", replace(known, sha256="0" * 64))

        with pytest.raises(SetupError) as caught:
            fetch("small", tmp_path)

        assert caught.value.code == "models.changed"

    def test_an_incomplete_model_is_not_kept(self, known: Model, maker: Maker, tmp_path: Path) -> None:
        """A folder that Vosk could not open never appears."""
        maker.body = archive(tmp_path / "two.zip", {"small/am/final.mdl": "x"})

        with pytest.raises(SetupError) as caught:
            fetch("small", tmp_path)

        assert caught.value.code == "models.broken"
        assert not (tmp_path / "models/small").exists()

    def test_unknown_name(self, tmp_path: Path) -> None:
        """A name that nobody knows gives the names that are known."""
        with pytest.raises(SetupError) as caught:
            fetch("vosk-model-klingon", tmp_path)

        assert "vosk-model-small-en-us-0.15" in str(caught.value)


class TestDownload:
    def test_a_moved_file(self, maker: Maker, tmp_path: Path) -> None:
        """404 is one line with the address."""
        with pytest.raises(SetupError) as caught:
            download(maker.url.replace("small", "gone"), tmp_path / "gone.zip", quiet)

        assert (caught.value.code, caught.value.facts["status"]) == ("download.refused", 404)

    def test_a_network_that_swallows_everything(self, tmp_path: Path) -> None:
        """A server that accepts and never answers is given up after the deadline."""
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/small.zip"
            with pytest.raises(SetupError) as caught:
                download(url, tmp_path / "small.zip", quiet, answer_s=0.05)

        assert caught.value.code == "download.unreachable"
        assert "fetch it elsewhere" in str(caught.value)

    def test_nobody_there(self, tmp_path: Path) -> None:
        """A refused connection is told at once, and leaves nothing."""
        with socket.create_server(("127.0.0.1", 0)) as closed:
            url = f"http://127.0.0.1:{closed.getsockname()[1]}/small.zip"

        with pytest.raises(SetupError) as caught:
            download(url, tmp_path / "small.zip", quiet)

        assert caught.value.code == "download.unreachable"
        assert list(tmp_path.iterdir()) == []


class TestCheck:
    def test_whole(self, tmp_path: Path) -> None:
        """A folder with what Vosk opens has no problem."""
        assert check(folder_of(tmp_path)) == []

    @pytest.mark.parametrize("name", FILES)
    def test_each_file_is_missed(self, tmp_path: Path, name: str) -> None:
        """Every file that Vosk needs is looked for, and an empty one is none."""
        (folder_of(tmp_path) / name).write_text("")

        assert len(check(tmp_path)) == 1

    def test_speaker_adaptation_needs_all_of_its_files(self, tmp_path: Path) -> None:
        """A model with an i-vector extractor needs that one whole."""
        (folder_of(tmp_path) / "ivector").mkdir()

        assert len(check(tmp_path)) == len(models.EXTRACTOR)

    def test_the_lab_model_is_the_measured_one(self) -> None:
        """Figures can be reproduced only on the very files they were measured with."""
        assert check(find_model(LAB_MODEL)) == []

    def test_a_changed_lab_model_is_noticed(self, tmp_path: Path) -> None:
        """One changed word list is a problem, by name."""
        folder = tmp_path / LAB_MODEL
        shutil.copytree(find_model(LAB_MODEL), folder)
        (folder / "graph/words.txt").write_text("hello 1\n")

        assert check(folder) == ["graph/words.txt: not the file that the figures were measured with"]


class TestLabModel:
    def test_known_under_any_name(self, tmp_path: Path) -> None:
        """Renamed or linked, the lab's model is still the lab's model."""
        (tmp_path / "production").symlink_to(find_model(LAB_MODEL))

        assert is_lab_model(tmp_path / "production")
        assert is_lab_model(serving_folder(tmp_path / "production", tmp_path))

    def test_others_are_not(self, tmp_path: Path) -> None:
        """Neither another model nor an empty folder."""
        assert not is_lab_model(folder_of(tmp_path / "other"))
        assert not is_lab_model(tmp_path)


class TestServingFolder:
    def test_vosk_never_ends_an_utterance(self, tmp_path: Path) -> None:
        """The model's own endpoint rules are replaced, all else stays."""
        served = serving_folder(folder_of(tmp_path / "model"), tmp_path / "cache")

        lines = (served / "conf/model.conf").read_text().splitlines()
        assert lines[:2] == ["--beam=10.0", "--endpoint.silence-phones=1:2"]
        assert [line for line in lines if "rule2" in line] == ["--endpoint.rule2.min-trailing-silence=100000"]
        assert check(served) == []

    def test_made_once(self, tmp_path: Path) -> None:
        """The same model gives the same folder; a changed configuration another one."""
        model = folder_of(tmp_path / "model")
        first = serving_folder(model, tmp_path / "cache")

        assert serving_folder(model, tmp_path / "cache") == first
        (model / "conf/model.conf").write_text("--beam=13.0\n")
        assert serving_folder(model, tmp_path / "cache") != first

    def test_a_broken_model_is_not_served(self, tmp_path: Path) -> None:
        """The one line names what is missing."""
        (folder_of(tmp_path / "model") / "am/final.mdl").unlink()

        with pytest.raises(SetupError) as caught:
            serving_folder(tmp_path / "model", tmp_path / "cache")

        assert caught.value.facts["problems"] == ["am/final.mdl: missing or empty"]

    @pytest.mark.model
    def test_silence_does_not_end_it(self, tmp_path: Path) -> None:
        """Vosk itself: six seconds of silence end an utterance of the model, but not of the served one."""
        import vosk

        vosk.SetLogLevel(-1)
        model = find_model(LAB_MODEL)

        ended = []
        for folder in (model, serving_folder(model, tmp_path)):
            recognizer = vosk.KaldiRecognizer(vosk.Model(str(folder)), 8000)
            ended.append(any(recognizer.AcceptWaveform(bytes(3200)) for _ in range(30)))

        assert ended == [True, False]


def test_overview_tells_what_is_here(tmp_path: Path) -> None:
    """Each known model has a line: where it is, or where from."""
    lines = models.overview(tmp_path)

    assert len(lines) == len(MODELS)
    assert [("here:" in line, line.split()[0]) for line in lines if "here:" in line] == [(True, LAB_MODEL)]
    assert all("Apache-2.0" in line for line in lines)
