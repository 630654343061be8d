"""Which codec a call's media leg has, and that asking for it costs the caller no time."""

from __future__ import annotations

from typing import cast

import pytest

from ivr_ari.adapters.ari import Ari
from ivr_ari.errors import CallGone, PbxUnavailable
from ivr_ari.leg import answer, codec_for


class Pbx:
    """An Asterisk, and what it was asked in which order."""

    def __init__(self, native: str | Exception, refusal: Exception | None = None) -> None:
        self.native, self.refusal = native, refusal
        self.log: list[str] = []

    async def answer(self, channel: str) -> None:
        self.log.append("answer")
        if self.refusal:
            raise self.refusal

    async def get_variable(self, channel: str, name: str) -> str:
        self.log.append(name)
        if isinstance(self.native, Exception):
            raise self.native
        return self.native


async def leg(pbx: Pbx, *, answered: bool = False, wideband: bool = True) -> str:
    codec = await answer(cast(Ari, pbx), "c1", answered=answered, narrow="alaw", wideband=wideband)
    return codec.format


class TestCodecFor:
    @pytest.mark.parametrize(
        ("native", "codec"),
        [
            ("(g722)", "slin16"),
            ("(slin16|ulaw|alaw)", "slin16"),
            ("(opus)", "slin16"),
            ("(ulaw)", "alaw"),
            ("(ulaw|g722)", "alaw"),
            ("(g729)", "alaw"),
            ("", "alaw"),
        ],
    )
    def test_the_first_format_decides(self, native: str, codec: str) -> None:
        """
        It is the one in use; who could speak wideband but does not is narrowband.
        """
        assert codec_for(native, "alaw").format == codec


class TestAnswer:
    async def test_the_question_is_asked_after_the_answer(self) -> None:
        """
        The caller's telephone does not wait for it.
        """
        pbx = Pbx("(g722)")

        assert await leg(pbx) == "slin16"
        assert pbx.log == ["answer", "CHANNEL(audionativeformat)"]

    async def test_a_call_that_is_answered_is_not_answered_again(self) -> None:
        """
        It came back from a hand-over, or the dialplan took it.
        """
        pbx = Pbx("(g722)")

        assert await leg(pbx, answered=True) == "slin16"
        assert pbx.log == ["CHANNEL(audionativeformat)"]

    async def test_nobody_is_asked_where_wideband_is_not_wanted(self) -> None:
        """
        The setting is obeyed.
        """
        pbx = Pbx("(g722)")

        assert await leg(pbx, wideband=False) == "alaw"
        assert pbx.log == ["answer"]

    @pytest.mark.parametrize("error", [PbxUnavailable("ari.late"), CallGone("ari.gone")])
    async def test_no_answer_to_the_question_is_narrowband(self, error: Exception) -> None:
        """
        The call is worth more than its bandwidth.
        """
        assert await leg(Pbx(error)) == "alaw"

    async def test_a_call_that_can_t_be_answered_is_an_error(self) -> None:
        """
        As without the question.
        """
        with pytest.raises(CallGone):
            await leg(Pbx("(g722)", CallGone("ari.gone")))
