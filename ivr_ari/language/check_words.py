"""What is wrong with translations, opening times, and texts that reach the dialplan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..dialogue.flow import UNDERSTOOD
from ..dialogue.template import fields_of
from .check_tasks import asking
from .document import KEY, Path
from .gather import TRANSLATION
from .lookup import DIALPLAN
from .opening import opening_times
from .source import did_you_mean
from .standard import reached
from .survey import Survey
from .written import TranslationFile

__all__ = ["check_words"]


def check_words(survey: Survey) -> None:
    """Write down every mistake about translations, opening times and texts that reach the dialplan."""
    _check_hours(survey)
    _check_dialplan(survey)
    flow = survey.flow
    for language in (flow.language, *flow.translations):
        if language[:2] not in UNDERSTOOD:
            at: Path = ("translations", language, "[key]") if language != flow.language else ("language",)
            text = f"nobody understands {language!r}: callers in this language are asked by keypad"
            voiced = sorted({slot for _, slot in asking(survey) if _needs_a_voice(survey, slot)})
            only = f"; {', '.join(voiced)} cannot be keyed in" if voiced else ""
            survey.gathered.note(at, text + only)
    for language, words in survey.gathered.translations.items():
        if language == flow.language:
            text = f"the flow is written in {language!r} itself"
            survey.gathered.problem(("translations", language, "[key]"), text)
        _check_translation(survey, language, words)


def _needs_a_voice(survey: Survey, name: str) -> bool:
    slot = survey.flow.slots.get(name)
    kind = survey.type_of(slot) if slot else ""
    return kind in ("text", "name", "id") or (slot is not None and kind == "choice" and not slot.keys.choose)


def _check_hours(survey: Survey) -> None:
    for name, hours in survey.flow.hours.items():
        try:
            ZoneInfo(hours.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            text = f"there is no time zone {hours.zone!r}; one is written like Europe/Madrid"
            survey.gathered.problem(("hours", name, "zone"), text)
        for days, mistake in opening_times(hours.open)[1]:
            survey.gathered.problem(("hours", name, "open", days), f"{days!r} {mistake}")


def _check_dialplan(survey: Survey) -> None:
    """No text may smuggle a dialplan function into what Asterisk evaluates."""
    for kind, text, path in survey.references:
        if kind in ("values", "prompt text", "set value", "expression") and DIALPLAN.search(text):
            found = "${" if "${" in text else "$["
            what = f"{found!r} begins a dialplan function, which a flow cannot use: take it out"
            survey.gathered.problem(path, what)


def _check_translation(survey: Survey, language: str, words: TranslationFile) -> None:
    flow, top = survey.flow, TRANSLATION + language
    declared = survey.gathered.declared
    _check_known(survey, (top, "prompts"), words.prompts.keys(), "prompt", declared("prompts"))
    _check_known(
        survey, (top, "titles"), words.titles.keys(), "task", declared("tasks") | declared("answers")
    )
    _check_known(survey, (top, "intents"), words.intents.keys(), "intent", declared("intents"))
    for field in ("called", "after", "counts"):
        _check_known(survey, (top, field), getattr(words, field).keys(), "slot", declared("slots"))
    _check_known(
        survey, (top, "choices"), words.choices.keys(), "slot or type", declared("slots") | declared("types")
    )
    for name, choices in words.choices.items():
        here = flow.slots[name].choices if name in flow.slots else {}
        there = flow.types[name].choices if name in flow.types else {}
        known = {**there, **here}
        if known:
            _check_known(survey, (top, "choices", name), choices.keys(), "choice", known.keys())
    if survey.gathered.whole:
        _check_missing(survey, language, words)


def _check_known(survey: Survey, path: Path, names: Set[str], kind: str, known: Set[str]) -> None:
    for name in sorted(names - known):
        text = f"the flow has no {kind} {name!r}{did_you_mean(name, known)}"
        survey.gathered.problem((*path, name, "[key]"), text)


def _check_missing(survey: Survey, language: str, words: TranslationFile) -> None:
    """What is not translated is said in the flow's own language; that is worth knowing."""
    said = {text for kind, text, _ in survey.references if kind == "prompt"}
    own = {name for name in survey.flow.prompts if survey.own("prompts", name)}
    needed = own | (said & survey.flow.prompts.keys()) | (set(reached(survey)) & survey.flow.prompts.keys())
    missing: Mapping[str, Set[str]] = {
        "prompts": needed - words.prompts.keys(),
        "titles": survey.begins - words.titles.keys(),
        "choices": set(_with_choices(survey)) - words.choices.keys(),
    }
    for section, names in missing.items():
        if names:
            what = f"{', '.join(sorted(names))} missing in {language!r}: said in {survey.flow.language!r}"
            survey.gathered.note((TRANSLATION + language, section, KEY), f"{section}: {what}")


def _with_choices(survey: Survey) -> Iterator[str]:
    """Yield what has choices whose first phrase a prompt speaks: the slot, or its own type."""
    for path, template in survey.texts:
        for field in fields_of(template) if path[0] == "prompts" else ():
            slot = survey.flow.slots.get(field.slot)
            if slot and survey.type_of(slot) == "choice":
                yield slot.type if slot.type in survey.flow.types else field.slot
