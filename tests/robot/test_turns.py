"""Where prompts begin and end."""

from ivr_ari.robot.turns import PromptBegan, PromptEnded, Prompts


def feed(prompts: Prompts, *spans: tuple[int, float]) -> list[PromptBegan | PromptEnded]:
    """Feed packets of 20 ms: spans of (packets, dBFS), beginning at 0 s; return what happened."""
    levels = [level for count, level in spans for _ in range(count)]
    news = [prompts.hear(round(0.02 * index, 3), level) for index, level in enumerate(levels)]
    return [item for item in news if item is not None]


class TestPrompts:
    def test_prompt_ends_with_its_last_loud_packet(self) -> None:
        """
        The silence that proves the end is not part of the prompt.
        """
        news = feed(Prompts(pause_ms=700), (10, -90), (50, -20), (50, -90))

        assert news == [PromptBegan(0.2), PromptEnded(0.2, 1.18)]

    def test_short_pauses_do_not_end_a_prompt(self) -> None:
        """
        Sentences of one prompt are one prompt.
        """
        news = feed(Prompts(pause_ms=700), (50, -20), (30, -90), (50, -20), (40, -90))

        assert news == [PromptBegan(0.0), PromptEnded(0.0, 2.58)]

    def test_line_that_stops_sending_ends_a_prompt_too(self) -> None:
        """
        Silence need not be packets; the owner says how late it is.
        """
        prompts = Prompts(pause_ms=700)
        feed(prompts, (50, -20))

        assert prompts.quiet(1.5) is None
        assert prompts.quiet(1.7) == PromptEnded(0.0, 0.98)
        assert prompts.quiet(9.0) is None
