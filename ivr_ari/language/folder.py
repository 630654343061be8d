"""A folder of flows, loaded together: one wrong file is reported beside all others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..dialogue.flow import Flow
from ..errors import FlowError
from .load import load_flow


def load_folder(path: Path, *, recordings_muted: bool = False) -> Mapping[str, Flow]:
    """
    Return the flows of a folder (``*.yaml``), or of one file, by their names.

    Files in folders below are parts, translations and tests. *recordings_muted* as for `load_flow`.

    FlowError ``flow.problems`` with the problems of all files; ``flow.none`` if there is no flow at all.
    """
    files = [path] if path.is_file() else sorted(path.glob("*.yaml"))
    flows: dict[str, Flow] = {}
    problems: list[object] = []
    for file in files:
        try:
            flow = load_flow(file, recordings_muted=recordings_muted)
        except FlowError as error:
            found = error.facts.get("problems")
            problems.extend(found if isinstance(found, list | tuple) else [f"{file}: {error}"])
            continue
        if flow.name in flows:
            problems.append(f"{file}: there is a flow named {flow.name!r} already; give one another name")
        flows[flow.name] = flow
    if problems:
        raise FlowError("flow.problems", problems=problems, hint=f"{len(problems)} in {path}")
    if not flows:
        raise FlowError("flow.none", folder=str(path), hint="no *.yaml there")
    return flows
