"""
What travels between the stages.

Events come in from the caller and the world; effects go out to them. Both are frozen values that can be
written down and replayed. If two stages need to share a new thing, it is added here: `plain`
values, the `meaning` of what is heard, what `happened`, and the `effects`.

Times are milliseconds of audio or of a clock the shell owns; confidences lie between 0 and 1; audio is
16-bit linear mono. `Secret` stands wherever digits that must not leave memory would stand.
"""

from .effects import (
    Action,
    Effect,
    HandOver,
    Inquire,
    Leave,
    Listen,
    Part,
    Pause,
    Perform,
    Query,
    Say,
    Slotted,
    Style,
    written,
)
from .happened import (
    ActionDone,
    ActionFailed,
    ActionSlow,
    Began,
    EngineDown,
    EngineUp,
    Event,
    Hungup,
    Keyed,
    Noise,
    Returned,
    Silent,
    Spoken,
    Understood,
)
from .meaning import Act, Expect, Heard, Keys, Kind, Meaning, Request, Value, Word
from .plain import Json, Method, Secret, Sensitivity
from .sounds import SOUNDS, sounds_of

__all__ = [
    "Act",
    "Action",
    "ActionDone",
    "ActionFailed",
    "ActionSlow",
    "Began",
    "Effect",
    "EngineDown",
    "EngineUp",
    "Event",
    "Expect",
    "HandOver",
    "Heard",
    "Hungup",
    "Inquire",
    "Json",
    "Keyed",
    "Keys",
    "Kind",
    "Leave",
    "Listen",
    "Meaning",
    "Method",
    "Noise",
    "Part",
    "Pause",
    "Perform",
    "Query",
    "SOUNDS",
    "Request",
    "Returned",
    "Say",
    "Secret",
    "Sensitivity",
    "Silent",
    "Slotted",
    "Spoken",
    "Style",
    "Understood",
    "Value",
    "Word",
    "sounds_of",
    "written",
]
