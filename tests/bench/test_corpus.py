"""The corpus of the bench of hearing: enough of everything, and the same each time."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from tests.bench.audio_takes import Scene
from tests.bench.corpus_cases import Case, callers, end_of_speech
from tests.bench.corpus_rooms import CONDITIONS, LEAD_MS, crowd, level, spoken
from tests.bench.corpus_texts import PAUSE_MS, lines, spelled, with_luhn
from tests.bench.corpus_voices import VOICES
from tests.bench.offline import EVERY, jobs

LONG = next(case for case in callers() if case.name == "d001_af_sarah")


class TestTexts:
    def test_at_least_two_hundred_dictations(self) -> None:
        """
        A share of two percent can be told only of many; the recorded callers come on top.
        """
        assert sum(bool(line.pauses_ms) for line in lines()) >= 200

    def test_same_each_time(self) -> None:
        """
        Figures of two runs are of the same sentences.
        """
        assert lines() == lines()

    def test_pauses(self) -> None:
        """
        Between all pieces lies a pause of 300 to 700 ms.
        """
        for line in lines():
            assert len(line.pauses_ms) in (0, len(line.pieces) - 1)
            assert all(PAUSE_MS[0] <= pause <= PAUSE_MS[1] for pause in line.pauses_ms)

    def test_long_numbers(self) -> None:
        """
        Numbers of 8 and of 16 digits are among them.
        """
        asked = [line.slot for line in lines() if line.pauses_ms]

        assert asked.count("account") >= 50
        assert asked.count("card") >= 25

    @pytest.mark.parametrize("digits", ["411111111111111", "7992739871"])
    def test_check_digit(self, digits: str) -> None:
        """
        Card numbers are right by ISO/IEC 7812-1, so that a recogniser's slip can be seen.
        """
        assert with_luhn(digits) in ("4111111111111111", "79927398713")

    def test_doubles(self) -> None:
        """
        A group is said digit by digit, pairs sometimes as "double".
        """

        class Always:
            def random(self) -> float:
                return 0.0

        assert spelled(Always(), "4400") == "double four double oh"  # type: ignore[arg-type]


class TestRooms:
    def test_speech_is_where_it_is_said_to_be(self) -> None:
        """
        Cut-offs are counted against the end of speech, so it must be right to 10 ms.
        """
        take = spoken(LONG, "clean")

        assert take.begins_ms == LEAD_MS
        assert end_of_speech(take.pcm, take.rate_hz) == pytest.approx(take.ends_ms, abs=10)

    @pytest.mark.parametrize("condition", CONDITIONS)
    def test_same_each_time(self, condition: str) -> None:
        """
        Noise, room and losses come from the case's name and nothing else.
        """
        one, other = spoken(LONG, condition), spoken(LONG, condition)

        assert np.array_equal(one.pcm, other.pcm)
        assert one.lost == other.lost

    def test_losses(self) -> None:
        """
        About one packet in fifty is gone, and only where losses are simulated.
        """
        lost = [spoken(case, "loss") for case in callers()[:40]]
        packets = sum(len(take.pcm) // 160 for take in lost)

        assert 0.015 < sum(len(take.lost) for take in lost) / packets < 0.025
        assert not spoken(LONG, "clean").lost

    def test_babble_is_as_loud_as_it_says(self) -> None:
        """
        The crowd has a level of 1, and is put 10 dB below the caller.
        """
        babble = crowd(16_000, 8000, np.random.default_rng(1))
        noisy, clean = spoken(LONG, "babble"), spoken(LONG, "clean")
        before = noisy.pcm[: LEAD_MS * 8].astype(np.float64)
        speech = level(clean.pcm[LEAD_MS * 8 : clean.ends_ms * 8])

        assert np.sqrt((babble * babble).mean()) == pytest.approx(1.0)
        assert 20 * np.log10(speech / np.sqrt((before * before).mean())) == pytest.approx(10, abs=4)


class TestPlan:
    def cases(self) -> list[Case]:
        return [
            Case(f"s{n:03}", Path(f"s{n:03}.flac"), "yes", "joe", Scene("dictation", "tell-agreed", "agreed"))
            for n in range(60)
        ]

    def test_all_on_a_quiet_line(self) -> None:
        """
        The quiet line has every case, the others half of them each.
        """
        planned = [job for job in jobs(self.cases()) if isinstance(job, tuple)]
        counts = {condition: sum(job[1] == condition for job in planned) for condition in CONDITIONS}

        assert counts == {"clean": 60, "babble": 30, "room": 30, "loss": 30, "wide": 30}

    def test_short_form(self) -> None:
        """
        The quick bench holds a part of the calls, in all voices.
        """
        assert len(jobs(self.cases(), quick=True)) == -(-len(jobs(self.cases())) // EVERY)
        assert math.gcd(EVERY, len(VOICES)) == 1

    def test_no_wideband_of_narrowband_recordings(self) -> None:
        """
        Recordings with 8 kHz tell nothing about a wideband leg.
        """
        planned = jobs([*self.cases(), *callers()])

        assert all(
            job[0].name.startswith("s") for job in planned if isinstance(job, tuple) and job[1] == "wide"
        )
