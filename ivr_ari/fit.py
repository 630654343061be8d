"""Whether flows and settings go together: what does not would otherwise show in a call only."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from .dialogue.flow import Flow
from .errors import SetupError
from .settings import Settings


def check_fit(settings: Settings, flows: Mapping[str, Flow]) -> None:
    """Raise SetupError ``config.flows`` with all that the flows need and the settings lack."""
    problems = []
    if settings.flows.default not in flows:
        close = get_close_matches(settings.flows.default, flows, 1)
        hint = f", did you mean {close[0]}?" if close else f"; there are {', '.join(sorted(flows))}"
        problems.append(f"flows.default: no flow has the name {settings.flows.default}{hint}")
    for flow in flows.values():
        wanted = {action.backend for action in flow.actions.values()}
        for backend in sorted(wanted - settings.backends.keys()):
            problems.append(f"backends.{backend}: flow {flow.name} asks it, but it has no url here")
    if problems:
        raise SetupError("config.flows", problems=problems, hint="nothing was started")
