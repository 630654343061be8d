"""The tasks of a flow as a picture (SVG 1.1) that needs nothing to be looked at but a browser."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..dialogue.flow import Flow
from ..dialogue.steps import HandOverStep, NeedStep, RunStep
from .graph import targets_of

__all__ = ["overview_svg"]

BOX_W, BOX_H = 230, 44
GAP_X, GAP_Y = 110, 16
MARGIN = 20
COLUMNS = ("open question", "tasks", "what they need", "people")
FILLS = ("#dbeafe", "#f1f5f9", "#fef9c3", "#fee2e2")

Box = tuple[str, str, str]
"""Id, title, small print."""


def overview_svg(flow: Flow) -> str:
    """Return the overview: what callers may want, what it needs, and who it is handed over to."""
    columns = _columns(flow)
    places = {
        box[0]: (MARGIN + column * (BOX_W + GAP_X), 2 * MARGIN + row * (BOX_H + GAP_Y))
        for column, boxes in enumerate(columns)
        for row, box in enumerate(boxes)
    }
    width = 2 * MARGIN + len(COLUMNS) * BOX_W + (len(COLUMNS) - 1) * GAP_X
    height = 3 * MARGIN + max(len(boxes) for boxes in columns) * (BOX_H + GAP_Y)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" font-family="sans-serif" font-size="13">',
        f"<title>Flow {escape(flow.name)}</title>",
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for column, name in enumerate(COLUMNS):
        x = MARGIN + column * (BOX_W + GAP_X)
        lines.append(f'<text x="{x}" y="{MARGIN + 4}" fill="#475569">{name}</text>')
    lines += [_arrow(places[source], places[target], dashed) for source, target, dashed in _edges(flow)]
    for column, boxes in enumerate(columns):
        lines += [_box(places[box[0]], box, FILLS[column]) for box in boxes]
    return "\n".join([*lines, "</svg>", ""])


def _columns(flow: Flow) -> tuple[list[Box], ...]:
    """Return the boxes, column by column; a task that others need or run stands right of them."""
    used = {
        step.task
        for task in flow.tasks.values()
        for step in task.steps
        if isinstance(step, NeedStep | RunStep)
    }
    used |= {flow.handover.unanswered} if flow.handover.unanswered else set()
    wanted: list[Box] = []
    needed: list[Box] = []
    for task in flow.tasks.values():
        small = ", ".join([*task.intents, *([f"key {task.key}"] if task.key else [])])
        box = (task.name, task.title, f"{small} (answer)" if task.answer else small)
        (needed if task.name in used and not task.intents else wanted).append(box)
    people = [(f"to {target}", f"to {target}", "") for target in flow.targets]
    return [("start", flow.name, "")], wanted, needed, people


def _edges(flow: Flow) -> Iterator[tuple[str, str, bool]]:
    """Yield arrows, each once; those that lead to people are dashed."""
    seen: set[tuple[str, str]] = set()
    for task in flow.tasks.values():
        found = [("start", task.name, False)] if task.intents or task.key or task.name in flow.first else []
        for step in task.steps:
            if isinstance(step, NeedStep | RunStep):
                found.append((task.name, step.task, False))
            elif isinstance(step, HandOverStep):
                found += [(task.name, f"to {target}", True) for target in targets_of(flow, step.target)]
        for source, target, dashed in found:
            if (source, target) not in seen:
                seen.add((source, target))
                yield source, target, dashed


def _arrow(source: tuple[int, int], target: tuple[int, int], dashed: bool) -> str:
    """Return a curve from the right of one box to the left of another, or round to its right."""
    x, y = source[0] + BOX_W, source[1] + BOX_H // 2
    to_y = target[1] + BOX_H // 2
    forward = target[0] > source[0]
    to_x = target[0] if forward else target[0] + BOX_W
    bend = GAP_X // 2
    curve = f"M {x} {y} C {x + bend} {y}, {to_x - bend if forward else to_x + bend} {to_y}, {to_x} {to_y}"
    tip = 7 if forward else -7
    head = f"M {to_x - tip} {to_y - 4} L {to_x} {to_y} L {to_x - tip} {to_y + 4}"
    style = ' stroke-dasharray="5 4"' if dashed else ""
    line = 'fill="none" stroke="#64748b"'
    return f'<path d="{curve}" {line}{style}/><path d="{head}" {line}/>'


def _box(place: tuple[int, int], box: Box, fill: str) -> str:
    (x, y), (_, title, small) = place, box
    parts = [
        f'<rect x="{x}" y="{y}" width="{BOX_W}" height="{BOX_H}" rx="6" fill="{fill}" stroke="#64748b"/>',
        f'<text x="{x + 10}" y="{y + (18 if small else 27)}">{escape(_short(title, 32))}</text>',
    ]
    if small:
        parts.append(f'<text x="{x + 10}" y="{y + 35}" font-size="10">{escape(_short(small, 42))}</text>')
    return "".join(parts)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
