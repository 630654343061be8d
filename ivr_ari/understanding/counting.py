"""
How many of something: "two adults and three kids", "my wife and i", "a double room", "no children".

A flow says which words count for which of its slots (adults: adult, wife, me); a number in front of such a
word, or an article, says how many. Persons that are named together are added up for each slot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..events import Value
from .words import FILLERS, Words, cardinal, has, listed, phrases
from .written import Spoken, spoken

__all__ = ["ENGLISH", "CountWords", "Counts"]

Number = Callable[[Words, int], tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class CountWords:
    """What a language counts with."""

    one: frozenset[str]
    """Articles and the like in front of a single thing: "a", "my"."""
    none: tuple[tuple[str, ...], ...]
    """What stands in front of things of which there are none."""
    couple: tuple[tuple[str, ...], ...]
    """What means two in front of things: "a couple of"."""
    pairs: frozenset[str]
    """Names of two persons, if a flow counts them: "couple"."""
    links: frozenset[str]
    """Stand between persons that are counted together: "and", "with"."""
    another: frozenset[str]
    """One more of what was counted just before."""
    self: Mapping[str, frozenset[str]]
    """A pronoun that a flow may count, and its other forms; said in passing, it counts nobody."""
    alone_before: frozenset[str]
    alone_behind: frozenset[str]
    """Next to such a pronoun they say that it does count somebody: "just me"."""
    company: frozenset[str]
    """Leads from "i'm coming" to those who come along: "with"."""
    coming: frozenset[str]
    of: frozenset[str]
    """Between a number and a pronoun: "two of us"."""
    no_adjectives: frozenset[str]
    """Words that cannot stand between a number and what it counts."""
    heads: frozenset[str]
    """Behind a counted word they make it say what they are: "room number"."""
    plurals: Callable[[str], Sequence[str]]
    number: Number
    spoken: Callable[[Words], Spoken]


@dataclass(frozen=True, slots=True)
class _Item:
    slot: str
    count: int
    first: int
    end: int
    alone: bool = True
    """Whether it counts by itself, or only together with others."""


@dataclass(frozen=True, slots=True)
class _Noun:
    slot: str
    words: tuple[str, ...]
    plural: bool
    worth: int = 1


MOST_ADJECTIVES = 2
COMPANY_WITHIN = 8
"""Words between "i'm coming" and "with my wife"."""


class Counts:
    """The counted words of a flow's slots; finding keeps nothing."""

    def __init__(self, counts: Mapping[str, Sequence[str]], language: CountWords) -> None:
        """*counts* maps a slot to the words that are counted for it, in the singular."""
        self._language = language
        nouns: list[_Noun] = []
        self._selves: dict[str, str] = {}
        for slot, said in counts.items():
            for phrase in said:
                if forms := language.self.get(phrase):
                    self._selves.update(dict.fromkeys(forms, slot))
                words = listed(phrase.lower())
                worth = 2 if phrase in language.pairs else 1
                nouns.append(_Noun(slot, words, False, worth))
                nouns += [_Noun(slot, (*words[:-1], one), True, worth) for one in language.plurals(words[-1])]
        self._nouns = sorted(nouns, key=lambda noun: -len(noun.words))
        self._begin = {noun.words[0] for noun in nouns} | self._selves.keys()

    def find(self, words: Words) -> tuple[Value, ...]:
        """Return how many of each slot's things *words* name."""
        if self._begin.isdisjoint(words):
            return ()
        said = self._language.spoken(words)
        return tuple(said.led_back(self._found(said.words)))

    def _found(self, words: Words) -> list[Value]:
        chain: list[_Item] = []
        found: list[Value] = []
        for item in self._items(words):
            if chain and not self._joined(words, chain[-1], item):
                found += _summed(chain)
                chain = []
            chain.append(item)
        return [*found, *_summed(chain)]

    def _items(self, words: Words) -> Iterator[_Item]:
        at, last = 0, None
        while at < len(words):
            item = self._item(words, at) or (self._more(words, at, last) if last else None)
            if item:
                yield item
                last = item
            at = item.end if item else at + 1

    def _item(self, words: Words, at: int) -> _Item | None:
        count, begin = self._count(words, at)
        if begin > at:
            of = begin + has(words, begin, *self._language.of)
            noun = self._noun(words, of, 0 if of > begin else MOST_ADJECTIVES)
            article = words[at] in self._language.one and not self._language.number(words, at)
            if noun and not (article and noun[0].plural):
                return _Item(noun[0].slot, count * noun[0].worth, at, noun[1])
            return None
        if has(words, at, *self._selves):
            return _Item(self._selves[words[at]], 1, at, at + 1, self._is_alone(words, at))
        noun = self._noun(words, at, 1 if at == 0 else 0)
        return (
            _Item(noun[0].slot, noun[0].worth, at, noun[1], at == 0) if noun and not noun[0].plural else None
        )

    def _count(self, words: Words, at: int) -> tuple[int, int]:
        """Read how many: a number, "a", "no", "a couple of"; and the index behind it, or *at* if none."""
        language = self._language
        for said, count in ((language.none, 0), (language.couple, 2)):
            for phrase in said:
                if tuple(words[at : at + len(phrase)]) == phrase:
                    return count, at + len(phrase)
        if read := language.number(words, at):
            return read
        if has(words, at, *language.one):
            # "our two kids", "the other room"
            read = language.number(words, at + 1)
            return read or (1, at + 1)
        return 0, at

    def _noun(self, words: Words, at: int, adjectives: int) -> tuple[_Noun, int] | None:
        """Read a counted noun with up to so many *adjectives* in front."""
        for begin in range(at, at + adjectives + 1):
            for noun in self._nouns:
                end = begin + len(noun.words)
                if tuple(words[begin:end]) == noun.words and not has(words, end, *self._language.heads):
                    return noun, self._behind(words, end)
            if begin >= len(words) or words[begin] in self._language.no_adjectives:
                return None
            if self._language.number(words, begin):
                return None
        return None

    def _behind(self, words: Words, at: int) -> int:
        """The index behind further nouns that say the same: "minor child", "adult people"."""
        for noun in self._nouns:
            if tuple(words[at : at + len(noun.words)]) == noun.words:
                return at + len(noun.words)
        return at

    def _is_alone(self, words: Words, at: int) -> bool:
        language = self._language
        return has(words, at - 1, *language.alone_before) or has(words, at + 1, *language.alone_behind)

    def _more(self, words: Words, at: int, last: _Item) -> _Item | None:
        """Read "another" behind a thing: one more of the same."""
        between = words[last.end : at]
        if not has(words, at, *self._language.another) or not between:
            return None
        linked = all(word in self._language.links for word in between)
        return _Item(last.slot, 1, at, at + 1) if linked else None

    def _joined(self, words: Words, before: _Item, item: _Item) -> bool:
        between = words[before.end : item.first]
        if all(word in self._language.links for word in between):
            return True
        # "i'm coming on friday with my wife"
        language = self._language
        coming = not before.alone and len(between) <= COMPANY_WITHIN and between[-1] in language.company
        return coming and any(word in language.coming for word in between)


def _summed(chain: Sequence[_Item]) -> Iterator[Value]:
    """Yield a value for each slot of things that were named together."""
    counted = [item for item in chain if item.alone or len(chain) > 1]
    for slot in dict.fromkeys(item.slot for item in counted):
        items = [item for item in counted if item.slot == slot]
        last = items[0].end
        for item in items[1:]:
            between = [other for other in counted if last <= other.first < item.first and other.slot != slot]
            last = last if between else item.end
        total = sum(item.count for item in items)
        yield Value("number", str(total), items[0].first, last - 1, 0.9, slot=slot)


_IRREGULAR = {
    "child": ("children", "childs"),
    "person": ("people", "persons"),
    "people": ("people",),
    "man": ("men",),
    "woman": ("women",),
    "wife": ("wives",),
    "couple": ("couples",),
}


def _plurals(word: str) -> Sequence[str]:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return (f"{word[:-1]}ies",)
    return (f"{word}es",) if word.endswith(("s", "x", "ch", "sh")) else (f"{word}s",)


def _number(words: Words, at: int) -> tuple[int, int] | None:
    """Read a whole number, also in dozens: "two dozen", "half a dozen"."""
    for said, count in ((("a", "dozen"), 12), (("half", "a", "dozen"), 6)):
        if tuple(words[at : at + len(said)]) == said:
            return count, at + len(said)
    read = cardinal(words, at)
    return (read[0] * 12, read[1] + 1) if read and has(words, read[1], "dozen") else read


ENGLISH = CountWords(
    one=frozenset(listed("a an my our his her your their the one another this that")),
    none=phrases("no | zero | without | without any | not any | no more"),
    couple=phrases("a couple of | couple of | a pair of | both"),
    pairs=frozenset(("couple", "pair", "twins")),
    links=frozenset(listed("and with plus then also -")) | FILLERS,
    another=frozenset(("another",)),
    self={"me": frozenset(listed("me myself i i'm i'll"))},
    alone_before=frozenset(listed("just only by it's")),
    alone_behind=frozenset(listed("only alone")),
    company=frozenset(("with",)),
    coming=frozenset(
        listed(
            "come comes coming travel traveling travelling arrive arriving stay staying going visiting"
            " bringing"
        )
    ),
    of=frozenset(("of",)),
    no_adjectives=frozenset(
        listed(
            "a an the my our his her your their and or for in on at to of from with by until till as is are"
            " was be but if so that this these those which who what when where how i me we you he she it they"
            " us them no not without just only please need want like have has get book stay come will would"
            " can could am pm night nights day days week weeks month months hour hours minute minutes o'clock"
            " year years first second third times"
        )
    ),
    heads=frozenset(listed("number numbers key keys service rate rates")),
    plurals=_plurals,
    number=_number,
    spoken=spoken,
)
