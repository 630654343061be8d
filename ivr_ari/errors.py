"""
All errors of this package.

* IvrError
    * CallerError        the caller did it: a hang-up, an entry out of range
    * PeerError          the PBX, Redis, a backend or a worker process did it
        * CallGone       the PBX no longer knows the channel, or it is no longer ours
        * PbxUnavailable
        * StoreUnavailable
        * BackendFailed  a customer's HTTP service refused, failed or was too late
        * EngineFailed   a recogniser, understanding or voice worker died or is stuck
        * MediaError     bytes on the RTP socket that are no RTP
    * SetupError         a file on this machine did it: configuration, model, voice, port
    * FlowError          a flow file did it; carries every problem found
    * StaleState         another worker moved this call first

An error has a stable *code* for tests and dashboards and *facts* for logs. Facts never hold what a
caller said, keyed in or is called.
"""

from __future__ import annotations

__all__ = [
    "BackendFailed",
    "CallGone",
    "CallerError",
    "EngineFailed",
    "FlowError",
    "IvrError",
    "MediaError",
    "PbxUnavailable",
    "PeerError",
    "SetupError",
    "StaleState",
    "StoreUnavailable",
]


class IvrError(Exception):
    """Base of every error raised on purpose by this package."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        facts = " ".join(f"{name}={value!r}" for name, value in self.facts.items() if name != "hint")
        sentence = f"{self.code} {facts}".rstrip()
        return f"{sentence}: {self.facts['hint']}" if "hint" in self.facts else sentence


class CallerError(IvrError):
    """The caller did it."""


class PeerError(IvrError):
    """Something outside this process did it; trying again may help."""


class CallGone(PeerError):
    """The channel is gone or was taken out of our application."""


class PbxUnavailable(PeerError):
    """Asterisk does not answer or refuses us."""


class StoreUnavailable(PeerError):
    """Redis does not answer or refuses us."""


class BackendFailed(PeerError):
    """A customer's HTTP service failed, refused or did not answer in time."""


class EngineFailed(PeerError):
    """A worker process with a model died or does not answer."""


class MediaError(PeerError):
    """A datagram that is no usable RTP packet."""


class SetupError(IvrError):
    """This machine's set-up is wrong; the fact *hint* says what to do."""


class FlowError(IvrError):
    """A flow file is wrong; the fact *problems* lists everything found in it."""


class StaleState(IvrError):
    """Another worker wrote this call's state first."""
