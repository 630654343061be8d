"""Whether flows and settings go together: what does not would otherwise show in a call only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from .actions import secret_named
from .adapters.sql_text import single_select
from .dialogue.flow import Action, Flow
from .dialogue.steps import LeaveStep
from .errors import SetupError
from .prompts.words.spoken import LANGUAGES
from .settings import Settings

__all__ = ["check_fit", "dialling", "fitted", "language_of", "listening", "speaking"]


def check_fit(settings: Settings, flows: Mapping[str, Flow]) -> tuple[str, ...]:
    """
    Return what the settings forbid the flows; raise SetupError ``config.flows`` with all that they lack.

    What is only forbidden is no mistake: the settings are where an admin may do so. Such a hand-over or
    variable is refused when it comes to it, such a translation is not spoken.
    """
    problems = [*_default(settings, flows)]
    problems += [
        f"voice.languages.{language}: values can't be said in it; there are {', '.join(LANGUAGES)}"
        for language in sorted(set(settings.voice.languages) - set(LANGUAGES))
    ]
    for flow in flows.values():
        problems += _missing(settings, flow)
    if problems:
        raise SetupError("config.flows", problems=problems, hint="nothing was started")
    return tuple(note for flow in flows.values() for note in _forbidden(settings, flow))


def fitted(settings: Settings, flows: Mapping[str, Flow]) -> dict[str, Flow]:
    """Return the flows as this service can speak them."""
    return {
        name: dialling(
            listening(speaking(flow, settings.voice.languages), settings.speech.heard),
            settings.understanding.region,
        )
        for name, flow in flows.items()
    }


def speaking(flow: Flow, languages: Collection[str]) -> Flow:
    """Return *flow* without the translations into other languages than these; its digest stays."""
    spoken = {name: words for name, words in flow.wordings.items() if name[:2] in languages}
    return replace(flow, wordings=spoken)


def listening(flow: Flow, languages: Collection[str]) -> Flow:
    """Return *flow* as it is where only these *languages* are recognised; in others it goes by keypad."""
    return replace(flow, heard=tuple(name for name in flow.heard if name in languages))


def dialling(flow: Flow, region: str) -> Flow:
    """Return *flow* as it is where telephone numbers without a country code are those of *region*."""
    return replace(flow, slots={name: replace(slot, region=region) for name, slot in flow.slots.items()})


def language_of(flow: Flow, wanted: str) -> str:
    """Return the language of *flow* a call begins in that the dialplan says is in *wanted* (``es_MX``)."""
    asked = wanted.replace("_", "-")
    return next((one for one in (asked, asked[:2].lower()) if one in flow.languages), flow.language)


def _default(settings: Settings, flows: Mapping[str, Flow]) -> Iterator[str]:
    if settings.flows.default not in flows:
        close = get_close_matches(settings.flows.default, flows, 1)
        hint = f", did you mean {close[0]}?" if close else f"; there are {', '.join(sorted(flows))}"
        yield f"flows.default: no flow has the name {settings.flows.default}{hint}"


def _missing(settings: Settings, flow: Flow) -> Iterator[str]:
    """Yield one sentence for each thing the actions of a flow need and the settings do not have."""
    own = settings.flows
    needs: set[str] = set()
    for action in flow.actions.values():
        for where, name, known, why in (
            ("backends.", action.backend, settings.backends, "asks it, but it has no url here"),
            ("databases.", action.database, settings.databases, "looks it up, but it has no url here"),
            ("flows.reads: ", action.variable, own.reads, "reads it, but it is not on the list"),
            ("flows.queues: ", action.queue, own.queues, "asks about it, but it is not on the list"),
            ("flows.devices.", action.device, own.devices, "asks about it, but it has no device here"),
            *(
                ("secrets.", name, settings.secrets, "sends it, but it is not here")
                for name in _secrets(action)
            ),
        ):
            if name and name not in known:
                needs.add(f"{where}{name}: flow {flow.name} {why}")
    yield from sorted(needs)
    for action in flow.actions.values():
        if action.query and not single_select(action.query):
            yield f"flow {flow.name}: action {action.name}: the query is not one SELECT"


def _secrets(action: Action) -> Iterator[str]:
    for template in action.headers.values():
        if len(template) == 1 and isinstance(template[0], str) and secret_named(template[0]):
            yield secret_named(template[0])


def _forbidden(settings: Settings, flow: Flow) -> Iterator[str]:
    for target in sorted(set(flow.targets) - set(settings.flows.targets)):
        yield f"flow {flow.name} may not hand over to {target}: not in flows.targets"
    for name in sorted(_variables(flow) - set(settings.flows.variables)):
        yield f"flow {flow.name} may not set {name}: not in flows.variables"
    for language in sorted(set(flow.wordings) - set(speaking(flow, settings.voice.languages).wordings)):
        yield f"flow {flow.name} is not spoken in {language}: no voice in voice.languages"
    for language in sorted({name[:2] for name in speaking(flow, settings.voice.languages).languages}):
        if language in flow.heard and language not in settings.speech.heard:
            yield f"flow {flow.name} is asked by keypad in {language}: no model in speech.languages"


def _variables(flow: Flow) -> set[str]:
    steps = (step for task in flow.tasks.values() for step in task.steps)
    return {name for step in steps if isinstance(step, LeaveStep) for name in step.variables}
