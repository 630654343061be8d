"""Prompts as files: Asterisk plays them from the dialplan, from AGI and from ARI, whatever becomes of us."""

from __future__ import annotations

import asyncio
import secrets
import wave
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from asterisk.demo import lay_out
from asterisk.lab import Lab
from asterisk.stage import MODEL, ROOT, Stage
from ivr_ari.dialogue.fixed import FixedPrompt, fixed_prompts
from ivr_ari.language.load import load_flow
from ivr_ari.robot.phone import Phone
from ivr_ari.sounds.catalogue import Sound
from ivr_ari.sounds.checking import LIMIT
from ivr_ari.sounds.files import SoundFiles
from ivr_ari.sounds.hearing import Ear
from ivr_ari.sounds.transcript import compared, words_of

from .lab import Application, eventually, leaves_nothing_behind
from .staging import play

pytestmark = pytest.mark.pbx

PITCHES_HZ = {"en": 500, "es": 1000}
WIDE_HZ = 5000
"""Heard only by who gets the file at 16 kHz."""

WIDEBAND = ("slin16", "g722")
SECONDS = 1.5


def tones(rate_hz: int, *pitches_hz: int) -> bytes:
    moments = np.arange(int(SECONDS * rate_hz)) / rate_hz
    waves = [4000 * np.sin(2 * np.pi * pitch * moments) for pitch in pitches_hz]
    return bytes(np.sum(waves, axis=0).astype("<i2").tobytes())


@pytest.fixture(scope="module")
def sounds(lab: Lab) -> Iterator[Path]:
    """Prompt ``greeting`` of the bank in two languages, each another tone."""
    if lab.external:
        pytest.skip("needs a sounds folder to write to; IVR_PBX names another PBX")
    files = SoundFiles.read(lab.sounds)
    written = []
    for language, pitch in PITCHES_HZ.items():
        sound = Sound("bank", FixedPrompt("greeting", "greeting", ("Hello.",), language), "bank.yaml:1")
        files.write(sound, language, {8000: tones(8000, pitch), 16000: tones(16000, pitch, WIDE_HZ)})
        written.append((language, sound.name))
    yield lab.sounds
    files.remove(written)


@pytest_asyncio.fixture
async def watch(own_lab: Lab) -> AsyncIterator[Application]:
    with leaves_nothing_behind(own_lab):
        async with Application(own_lab, "test-watch", watch=True) as watching:
            yield watching


async def heard(lab: Lab, watch: Application, formats: str, **variables: str) -> set[int]:
    """Call 641 with a channel of a format and return the tones that were heard, in Hz."""
    file = f"said-{secrets.token_hex(4)}.{'wav16' if formats in WIDEBAND else 'wav'}"
    inherited = {f"__{name}": value for name, value in variables.items()}
    inherited["LAB_RECORDING"] = file.replace(".", ":")
    said = await watch.call("641", inherited, context="lab-record", formats=formats)
    await watch.event("ChannelDestroyed", id=f"{said[:-1]}1")
    path = Path(lab.folder, "spool", "recording", file)
    await eventually(path.is_file)
    with wave.open(str(path)) as recording:
        rate_hz = recording.getframerate()
        pcm = np.frombuffer(recording.readframes(recording.getnframes()), "<i2")
    spectrum = np.abs(np.fft.rfft(pcm * np.hanning(len(pcm))))
    loud = np.fft.rfftfreq(len(pcm), 1 / rate_hz)[spectrum > spectrum.max() / 4]
    return {round(float(pitch) / 100) * 100 for pitch in loud}


class TestDialplan:
    @pytest.mark.parametrize("formats", ["ulaw", "alaw", *WIDEBAND])
    async def test_each_telephone_gets_its_rate(
        self, own_lab: Lab, sounds: Path, watch: Application, formats: str
    ) -> None:
        """A prompt is heard at 8 kHz on a telephone that has no more, at 16 kHz on one that has."""
        tones_hz = await heard(own_lab, watch, formats, LAB_PROMPT="greeting")

        assert tones_hz == {PITCHES_HZ["en"], *([WIDE_HZ] if formats in WIDEBAND else [])}

    @pytest.mark.parametrize("language", ["es", "es_MX", "es-MX"])
    async def test_in_the_language_of_the_call(
        self, own_lab: Lab, sounds: Path, watch: Application, language: str
    ) -> None:
        """IVR_LANG chooses the language, and the channel has its own again afterwards."""
        tones_hz = await heard(own_lab, watch, "ulaw", LAB_PROMPT="greeting", IVR_LANG=language)
        said = await watch.event("ChannelUserevent", eventname="LabSaid")

        assert tones_hz == {PITCHES_HZ["es"]}
        assert said["userevent"]["Status"] == "SUCCESS"
        assert said["userevent"]["Language"] == "en"

    @pytest.mark.parametrize("prompt", ["no-such-prompt", "../../sorry", ""])
    async def test_what_else_where_the_file_is_missing(
        self, own_lab: Lab, sounds: Path, watch: Application, prompt: str
    ) -> None:
        """Without the file, or with a name that is none, the caller hears the second argument."""
        tones_hz = await heard(own_lab, watch, "ulaw", LAB_PROMPT=prompt)
        said = await watch.event("ChannelUserevent", eventname="LabSaid")

        assert not tones_hz & set(PITCHES_HZ.values()) or len(tones_hz) > 2  # a voice, no tone
        assert said["userevent"]["Status"] == "SUCCESS"


async def test_a_program_of_agi_plays_them(own_lab: Lab, sounds: Path, watch: Application) -> None:
    """``STREAM FILE`` knows a prompt by the same name, and plays it to its end."""
    answers: list[str] = []

    async def program(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\n\n")
        writer.write(b'STREAM FILE ivr-ari/bank/greeting ""\n')
        answers.append((await reader.readline()).decode().strip())
        writer.close()

    async with await asyncio.start_server(program, "127.0.0.1", own_lab.agi_port):
        called = await watch.call("642", formats="ulaw")
        await watch.event("ChannelDestroyed", id=called)

    assert answers == [f"200 result=0 endpos={int(SECONDS * 8000)}"]


async def test_ari_plays_them(own_lab: Lab, sounds: Path, watch: Application) -> None:
    """An ARI application plays a prompt by the same name, to its end."""
    async with Application(own_lab, "ivr") as service:
        channel = await watch.call("600")
        await service.event("StasisStart", id=channel)
        await service.ask("POST", f"/channels/{channel}/play/said", media="sound:ivr-ari/bank/greeting")
        finished = await service.event("PlaybackFinished")
        await service.leave(channel, IVR_RESULT="done")

    assert finished["playback"]["state"] == "done"


async def test_the_menu_there_is_without_a_menu(own_lab: Lab, sounds: Path, watch: Application) -> None:
    """``ivr-degraded``: where nobody converses, the flow's own greeting is heard and a person called."""
    called = await watch.call("640")

    for played in ("ivr-ari/bank/greeting", "ivr-ari/bank/bank-does-not-answer", "sorry"):
        await watch.event("ChannelDialplan", id=called, dialplan_app="Playback", dialplan_app_data=played)
    await watch.event("ChannelDialplan", id=called, dialplan_app="Dial")
    await watch.hang_up(called)


@pytest.fixture
def abandoned(theatre: Stage) -> Lab:
    """A PBX that has the prompts of the bank as files, and no service any more."""
    play(theatre)
    lay_out(theatre.lab)
    theatre.stop()
    return theatre.lab


@pytest.mark.timeout(400)
async def test_the_voice_they_know(abandoned: Lab, phone: Phone) -> None:
    """A caller hears greeting, excuse and good-bye as the voice says them, after the service has ended."""
    flow = load_flow(ROOT / "flows" / "bank.yaml")
    texts = {prompt.name: words_of(prompt.parts, "en") for prompt in fixed_prompts(flow)}
    call = await phone.dial("640")
    await call.ended()
    pcm = np.concatenate([sound.pcm for sound in call.ear.sounds])
    heard = [word for word, _, _ in Ear(MODEL, texts.values()).hear(pcm.astype("<i2").tobytes())]

    expected = [*texts["greeting"], *texts["bank-does-not-answer"], *texts["goodbye"]]
    assert compared(expected, heard).share < LIMIT


async def test_apology_of_the_flow(own_lab: Lab, sounds: Path, watch: Application) -> None:
    """Entered by Goto and without a fallback: the prompt that IVR_SORRY names is the apology."""
    called = await watch.call("693", {"__IVR_SORRY": "greeting"})

    played = "ivr-ari/bank/greeting"
    await watch.event("ChannelDialplan", id=called, dialplan_app="Playback", dialplan_app_data=played)
    gone = await watch.event("ChannelDestroyed", id=called)
    assert gone["cause"] == 38  # Q.850: network out of order
    told = [event for event in watch.heard if event["type"] == "ChannelDialplan"]
    assert "sorry" not in [event["dialplan_app_data"] for event in told]
