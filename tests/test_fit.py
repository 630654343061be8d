"""Flows and settings that do not go together are told at start, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr_ari.dialogue.flow import Action, Flow, Handover, Prompt, Slot, Target, Task, Wording
from ivr_ari.dialogue.steps import Field, LeaveStep
from ivr_ari.dialogue.values import write
from ivr_ari.errors import SetupError
from ivr_ari.fit import check_fit, fitted, language_of, speaking
from ivr_ari.settings import Settings

SPANISH = Wording(prompts={"greeting": Prompt("greeting", (("Hola.",),))})


def settings(flows: dict[str, object] | None = None, **sections: object) -> Settings:
    tree = {
        "lab": True,
        "ari": {"password": "x"},
        "speech": {"model": "."},
        "flows": {"folder": ".", "default": "bank", **(flows or {})},
        **sections,
    }
    return Settings.model_validate(tree, context={"base": Path(), "lab": True})


def flow(*actions: Action, **fields: object) -> Flow:
    return Flow("bank", "en", "d1", "", actions={action.name: action for action in actions}, **fields)  # type: ignore[arg-type]


def problems(given: Settings, *flows: Flow) -> list[str]:
    with pytest.raises(SetupError) as caught:
        check_fit(given, {one.name: one for one in flows})
    found = caught.value.facts["problems"]
    assert isinstance(found, list)
    return found


EVERYTHING = (
    Action("pay", backend="bank", headers={"X-Key": ("secret crm-key",), "X-Note": (Field("note"),)}),
    Action("order", database="orders", query="SELECT 1"),
    Action("tier", variable="TIER"),
    Action("support", queue="support"),
    Action("desk", device="desk"),
)


def test_all_that_is_missing_is_told() -> None:
    """
    Backend, database, secret, variable, queue, device: one line each.
    """
    assert problems(settings(), flow(*EVERYTHING)) == [
        "backends.bank: flow bank asks it, but it has no url here",
        "databases.orders: flow bank looks it up, but it has no url here",
        "flows.devices.desk: flow bank asks about it, but it has no device here",
        "flows.queues: support: flow bank asks about it, but it is not on the list",
        "flows.reads: TIER: flow bank reads it, but it is not on the list",
        "secrets.crm-key: flow bank sends it, but it is not here",
    ]


def test_what_is_there_is_fine() -> None:
    """
    With all of it given there is nothing to say.
    """
    given = settings(
        {"reads": ["TIER"], "queues": ["support"], "devices": {"desk": "PJSIP/100"}},
        backends={"bank": {"url": "http://bank"}},
        databases={"orders": {"url": "sqlite:///orders.db"}},
        secrets={"crm-key": "hunter2"},
    )

    assert check_fit(given, {"bank": flow(*EVERYTHING)}) == ()


def test_default_flow_has_to_be_there() -> None:
    """
    A call without IVR_FLOW must go somewhere.
    """
    assert problems(settings({"default": "bnak"}), flow()) == [
        "flows.default: no flow has the name bnak, did you mean bank?"
    ]


def test_a_query_only_reads() -> None:
    """
    A statement that would be refused in a call is refused here.
    """
    given = settings(databases={"orders": {"url": "sqlite:///orders.db"}})

    assert problems(given, flow(Action("tidy", database="orders", query="DELETE FROM orders"))) == [
        "flow bank: action tidy: the query is not one SELECT"
    ]


def test_values_have_to_be_said_too() -> None:
    """
    A voice alone speaks no language: amounts and dates are to be put into words.
    """
    assert problems(settings(voice={"languages": {"fr": "jean"}}), flow()) == [
        "voice.languages.fr: values can't be said in it; there are en, es"
    ]


def test_what_is_forbidden_is_noted() -> None:
    """
    Targets, variables and languages: the flow may want more than this house allows.
    """
    made = flow(
        handover=Handover({"billing": Target(), "fraud": Target()}, "billing", "", ()),
        tasks={"end": Task("end", "", (LeaveStep("done", "", {"TICKET": ("1",)}),), (0,))},
        wordings={"es": SPANISH},
    )

    assert check_fit(settings({"targets": ["billing"]}), {"bank": made}) == (
        "flow bank may not hand over to fraud: not in flows.targets",
        "flow bank may not set TICKET: not in flows.variables",
        "flow bank is not spoken in es: no voice in voice.languages",
    )


def test_only_languages_with_a_voice_are_spoken() -> None:
    """
    Spanish words out of an English mouth help nobody; it stays the same flow by its digest.
    """
    made = flow(wordings={"es": SPANISH})

    assert speaking(made, ()).languages == ("en",)
    assert speaking(made, ("es",)).languages == ("en", "es")
    assert fitted(settings(), {"bank": made})["bank"].digest == made.digest
    assert fitted(settings(voice={"languages": {"es": "ana"}}), {"bank": made})["bank"].languages == (
        "en",
        "es",
    )


def test_only_languages_with_a_model_are_listened_to() -> None:
    """Where nobody recognises a language, it is held by keypad, and whoever starts the service is told."""
    made = flow(wordings={"es": SPANISH})
    english = settings(voice={"languages": {"es": "ana"}})
    both = settings(voice={"languages": {"es": "ana"}}, speech={"model": ".", "languages": {"es": "."}})

    assert fitted(english, {"bank": made})["bank"].heard == ("en",)
    assert fitted(both, {"bank": made})["bank"].heard == ("en", "es")
    note = "flow bank is asked by keypad in es: no model in speech.languages"
    assert note in check_fit(english, {"bank": made})
    assert note not in check_fit(both, {"bank": made})


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("es", "es"), ("es_MX", "es"), ("ES", "es"), ("", "en"), ("en_US", "en"), ("fr", "en")],
)
def test_language_of_a_call(wanted: str, language: str) -> None:
    """
    Whatever a PBX calls its languages, a call begins in one the flow has; else in the flow's own.
    """
    assert language_of(flow(wordings={"es": SPANISH}), wanted) == language


def test_region_of_telephone_numbers() -> None:
    """A number without a country code is one of the region that the settings name."""
    made = flow(slots={"phone": Slot("phone", "phone")})
    british = settings(understanding={"region": "GB"})

    here = fitted(british, {"bank": made})["bank"]

    assert (made.region, here.region) == ("US", "GB")
    assert write(here.slots["phone"], "02079460018", "2026-03-15") == "+442079460018"
    assert write(made.slots["phone"], "02079460018", "2026-03-15") is None
