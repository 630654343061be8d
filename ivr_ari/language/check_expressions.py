"""What is wrong with expressions: syntax, unknown names, values that cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from keyword import iskeyword

from ..dialogue.expression_syntax import names_in
from ..dialogue.expressions import KIND_OF, Kind, named_in, parse_expression
from .document import Path
from .source import did_you_mean
from .survey import Survey

__all__ = ["check_expressions", "slots_named"]


def check_expressions(survey: Survey) -> None:
    """Write down every mistake about expressions."""
    kinds: Mapping[str, Kind] = {
        name.replace("-", "_"): KIND_OF[survey.type_of(slot)] for name, slot in survey.flow.slots.items()
    }
    # A slot whose declaration is wrong is known by its name, not by its type.
    declared = {name.replace("-", "_"): "" for name in survey.gathered.declared("slots")}
    known: dict[str, Kind] = {**declared, **kinds}  # type: ignore[dict-item]
    for path, text in survey.expressions:
        if not text:
            survey.gathered.problem(path, "there is no expression after '='")
            continue
        for mistake in parse_expression(text, known):
            survey.gathered.problem(path, mistake)
        for kind, name in named_in(text):
            section = "tasks" if kind == "task" else "hours"
            names = survey.gathered.declared(section)
            if name not in names:
                what = "there are no hours" if kind == "hours" else "there is no task"
                survey.gathered.problem(path, f"{what} {name!r}{did_you_mean(name, names)}")
    for slot in sorted(known):
        if iskeyword(slot) and any(slot in text.split() for _, text in survey.expressions):
            text = f"slot {slot!r} cannot stand in an expression: rename it, e.g. {slot}-what"
            survey.gathered.problem(("slots", slot, "[key]"), text)


def slots_named(survey: Survey) -> Iterator[tuple[Path, str]]:
    """Yield every slot an expression names, with the place."""
    written = {name.replace("-", "_"): name for name in survey.flow.slots}
    for path, text in survey.expressions:
        for name in sorted(names_in(text)):
            if name in written:
                yield path, written[name]
