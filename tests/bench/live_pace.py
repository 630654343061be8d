"""How evenly packets leave with 50 idle calls, and what 200 calls cost without engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from .measures import Limit, Part, Row
from .pace import paced

__all__ = ["measure"]

IDLE_CALLS, MANY_CALLS = 50, 200
SECONDS, QUICK_SECONDS = 30.0, 10.0
ERROR_P99_MS = 3.0
CPU_PERCENT = 0.3


def measure(quick: bool, tell: Callable[[str], None]) -> Part:
    """Serve 50 idle calls, then 200 that talk; half a minute each, QUICK: ten seconds."""
    part, seconds = Part("media without engines"), QUICK_SECONDS if quick else SECONDS
    idle = paced(IDLE_CALLS, seconds, idle=True)
    tell(f"{idle.calls} idle calls: p99 {idle.error_p99_ms} ms")
    many = paced(MANY_CALLS, seconds, idle=False)
    tell(f"{many.calls} calls: {many.cpu_percent_a_call} % of a core each")
    part.figures["idle"], part.figures["many"] = asdict(idle), asdict(many)
    part.rows += [
        Row(
            f"send-time error, {idle.calls} idle calls",
            "ms",
            (Limit("p50", idle.error_p50_ms), Limit("p99", idle.error_p99_ms, ERROR_P99_MS)),
            idle.packets,
        ),
        Row.of(
            f"controller without engines, {many.calls} calls, each",
            "% of a core",
            many.cpu_percent_a_call,
            CPU_PERCENT,
            count=many.calls,
            note=f"{many.missing} of {many.packets} packets missing, worst {many.error_max_ms} ms late",
        ),
    ]
    return part
