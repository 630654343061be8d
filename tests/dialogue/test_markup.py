"""How the text of a prompt is to sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.dialogue.markup import parse_speech, write_speech
from ivr_ari.dialogue.steps import Field, Speech
from ivr_ari.events import Pause, Slotted, Style

STRESSED, USUAL = Style(stress=True), Style()

RIGHT: list[tuple[str, Speech]] = [
    ("Hello.", ("Hello.",)),
    ("It is {price|money}.", ("It is ", Field("price", "money"), ".")),
    ("Press <emphasis>one</emphasis>.", ("Press ", STRESSED, "one", USUAL, ".")),
    ('Hello.<break time="300ms"/> Bye', ("Hello.", Pause(300), " Bye")),
    ("Hello.<break time='0.5s' /> Bye", ("Hello.", Pause(500), " Bye")),
    ("Hello.<break/>", ("Hello.", Pause(300))),
    ('Hello.<break strength="strong"/>', ("Hello.", Pause(600))),
    ('<prosody rate="90%">Slow {x}</prosody>', (Style(90), "Slow ", Field("x"))),
    (
        '<prosody rate="slow">So <emphasis>very</emphasis> slow</prosody>!',
        (Style(80), "So ", Style(80, True), "very", Style(80), " slow", USUAL, "!"),
    ),
    (
        '<say-as interpret-as="digits" format="3-3-4">{account}</say-as>',
        (Field("account", "digits", (3, 3, 4)),),
    ),
    ('<say-as interpret-as="characters">{code}</say-as>', (Field("code", "spell"),)),
    (
        'Call <say-as interpret-as="telephone">555 0100</say-as>.',
        ("Call ", Slotted("555 0100", "phone", fixed=True), "."),
    ),
    ('<sub alias="Saint John">St. J.</sub>', (Slotted("St. J.", said="Saint John", fixed=True),)),
    ('<phoneme ph="təˈmɑː.təʊ">tomato</phoneme>', (Slotted("tomato", said="/təˈmɑːtəʊ/", fixed=True),)),
    ('<phoneme ph="ˈviːvə ˈleɪə">x</phoneme>', (Slotted("x", said="/ˈviːvə/ /ˈleɪə/", fixed=True),)),
    ('A <prosody rate="medium">usual</prosody> word', ("A usual word",)),
    ("less &lt; more, AT&amp;T and R&D, 3 < 5 > 2", ("less < more, AT&T and R&D, 3 < 5 > 2",)),
    ("{account|digits 3-4}", (Field("account", "digits", (3, 4)),)),
]


@pytest.mark.parametrize(("text", "parts"), RIGHT)
def test_tags_become_parts(text: str, parts: Speech) -> None:
    """
    Pauses, styles and readings stand where the tags stood; the rest is text and values.
    """
    assert parse_speech(text) == (parts, [])


@pytest.mark.parametrize("parts", [parts for _, parts in RIGHT])
def test_what_is_written_is_read_again(parts: Speech) -> None:
    """
    `flows diff` shows prompts as they could be written.
    """
    assert parse_speech(write_speech(parts)) == (parts, [])


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("<b>x</b>", "no tag '<b>'; there are break, emphasis"),
        ('<audio src="http://x/"/>', "no tag"),
        ("<speak>x</speak>", "no tag"),
        ("<!-- x -->", "'<!--' begins no tag"),
        ("<break time=300ms/>", "'<break' begins no tag that can be read"),
        ('<break time="300ms">', "should be <break/>"),
        ("<emphasis/>x", "should be <emphasis>...</emphasis>"),
        ("<emphasis>x", "not closed"),
        ("x</emphasis>", "closes nothing"),
        ("<emphasis></emphasis>", "<emphasis> holds nothing"),
        ('<emphasis level="reduced">x</emphasis>', "should be one of none, moderate, strong"),
        ('<break time="3100ms"/>', "from 1ms to 3s"),
        ('<break time="soon"/>', "a time such as 300ms"),
        ('<break time="{pause}"/>', "should be a plain text"),
        ('<prosody pitch="high">x</prosody>', "has no 'pitch'; it has 'rate'"),
        ("<prosody>x</prosody>", "needs 'rate'"),
        ('<prosody rate="20%">x</prosody>', "from 50% to 150%"),
        ('<prosody rate="lento">x</prosody>', "x-slow, slow, medium"),
        ('<say-as interpret-as="roman">x</say-as>', "should be one of characters"),
        ('<say-as interpret-as="date">tomorrow</say-as>', "'tomorrow' is not a day, such as 2027-03-14"),
        ('<say-as interpret-as="money" format="3-4">5</say-as>', "not spoken in groups"),
        ('<say-as interpret-as="digits" format="3-x">5</say-as>', "groups of digits such as 3-3-4"),
        ('<say-as interpret-as="digits">{x|money}</say-as>', "says twice"),
        ('<say-as interpret-as="digits">5<break/></say-as>', "no tag such as '<break/>'"),
        ('<sub alias="x">{y}</sub>', "holds text only"),
        ('<phoneme ph="q#9">x</phoneme>', "no sound of the IPA: # 9"),
        ('<phoneme alphabet="x-sampa" ph="q">x</phoneme>', "sounds are written in 'ipa'"),
        ("{a|digits 0}", "groups of digits such as 3-3-4"),
    ],
)
def test_one_mistake_is_told_once(text: str, mistake: str) -> None:
    """
    With what would be right: whoever wrote it has no other book at hand.
    """
    _, mistakes = parse_speech(text)

    assert len(mistakes) == 1
    assert mistake in mistakes[0]


PIECES = [
    *("<emphasis>", "</emphasis>", '<prosody rate="80%">', "</prosody>", '<break time="30ms"/>', "<break/>"),
    *(
        '<say-as interpret-as="digits" format="3-4">',
        "</say-as>",
        '<sub alias="ab">',
        "</sub>",
        '<phoneme ph="ə">',
    ),
    *(
        "</phoneme>",
        "{x|money}",
        "{y}",
        "{",
        "}",
        "{{",
        "<",
        ">",
        "&lt;",
        "&amp;",
        "&",
        "12",
        "word",
        " ",
        "/",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """
    No text breaks the reader, and what is read without a mistake means the same when it is written again.
    """
    speech, mistakes = parse_speech(text)

    assert mistakes or parse_speech(write_speech(speech)) == (speech, [])
