"""
The settings tree: frozen, with a sentence for every field.

A module gets the two values it needs, never the tree; only the composition root sees all of it. How the
tree is read from a file and the environment stands in `config`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator

from .engine_settings import SpeechSettings, UnderstandingSettings, VoiceSettings
from .flow_settings import (
    BackendSettings,
    DatabaseSettings,
    FilePath,
    FlowSettings,
    Name,
    Port,
    Seconds,
    Section,
    Url,
)

__all__ = [
    "AriSettings",
    "BackendSettings",
    "DatabaseSettings",
    "DialogueSettings",
    "FlowSettings",
    "HttpSettings",
    "Lifetimes",
    "LimitSettings",
    "LogSettings",
    "RecordingSettings",
    "RedisSettings",
    "RtpSettings",
    "Settings",
    "SpeechSettings",
    "UnderstandingSettings",
    "VoiceSettings",
]

DAY = 86_400


class AriSettings(Section):
    """How to reach the Asterisk REST interface."""

    url: Url = "http://127.0.0.1:8088"
    """Address of Asterisk's HTTP server, without ``/ari``."""

    user: str = "ivr"
    """ARI user, a section of ari.conf."""

    password: SecretStr
    """ARI password; belongs into the environment (IVR_ARI_PASSWORD), not into a file others read."""

    app: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$", max_length=40)] = "ivr"
    """Stasis application of this node. A second websocket of the same name takes the first one's place."""

    tls_ca: FilePath | None = None
    """Certificate authority (PEM) for https; without it the system's own."""

    @field_validator("url")
    @classmethod
    def without_path(cls, value: str) -> str:
        return value.removesuffix("/ari")

    @field_validator("tls_ca")
    @classmethod
    def exists(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError("no such file")
        return value


class RtpSettings(Section):
    """Where the calls' audio arrives; one even UDP port a call."""

    bind: ipaddress.IPv4Address = ipaddress.IPv4Address("127.0.0.1")
    """Address the sockets are bound to."""

    advertise: ipaddress.IPv4Address | None = None
    """
    Address Asterisk is told to send to; *bind* unless given. An address, never a name: Asterisk would look a
    name up in the middle of a call.
    """

    first_port: Port = 40_000
    last_port: Port = 40_199
    """
    The range, both ends included; open it in the firewall between Asterisk and this machine. Calls take its
    even ports (RFC 3550, section 11), so it holds half as many calls.
    """

    codec: Literal["ulaw", "alaw", "slin"] = "ulaw"
    """What Asterisk sends us; the trunk's own codec saves it transcoding."""

    wideband: bool = True
    """Hear callers whose telephones speak wideband (G.722, Opus and so on) at 16 kHz, as ``slin16``."""

    @property
    def address(self) -> str:
        """The address to give to Asterisk."""
        return str(self.advertise or self.bind)

    @model_validator(mode="after")
    def reachable(self) -> Self:
        if self.last_port < self.first_port:
            raise ValueError("last_port lies before first_port")
        if ipaddress.IPv4Address(self.address).is_unspecified:
            raise ValueError("bind is 0.0.0.0, so advertise must say where Asterisk sends to")
        return self


class RecordingSettings(Section):
    """Calls kept as sound: off, unless there is a folder."""

    folder: FilePath | None = None
    """
    Where each call is kept as two WAV files, the caller's side and the service's, in a folder a day. What
    is sensitive is silence in them.
    """

    keep_days: Annotated[int, Field(ge=0)] = 30
    """Days after which they are deleted; 0: never, somebody else sees to it."""

    least_free_mb: Annotated[int, Field(ge=0)] = 1024
    """No recording begins while less than this is left on the disk."""


class Lifetimes(Section):
    """How long Redis keeps what, in seconds."""

    talk: Seconds = DAY
    """The dialogue record: as long as somebody may want to resume or look at a call."""

    call: Seconds = DAY
    """The call record: channel, legs, bridge, owner."""

    transcript: Seconds = 7 * DAY
    """Who said what: personal data, so no longer than your policy for it."""

    events: Seconds = 7 * DAY
    """The timed events a replay needs."""

    handover: Seconds = DAY
    """What the agent's screen reads."""

    flow: Seconds = 30 * DAY
    """A flow; renewed by each process that loads it."""

    @model_validator(mode="after")
    def flow_outlives_its_calls(self) -> Self:
        if self.flow < max(self.talk, self.events):
            raise ValueError("flow: a flow must be kept as long as the talk and events that need it")
        return self


class RedisSettings(Section):
    """Where the state of the calls lives."""

    url: SecretStr | None = None
    """``redis://``, ``rediss://`` or ``unix://``; required outside a lab. Its password is never printed."""

    timeout_ms: Annotated[int, Field(ge=50, le=5000)] = 500
    """Longest wait for one answer; after it the call goes on without."""

    lifetimes: Lifetimes = Lifetimes()

    @field_validator("url")
    @classmethod
    def known_scheme(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("expected redis://, rediss:// or unix://")
        return value

    @model_validator(mode="after")
    def given_in_production(self, info: ValidationInfo) -> Self:
        if self.url is None and info.context and not info.context["lab"]:
            raise ValueError("url: required outside a lab; set it here or as IVR_REDIS_URL")
        return self


class HttpSettings(Section):
    """Health and readiness."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8090
    """0 takes a free one and logs it."""


class LimitSettings(Section):
    """Where we say no instead of becoming slow."""

    max_calls: Annotated[int, Field(ge=1, le=10_000)] = 20
    """Calls at once; one more is refused to its dialplan."""

    max_load: Annotated[float, Field(gt=0, le=1)] = 0.8
    """Share of the recogniser's threads at work above which new calls are refused."""

    max_lag_ms: Annotated[int, Field(ge=50, le=10_000)] = 500
    """How long callers' audio may have waited for the recogniser before new calls are refused."""

    drain_s: Annotated[int, Field(ge=0)] = 300
    """Seconds that calls get to end after SIGTERM."""


class DialogueSettings(Section):
    """What the dialogue takes as given."""

    today: date | None = None
    """A fixed date, so that "last month" means the same in every run of a demo; only in a lab."""

    @field_validator("today")
    @classmethod
    def only_in_a_lab(cls, value: date | None, info: ValidationInfo) -> date | None:
        if value is not None and info.context and not info.context["lab"]:
            raise ValueError("a fixed date is for a lab (lab: true)")
        return value


class LogSettings(Section):
    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "json", "console"] = "auto"
    """``auto``: lines for people on a terminal, JSON anywhere else."""


class Settings(Section):
    """All of it."""

    lab: bool = False
    """This is a lab or a demo: Redis may be missing and the date fixed."""

    cache: FilePath = Path("~/.cache/ivr-ari")
    """Imported voices, rendered prompts, fetched models."""

    ari: AriSettings
    rtp: RtpSettings = RtpSettings()
    recording: RecordingSettings = RecordingSettings()
    redis: RedisSettings = RedisSettings()
    speech: SpeechSettings
    voice: VoiceSettings = VoiceSettings()
    understanding: UnderstandingSettings = UnderstandingSettings()
    flows: FlowSettings
    http: HttpSettings = HttpSettings()
    limits: LimitSettings = LimitSettings()
    dialogue: DialogueSettings = DialogueSettings()
    backends: Mapping[Name, BackendSettings] = Field(default_factory=dict)
    databases: Mapping[Name, DatabaseSettings] = Field(default_factory=dict)
    secrets: Mapping[Name, SecretStr] = Field(default_factory=dict)
    """What flows send as ``secret NAME``; given as ``${VARIABLE}``, never written down here."""

    logs: LogSettings = LogSettings()

    @model_validator(mode="after")
    def ports_for_all_calls(self) -> Self:
        ports = len([port for port in range(self.rtp.first_port, self.rtp.last_port + 1) if port % 2 == 0])
        if ports < self.limits.max_calls:
            raise ValueError(
                f"limits.max_calls: {self.limits.max_calls} calls, but rtp has {ports} even ports"
            )
        return self
