"""
Digits that must not leave memory, and the handles that stand for them everywhere else.

What a caller says or keys in for a sensitive slot is put here; the dialogue, its record, the transcript
and the logs see a `Secret`. Only the adapter that fills in a backend's request opens it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from .errors import CallerError
from .events import Act, Expect, Heard, Meaning, Secret, Sensitivity, Value

SHIELDED_KINDS = frozenset(
    {
        *("digits", "number", "text", "ordinal", "amount", "time", "date", "id", "phone"),
        *("range", "duration", "email", "address"),
    }
)
"""Readings under which the characters of a sensitive answer may turn up."""

NEVER_PLAIN: tuple[Sensitivity, ...] = ("pin", "card")

LONGEST_PLAIN = 4
"""Digit strings longer than this are shielded even where nobody asked for something sensitive."""

COMMANDS: frozenset[Act] = frozenset(
    ("person", "help", "repeat", "cancel", "back", "start-over", "goodbye", "hold-on")
)
"""Acts that show that the words were no answer."""

CARD_LENGTHS = range(13, 20)
"""ISO/IEC 7812: payment cards have at most 19 digits; those in use have 13 or more."""


class Vault:
    """
    The secrets of one call, never written anywhere.

    *checks* tell by slot whether characters are right there: a secret says of which slots they are.
    """

    def __init__(self, checks: Mapping[str, Callable[[str], bool]] | None = None) -> None:
        self._checks = checks or {}
        self._kept: dict[str, str] = {}
        self._never_plain: dict[str, Sensitivity] = {}

    def put(self, characters: str, sensitivity: Sensitivity, name: str = "") -> Secret:
        """Keep *characters* under a handle; the same characters of the same name share one."""
        if sensitivity in NEVER_PLAIN:
            self._never_plain[characters] = sensitivity
        stem = name or sensitivity or "secret"
        for handle, kept in self._kept.items():
            if kept == characters and handle.rpartition("-")[0] == stem:
                return self._secret(handle, characters, sensitivity)
        handle = f"{stem}-{len(self._kept) + 1}"
        self._kept[handle] = characters
        return self._secret(handle, characters, sensitivity)

    def open(self, secret: Secret) -> str:
        """Return the characters; CallerError ``vault.unknown`` after a restart has emptied the vault."""
        try:
            return self._kept[secret.handle]
        except KeyError:
            raise CallerError("vault.unknown", handle=secret.handle) from None

    def holds(self, characters: str) -> Sensitivity:
        """Return how sensitive *characters* are if they are a PIN or a card number kept here."""
        return self._never_plain.get(characters, "")

    @property
    def count(self) -> int:
        """How many secrets there are."""
        return len(self._kept)

    def back_to(self, count: int) -> None:
        """Forget what was put here since there were *count* of them."""
        for handle in tuple(self._kept)[count:]:
            characters = self._kept.pop(handle)
            if characters not in self._kept.values():
                self._never_plain.pop(characters, None)

    def clear(self) -> None:
        self._kept.clear()
        self._never_plain.clear()

    def likeliest(self, slot: str, value: Value) -> str:
        """Return the first reading of *value* that is right in *slot*; its own if none is."""
        readings = [text for text in (value.value, *value.alternatives) if isinstance(text, str)]
        right = self._checks.get(slot)
        return next((text for text in readings if right is None or right(text)), readings[0])

    def _secret(self, handle: str, characters: str, sensitivity: Sensitivity) -> Secret:
        last = characters[-2:] if sensitivity == "pii" and len(characters) > LONGEST_PLAIN else ""
        right_for = tuple(slot for slot, right in self._checks.items() if right(characters))
        return Secret(handle, len(characters), last, right_for)


def shield(
    heard: Heard,
    meaning: Meaning,
    expect: Expect,
    slots: Mapping[str, Sensitivity],
    vault: Vault,
    plain: Collection[str] = (),
) -> tuple[Meaning, str]:
    """
    Return the meaning with its sensitive values in the *vault*, and the words with them masked.

    *slots* gives the sensitivity of the flow's slots by name. Those in *plain* (a date of birth, which has
    to be compared) keep their values unless they are a PIN or a card; only their words are masked. A value
    that names no slot belongs to the one asked for. While a PIN or a card number is asked for no word at all
    is shown unless a command or a request was understood, for a recogniser may well have heard the digits as
    other words.
    """
    masks: dict[int, str] = {}

    def cover(value: Value) -> Value:
        sensitivity, name = _sensitivity(value, expect, slots, vault), value.slot or expect.slot
        answer = expect.confirm and value.kind == "yesno"
        if not sensitivity or answer or isinstance(value.value, Secret):
            return value
        mask = f"({name or sensitivity})"
        if value.kind in SHIELDED_KINDS and (name not in plain or sensitivity in NEVER_PLAIN):
            secret = vault.put(vault.likeliest(name, value), sensitivity, name)
            mask = f"({secret.handle.rpartition('-')[0]}{' …' + secret.last if secret.last else ''})"
            value = replace(value, value=secret, alternatives=())
        masks.update(dict.fromkeys(range(value.first, value.last + 1), mask))
        return value

    covered = Meaning(
        acts=meaning.acts,
        requests=tuple(replace(r, values=tuple(map(cover, r.values))) for r in meaning.requests),
        values=tuple(map(cover, meaning.values)),
    )
    elsewhere = meaning.requests or COMMANDS & set(meaning.acts)
    if expect.sensitive in NEVER_PLAIN and (masks or not elsewhere):
        return covered, f"({expect.slot or expect.sensitive})"
    return covered, _masked(heard, masks)


def withhold(words: str, meaning: Meaning, intents: Mapping[str, Sensitivity]) -> str:
    """Return *words*, or only the kind of what they tell if one of *intents* (an illness) was asked for."""
    told = {intents[request.intent] for request in meaning.requests if request.intent in intents}
    return f"({min(told)})" if told else words


def _sensitivity(value: Value, expect: Expect, slots: Mapping[str, Sensitivity], vault: Vault) -> Sensitivity:
    if value.slot in slots:
        return slots[value.slot]
    if not value.slot and expect.sensitive:
        return expect.sensitive
    text = value.value if isinstance(value.value, str) else ""
    if value.kind == "digits" and slots.get(expect.slot) == "":
        least, most = expect.digits
        if "digits" in expect.kinds and least <= len(text) <= most:
            return ""  # what was asked for, and the flow says that it is no secret
    if value.kind == "digits" and (known := vault.holds(text)):
        return known  # a PIN said once more, into the next question
    if value.kind == "digits" and len(text) > LONGEST_PLAIN:
        return "card" if len(text) in CARD_LENGTHS else "pii"
    return ""


def _masked(heard: Heard, masks: Mapping[int, str]) -> str:
    shown: list[str] = []
    last = ""
    for index, word in enumerate(heard.words):
        mask = masks.get(index, "")
        if not mask or mask != last:
            shown.append(mask or word.text)
        last = mask
    return " ".join(shown)
