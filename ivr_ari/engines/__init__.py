"""
The models, each in a process of its own.

`SpeechEngine`, `UnderstandingEngine` and `VoiceEngine` are what the service uses; `speech`,
`understanding` and `voice` are the programs they run. In between: `process` keeps a program alive, `wire` and
`codec` say what travels on its pipe, `serve` is the program's end of it.
"""

from .health import Health, Limits
from .speech_engine import SpeechEngine
from .understanding_engine import UnderstandingEngine
from .voice_engine import VoiceEngine

__all__ = ["Health", "Limits", "SpeechEngine", "UnderstandingEngine", "VoiceEngine"]
