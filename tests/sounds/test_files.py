"""Sounds in a folder, as Asterisk wants to find them."""

from __future__ import annotations

import stat
import wave
from pathlib import Path

import numpy as np
import pytest

from ivr_ari.errors import SetupError
from ivr_ari.media.g711 import PCMU
from ivr_ari.sounds.files import SoundFiles

from .some_sounds import sound

NARROW = (1000 * np.sin(np.arange(800))).astype("<i2")
WIDE = (1000 * np.sin(np.arange(1600) / 2)).astype("<i2")
AUDIO = {8000: NARROW.tobytes(), 16000: WIDE.tobytes()}


def read(path: Path) -> tuple[int, bytes]:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return file.getframerate(), file.readframes(file.getnframes())


def test_a_file_for_each_rate(tmp_path: Path) -> None:
    """
    ``Playback(ivr-ari/shop/hello)`` finds linear audio at both rates, and µ-law for G.711 as it goes out.
    """
    SoundFiles(tmp_path).write(sound("hello"), "source", AUDIO)

    folder = tmp_path / "en" / "ivr-ari" / "shop"
    assert read(folder / "hello.wav") == (8000, AUDIO[8000])
    assert read(folder / "hello.wav16") == (16000, AUDIO[16000])
    assert (folder / "hello.ulaw").read_bytes() == PCMU.encode(NARROW)
    assert {path.name for path in folder.iterdir()} == {"hello.wav", "hello.wav16", "hello.ulaw"}


def test_asterisk_may_read_them(tmp_path: Path) -> None:
    """
    It runs as a user of its own.
    """
    files = SoundFiles(tmp_path)
    files.write(sound("hello"), "source", AUDIO)
    files.save()

    for path in tmp_path.glob("*/ivr-ari/**/*"):
        wanted = stat.S_IROTH | (stat.S_IXOTH if path.is_dir() else 0)
        assert path.stat().st_mode & wanted == wanted, path


def test_a_region_is_written_as_asterisk_writes_it(tmp_path: Path) -> None:
    """
    Of ``es_MX`` Asterisk knows that ``es`` will do, of ``es-MX`` it does not.
    """
    SoundFiles(tmp_path).write(sound("hello", language="es-MX"), "source", AUDIO)

    assert (tmp_path / "es_MX" / "ivr-ari" / "shop" / "hello.ulaw").is_file()


def test_what_is_missing_and_what_is_stale(tmp_path: Path) -> None:
    """
    A sound is as it should be if all of its files are there and it was made from what it is made from now.
    """
    files = SoundFiles(tmp_path)
    assert files.state(sound("hello"), "one") == "missing"

    files.write(sound("hello"), "one", AUDIO)
    files.save()
    again = SoundFiles.read(tmp_path)
    assert again.state(sound("hello"), "one") == "there"
    assert again.state(sound("hello"), "other") == "stale"
    assert again.state(sound("hello", language="es"), "one") == "missing"

    (tmp_path / "en" / "ivr-ari" / "shop" / "hello.wav16").unlink()
    assert again.state(sound("hello"), "one") == "missing"


def test_written_but_not_written_down(tmp_path: Path) -> None:
    """
    After an interruption before the end, what was written counts as stale and is written again.
    """
    SoundFiles(tmp_path).write(sound("hello"), "one", AUDIO)

    assert SoundFiles.read(tmp_path).state(sound("hello"), "one") == "stale"


def test_the_same_audio_is_one_file(tmp_path: Path) -> None:
    """
    Prompts of the common parts are in every flow; they take room once, and each can change by itself.
    """
    files = SoundFiles(tmp_path)
    files.write(sound("hello"), "one", AUDIO)
    files.write(sound("hello", flow="bank"), "one", AUDIO)
    shop, bank = (tmp_path / "en" / "ivr-ari" / flow / "hello.wav" for flow in ("shop", "bank"))
    assert shop.samefile(bank)

    files.write(sound("hello"), "two", {8000: AUDIO[8000][:800], 16000: AUDIO[16000]})
    assert (read(shop)[1], read(bank)[1]) == (AUDIO[8000][:800], AUDIO[8000])
    files.write(sound("hello"), "one", AUDIO)
    assert read(shop)[1] == AUDIO[8000]
    assert not list(tmp_path.glob("**/*.draft"))


def test_a_file_that_is_being_played_goes_on(tmp_path: Path) -> None:
    """
    Who has the old file open reads it to its end.
    """
    files = SoundFiles(tmp_path)
    files.write(sound("hello"), "one", AUDIO)
    with (tmp_path / "en" / "ivr-ari" / "shop" / "hello.ulaw").open("rb") as playing:
        files.write(sound("hello"), "two", {8000: AUDIO[8000][:800], 16000: AUDIO[16000]})

        assert len(playing.read()) == len(NARROW)


def test_what_is_left_over_is_removed(tmp_path: Path) -> None:
    """
    What we wrote for a prompt that is gone goes too; a file of somebody else's and another flow's stays.
    """
    files = SoundFiles(tmp_path)
    for name in ("hello", "gone"):
        files.write(sound(name), "one", AUDIO)
    files.write(sound("gone", flow="bank"), "one", AUDIO)
    theirs = tmp_path / "en" / "ivr-ari" / "shop" / "theirs.wav"
    theirs.write_bytes(b"")

    left = files.left_over([sound("hello")])
    files.remove(left)

    assert left == [("en", "shop/gone")]
    assert {path.stem for path in theirs.parent.iterdir()} == {"hello", "theirs"}
    assert (tmp_path / "en" / "ivr-ari" / "bank" / "gone.ulaw").is_file()
    assert files.left_over([sound("hello")]) == []


def test_contents_that_are_none(tmp_path: Path) -> None:
    """
    What to do about a damaged file is said.
    """
    damaged = tmp_path / "en" / "ivr-ari" / "sounds.json"
    damaged.parent.mkdir(parents=True)
    damaged.write_text("[1")

    with pytest.raises(SetupError, match=r"sounds\.unreadable .*remove that file"):
        SoundFiles.read(tmp_path)
