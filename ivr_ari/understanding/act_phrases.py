"""
How people put what they do, in English: the tables behind `acts`.

Patterns are regular expressions over lower-case words joined by blanks; they match whole words.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..events import Act
from .words import listed

__all__ = [
    "ALONE",
    "ANYWHERE",
    "CHANGES",
    "CORRECTIONS",
    "CORRECTION_MARKS",
    "GREETING",
    "POLITE",
    "UNFINISHED",
    "UNFINISHED_PAIRS",
    "WEAK_YES",
    "WHOLE",
]

_BODY = (
    r"(?:person|people|somebody|someone|human being|human|agent|representative|rep|operator|advisor|adviser"
    r"|manager|supervisor|assistant|employee|teller|banker|receptionist|specialist|associate)"
)
_SOME = (
    r"(?:(?:a|an|the|some|your|one of your|any|another) )?(?:(?:real|live|actual|human|customer service) )*"
)
_BAD = (
    r"(?:ridiculous|terrible|awful|useless|unacceptable|frustrating|stupid|annoying|a joke|outrageous"
    r"|crazy|nonsense)"
)
_VERY = r"(?:really |so |just |completely |absolutely |very )*"
_WHILE = r"(?:a|one) (?:moment|minute|min|second|sec)"
_CARE = r"customer (?:service|support|care)"

ANYWHERE: Mapping[Act, tuple[str, ...]] = {
    "person": (
        rf"(?:talk|speak|chat|talking|speaking|spoke) (?:to|with) {_SOME}{_BODY}",
        rf"(?:get|give|find|connect|transfer|put|pass) me (?:through |over )*(?:to |with )?{_SOME}{_BODY}",
        rf"(?:need|want|prefer|like) {_SOME}(?:person|somebody|someone|human|agent|representative|operator)",
        r"(?:real|live|actual) (?:person|human|agent)|human being",
        rf"(?:talk|speak|transfer me|connect me|put me through) (?:to|with) {_CARE}",
    ),
    "repeat": (
        r"repeat (?:that|it|this|the question|what you said|yourself)(?: again| once more| one more time)?",
        r"say (?:that|it|this) (?:again|once more|one more time)|say again|come again|one more time",
        r"what (?:did you|was it you) (?:just )?(?:say|said)|what was that|what's that again",
        r"(?:could|can|would) you (?:please )?(?:repeat|say that again)(?: please)?",
        r"(?:didn't|did not|couldn't|could not|can't) (?:quite )?(?:hear|catch|get|understand)"
        r" (?:that|you|what you said)(?! (?:very |too |so |that )?(?:well|good|clearly))",
        r"i beg your pardon|pardon me",
    ),
    "start-over": (
        r"start (?:over|again|all over|from scratch)|begin again|from the (?:beginning|start|top)|main menu",
    ),
    "back": (
        r"undo (?:that|it|this|the last (?:one|step|thing))|take (?:me|us) back",
        r"go back|go to the previous|previous (?:question|step|menu)|(?:one|a) step back",
    ),
    "hold-on": (
        rf"(?:hold on|hang on|bear with me)(?: (?:for )?(?:just )?{_WHILE})?",
        rf"(?:just |wait |give me )+{_WHILE}",
        r"(?:one|a) (?:moment|sec|second) please|let me (?:just )?(?:check|see|find|get|look|grab|think)",
    ),
    "cancel": (
        r"never ?mind|forget (?:it|that|about it)|cancel (?:that|this|it|everything)|don't worry about it",
    ),
    "goodbye": (
        r"good ?bye|bye bye|that(?:'s| is| will be|'ll be) all",
        r"have a (?:nice|good|great) (?:day|one|evening)",
        r"nothing else|nothing more|i'm (?:all )?(?:done|good|set)|that's everything",
    ),
    "thank": (
        r"thank you(?: (?:so|very) much)?|thanks(?: a lot| so much)?|much appreciated",
        r"i appreciate (?:it|that)",
    ),
    "complain": (
        rf"(?:this|that|it|you) (?:is|are) {_VERY}{_BAD}|(?:that's|it's|you're) {_VERY}{_BAD}",
        r"(?:you're|you are) not (?:listening|helping)|i already (?:told you|said that)",
        r"you keep (?:asking|getting|saying|repeating|giving|sending)",
        r"(?:second|third|fourth|fifth|hundredth|tenth) time i(?:'m| am|'ve| have)(?: been)? call(?:ing|ed)",
        r"you (?:don't|do not|never) (?:understand|listen)(?: to)?(?: me)?|waste of (?:my )?time",
        rf"fed up|sick of|tired of|worst (?:service|bank|company)"
        rf"|i'm {_VERY}(?:angry|upset|frustrated|annoyed|unhappy|disappointed|furious)",
    ),
    "help": (
        r"what (?:can|do) i say|what are my options|what can (?:you|i) do(?: here)?|how does this work",
        r"i don't know what to (?:say|do)",
    ),
}
"""Patterns that count wherever they stand."""

ALONE: Mapping[Act, str] = {
    "person": rf"{_SOME}{_BODY}|{_CARE}",
    "repeat": r"what|pardon|repeat|again|excuse me|huh|sorry|say that|sorry what|repeat please",
    "start-over": r"restart|reset|menu|begin",
    "back": r"back|previous|return",
    "hold-on": rf"wait(?: {_WHILE})?|{_WHILE}|moment",
    "cancel": r"cancel|stop|abort|quit|stop it",
    "help": r"help(?: me)?|i need (?:some )?help|can you help(?: me)?|options|no idea|i have no idea"
    r"|i don't know|i'm not sure",
    "goodbye": r"bye|good night|see you|done|(?:no )?that's it|hang up|i'm finished",
    "greet": r"(?:hi|hello|hey)(?: there)?|good (?:morning|afternoon|evening)|(?:is )?any(?:one|body) there",
    "back-channel": r"(?:(?:uh huh|mm hmm|mhm|mm|okay|ok|oh|i see|got it|right|all right|alright)(?: |$))+",
}
"""Patterns that count only if the clause holds nothing else but politeness."""

GREETING = r"(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there)?"
"""Opens a turn that goes on."""

POLITE = frozenset(
    listed(
        "please can could would you i i'd i'll like to want need just a the let me oh okay ok well so and"
        " yes no yeah yep sure actually now for hey hi hello right then sorry have gonna will may but"
    )
)
"""Words that add nothing to an act."""

CORRECTIONS = (
    r"make (?:that|it)|(?:change|switch) (?:that|it|this)(?: to)?|scratch that|correction",
    r"i mean(?:t)?|i said|should(?:'ve| have)? (?:be|been)|not \w+(?= (?:but )?\w+$)|let's (?:say|make it)",
    r"(?:no|sorry|actually|wait) (?:it's|it was)|instead of (?:that|this)|(?:no|hold on) wait|my mistake",
    r"(?:i|we) (?:changed|change) my mind|i (?:misspoke|got that wrong)|that came out wrong|or rather",
)
CHANGES = r"(?:change|correct|fix|update) (?:the|my) (?:\w+ )?\w+ to"
"""Corrects when nothing is asked for; else it is a request ("change my address to")."""

CORRECTION_MARKS = frozenset(listed("actually no sorry wait rather oops"))
"""With a value and no request these words alone correct something: "actually march", "no tuesday"."""

UNFINISHED = frozenset(
    listed(
        "and or but the a an my your is to for from with of at in on by was because so if that's it's i"
        " i'd i'm i'll i've want need between are will the its we they also plus maybe whose"
    )
)
"""Words with which no sentence ends."""

TRANSITIVE = (
    *("make", "know", "have", "get", "send", "change", "transfer", "return", "check", "ask", "find", "see"),
    *("move", "update", "add", "set", "give", "buy", "report", "exchange", "cancel", "book", "schedule"),
)
"""After "to" these want an object: "i'd like to transfer", and then what."""

UNFINISHED_PAIRS = frozenset(
    (
        *(
            ("i'd", "like"),
            ("would", "like"),
            ("i", "can"),
            ("i", "could"),
            ("it", "would"),
            ("how", "about"),
        ),
        *(("tell", "me"), ("send", "me"), ("give", "me"), ("show", "me"), ("you", "have"), ("instead", "of")),
        *(("to", verb) for verb in TRANSITIVE),
    )
)

WEAK_YES = frozenset(
    ("ok", "okay", "alright", "all right", "great", "perfect", "fine", "right", "exactly", "sure")
)
"""In front of something else these are no answer unless one was asked for."""

WHOLE = frozenset(("so i would", "i would", "i will", "i am", "i'd like to", "come in", "go on"))
"""Ends that look unfinished and are not."""
