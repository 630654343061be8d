"""Which rule of a script applies to what is heard."""

from pathlib import Path

import pytest

from ivr_ari.errors import SetupError
from ivr_ari.robot.script import (
    GiveUp,
    Playing,
    PromptHeard,
    Quiet,
    Rule,
    Script,
    State,
    decide,
    load_script,
    share,
    unused,
)

BANK = """
name: a refund
voice: am_adam
patience_ms: 5000
rules:
  - name: opening
    hear: [how can i help, what can i do]
    say: I need a refund
  - name: account
    hear: account number
    keys: "44192065#"
    secret: true
  - barge_in_ms: 800
    after: opening
    say: what are your opening hours
  - silence_ms: 2000
    say: could you repeat that please
    times: 2
  - match: "(good)?bye$"
    hangup: true
"""


@pytest.fixture
def script(tmp_path: Path) -> Script:
    path = tmp_path / "bank.yaml"
    path.write_text(BANK)
    return load_script(path)


def fold(script: Script, *events: PromptHeard | Playing | Quiet) -> list[str]:
    """Return what each event led to: a title, ``give up`` or nothing."""
    state, done = State(), []
    for event in events:
        state, chosen = decide(script, state, event)
        title = script.title(state.used[-1]) if isinstance(chosen, Rule) else ""
        done.append("give up" if isinstance(chosen, GiveUp) else title)
    return done


class TestDecide:
    def test_first_rule_that_is_heard_applies_once(self, script: Script) -> None:
        """
        A rule used up is passed over, though it is heard again.
        """
        heard = PromptHeard("welcome how can i help you today")

        assert fold(script, heard, heard) == ["opening", ""]

    def test_misheard_words_still_count(self, script: Script) -> None:
        """
        Recognition of a synthetic voice is right in most letters, not in all words.
        """
        assert fold(script, PromptHeard("please say or key your count numbers")) == ["account"]

    def test_prompt_in_pieces_is_one(self, script: Script) -> None:
        """
        What was heard since the last reaction is looked at together.
        """
        assert fold(script, PromptHeard("please tell me your account"), PromptHeard("number")) == [
            "",
            "account",
        ]

    def test_words_from_before_a_reaction_are_forgotten(self, script: Script) -> None:
        """
        A prompt that was answered does not answer the next question.
        """
        events = (PromptHeard("account how can i help"), PromptHeard("number"))

        assert fold(script, *events) == ["opening", ""]

    def test_barge_in_waits_for_its_turn_and_its_time(self, script: Script) -> None:
        """
        Not before the rule it follows, not before the prompt has played for so long.
        """
        events = (Playing(900), PromptHeard("how can i help"), Playing(700), Playing(810))

        assert fold(script, *events) == ["", "opening", "", "rule 3"]

    def test_silence_is_answered_so_often_and_then_given_up(self, script: Script) -> None:
        """
        Two reactions to silence, then patience is over.
        """
        events = (Quiet(1900), Quiet(2000), Quiet(2000), Quiet(4999), Quiet(5000))

        assert fold(script, *events) == ["", "rule 4", "rule 4", "", "give up"]

    def test_expression_is_searched_in_normalised_text(self, script: Script) -> None:
        """
        Patterns see lower-case words without punctuation.
        """
        assert fold(script, PromptHeard("Thank you. Good-bye!")) == ["(good)?bye$"]

    def test_rules_never_used_are_named(self, script: Script) -> None:
        """
        A QA run that skipped a step says which; rules for silence are no steps.
        """
        state, _ = decide(script, State(), PromptHeard("how can i help"))

        assert unused(script, state) == ("account", "rule 3", "(good)?bye$")


class TestShare:
    def test_words_count_by_their_letters(self) -> None:
        """
        A missing "my" weighs less than a missing "balance".
        """
        assert share("my balance", "the balance") > 0.7 > share("my balance", "my valley")

    def test_nothing_heard_matches_nothing(self) -> None:
        """
        Silence is no answer to any phrase.
        """
        assert share("balance", "") == 0


class TestLoadScript:
    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("rules: []", "rules"),
            ("rules: [{say: hello}]", "needs one of hear"),
            ("rules: [{hear: a, match: b}]", "needs one of hear"),
            ("rules: [{hear: a, say: b, keys: '1'}]", "more than one of say"),
            ("rules: [{hear: a, after: nobody}]", "nobody"),
            ("rules: [{match: '('}]", "regular expression"),
            ("rules: [{hear: a, speak: b}]", "speak"),
            ("rules: [", "YAML"),
            ("", "script"),
        ],
    )
    def test_mistake_is_told_in_words(self, tmp_path: Path, text: str, says: str) -> None:
        """
        The hint names what is wrong.
        """
        path = tmp_path / "wrong.yaml"
        path.write_text(text)

        with pytest.raises(SetupError) as caught:
            load_script(path)

        assert caught.value.code == "robot.script"
        assert says in str(caught.value.facts["hint"])

    def test_missing_file_is_told_too(self, tmp_path: Path) -> None:
        """
        With its path.
        """
        with pytest.raises(SetupError) as caught:
            load_script(tmp_path / "none.yaml")

        assert str(tmp_path) in str(caught.value.facts["path"])
