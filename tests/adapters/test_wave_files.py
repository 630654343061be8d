"""WAV files play whatever happens to the disk and the process, and nobody waits for them."""

from __future__ import annotations

import stat
import wave
from pathlib import Path

import pytest

from ivr_ari.adapters.wave_files import WAITING, WaveFile, WaveFiles
from ivr_ari.errors import SetupError

DAY = "2026-03-15"


def read(path: Path) -> tuple[int, bytes]:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return file.getframerate(), file.readframes(file.getnframes())


class Told:
    """What the writer says of the files it has closed."""

    def __init__(self) -> None:
        self.files: list[WaveFile] = []

    def file(self, path: Path, rate_hz: int = 8000) -> WaveFile:
        return WaveFile(path, rate_hz, self.files.append)


def test_pieces_lie_in_their_places(tmp_path: Path) -> None:
    """Gaps are silence, in between and at the end; the file is the service's own."""
    told = Told()
    file = told.file(tmp_path / DAY / "a.wav", 16_000)
    with WaveFiles(tmp_path) as files:
        files.write(file, 0, b"\1\1" * 4)
        files.write(file, 16, b"\2\2" * 2)
        files.close(file, 32)

    assert read(tmp_path / DAY / "a.wav") == (16_000, b"\1\1" * 4 + bytes(8) + b"\2\2" * 2 + bytes(12))
    assert stat.S_IMODE((tmp_path / DAY / "a.wav").stat().st_mode) == 0o600
    assert [(done.size, done.dropped, done.failed, done.trouble) for done in told.files] == [(32, 0, 0, "")]


def test_a_call_that_comes_back_has_files_of_its_own(tmp_path: Path) -> None:
    """What there is, is never written over; a side that said nothing is a file too, so that sides pair up."""
    told = Told()
    with WaveFiles(tmp_path) as files:
        for _ in range(2):
            files.close(told.file(tmp_path / DAY / "a.wav"), 4)

    assert [file.path.name for file in told.files] == ["a.wav", "a-2.wav"]
    assert read(tmp_path / DAY / "a-2.wav") == (8000, bytes(4))


def test_a_file_that_was_never_closed_plays(tmp_path: Path) -> None:
    """A killed process leaves what was written so far, with a head that fits."""
    file = Told().file(tmp_path / "a.wav")
    file.write(0, b"\1\1", 0)
    file.write(2, b"\2\2", 0)

    assert read(tmp_path / "a.wav") == (8000, b"\1\1\2\2")
    file.close(4, 0)


def test_a_full_disk_is_told_once_and_harms_nothing(tmp_path: Path) -> None:
    """No file is begun on a disk that is nearly full; what is lost is counted, and why is known."""
    told = Told()
    file = told.file(tmp_path / DAY / "a.wav")
    with WaveFiles(tmp_path, least_free=1 << 60) as files:
        files.write(file, 0, bytes(320))
        files.write(file, 320, bytes(320))
        files.close(file, 640)

    assert [(done.failed, done.trouble) for done in told.files] == [(640, "too little room left on the disk")]
    assert not (tmp_path / DAY / "a.wav").exists()


def test_a_disk_that_stands_still_is_not_waited_for(tmp_path: Path) -> None:
    """Past a bound, audio is dropped and counted; what the bound still holds is written."""
    told = Told()
    file = told.file(tmp_path / "a.wav")
    files = WaveFiles(tmp_path)  # its thread does not run yet, as if the disk hung
    for number in range(WAITING + 3):
        files.write(file, 2 * number, b"\1\1")
    files.close(file, 2 * (WAITING + 3))

    with files:
        pass

    assert told.files[0].dropped == 6
    assert read(tmp_path / "a.wav")[1] == b"\1\1" * WAITING + bytes(6)


def test_old_days_are_deleted_and_nothing_else(tmp_path: Path) -> None:
    """Of the folder only days, of a day only recordings."""
    for name in ("2026-01-31/a.wav", "2026-02-01/b.wav", "notes/c.wav", "2026-01-30/kept.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    with WaveFiles(tmp_path) as files:
        files.prune("2026-02-01")

    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"2026-02-01/b.wav", "notes/c.wav", "2026-01-30/kept.txt"}
    assert not (tmp_path / "2026-01-31").exists()


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """Found when the service starts, not at the first call."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(SetupError) as caught, WaveFiles(tmp_path / "file" / "folder"):
        pass

    assert caught.value.code == "recording.folder"
