"""
The language a caller wants to go on in: "in spanish please", "do you speak english", "habla español".
"""

from __future__ import annotations

from collections.abc import Mapping

from ..events import Value
from .words import FILLERS, Words, listed, phrases

__all__ = ["find_languages"]

NAMES: Mapping[str, str] = {
    **dict.fromkeys(listed("english inglés ingles inglese anglais englisch"), "en"),
    **dict.fromkeys(
        listed("spanish español espanol espanyol espaniol espagnol castellano castilian spagnolo"), "es"
    ),
    **dict.fromkeys(listed("french français francais francés frances"), "fr"),
    **dict.fromkeys(listed("german deutsch alemán aleman"), "de"),
    **dict.fromkeys(listed("italian italiano"), "it"),
    **dict.fromkeys(listed("portuguese português portugues portugués brazilian"), "pt"),
    **dict.fromkeys(listed("catalan català catalán"), "ca"),
    **dict.fromkeys(listed("chinese mandarin cantonese"), "zh"),
    **dict.fromkeys(listed("russian ruso"), "ru"),
    **dict.fromkeys(listed("arabic árabe arabe"), "ar"),
    **dict.fromkeys(listed("polish polaco polski"), "pl"),
    **dict.fromkeys(listed("dutch holandés nederlands"), "nl"),
    "vietnamese": "vi",
    "tagalog": "tl",
    "korean": "ko",
    "japanese": "ja",
    "hindi": "hi",
}
"""Names of languages, in themselves and in those of their neighbours, to ISO 639-1."""

OWN = frozenset(
    listed("español espanol espanyol espaniol castellano français francais deutsch italiano português")
)
"""Names nobody says in English: whoever says them wants that language."""

LEADING = phrases(
    """
switch to | change to | change it to | change the language to | change language to | go to | put it in
continue in | go on in | do this in | do it in | say it in | say that in | talk in | speak in | talk to me in
i prefer | i'd prefer | i would prefer | i want | i'd like | i would like | i need | i only speak | i speak
i just speak | i only understand | we speak | do you speak | do you have | you speak | can you speak
can we speak | could you speak | can i speak | could we speak | i want to speak | i'd like to speak
let's speak | speak | somebody who speaks | someone who speaks | someone that speaks | anybody who speaks
is there someone who speaks | does anyone speak | does anybody speak
does anyone there speak | anyone speak | anyone who speaks
speaks | who speak | habla | hablas | hablan | hablo | puedo hablar en | prefiero | quiero | quiero hablar
en | in | for | can you talk in | can we talk in | press one for | para | language | the language is
do you know | change the language into | the menu in | it in | this in | habla usted
"""
)
"""Right in front of a language's name these ask for it; "into" alone does not."""

SAID_BEFORE = frozenset(
    listed("hello translate word say mean means learn learning teach studying class lessons teacher")
)
"""Words of people who talk about a language."""

CLAUSES = frozenset(listed("i and or but can could would is my thank thanks because if what here there"))
BEHIND = frozenset(listed("please language menu version por favor instead now"))


def find_languages(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the language in *words* that the caller wants to speak.

    Where one is *asked* for, its name is enough, as it is where nothing else is said.
    """
    alone = {
        word for word in words if word not in FILLERS and word not in BEHIND and word not in ("yes", "no")
    }
    for at, word in enumerate(words):
        if word not in NAMES or SAID_BEFORE.intersection(words[:at]):
            continue
        lead = next((len(lead) for lead in LEADING if tuple(words[max(0, at - len(lead)) : at]) == lead), 0)
        led = lead and _ends(words, at)
        if asked or alone == {word} or word in OWN or led:
            return (Value("language", NAMES[word], at - lead, at, 0.9),)
    return ()


def _ends(words: Words, at: int) -> bool:
    """Whether the name ends the clause: not "in spanish fly", "for english muffins"."""
    rest = [word for word in words[at + 1 :] if word not in FILLERS]
    return not rest or rest[0] in BEHIND | CLAUSES
