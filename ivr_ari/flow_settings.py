"""What flows may touch, as settings; and the field types that all sections share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
)

__all__ = [
    "BackendSettings",
    "DatabaseSettings",
    "FilePath",
    "FlowSettings",
    "Language",
    "Name",
    "Port",
    "Seconds",
    "Section",
    "Url",
]

Port = Annotated[int, Field(ge=1, le=65535)]
Seconds = Annotated[int, Field(ge=1)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$")]
Variable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Device = Annotated[str, Field(pattern=r"^[A-Za-z0-9]+[/:][A-Za-z0-9_.@/-]+$")]


def _resolve(path: Path, info: ValidationInfo) -> Path:
    """Take a relative path from the folder of the file that holds it, not from wherever we were started."""
    base = info.context["base"] if info.context else Path()
    return Path(base) / path.expanduser()


FilePath = Annotated[Path, AfterValidator(_resolve)]


def _url(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("expected http:// or https://")
    return value.rstrip("/")


Url = Annotated[str, AfterValidator(_url)]


class Section(BaseModel):
    """A part of the tree: it cannot be changed and has no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=True)


class FlowSettings(Section):
    """Which conversations there are, and what they may touch."""

    published: FilePath | None = None
    """The folder `ivr-ari flows publish` writes into; its ``current`` is then loaded instead of *folder*."""

    folder: FilePath = Path("flows")
    default: Name
    """The flow of a call whose dialplan names none."""

    watch: bool = False
    """Read the flows again whenever a file of them changes: for those who write flows."""

    targets: tuple[Name, ...] = ()
    """Names a flow may hand over to; the dialplan knows what they mean."""

    variables: tuple[Variable, ...] = ()
    """Channel variables a flow may set beside the contract's own."""

    reads: tuple[Variable, ...] = ()
    """Channel variables a flow may read."""

    queues: tuple[Name, ...] = ()
    """Queues of the PBX a flow may ask about."""

    devices: Mapping[Name, Device] = Field(default_factory=dict)
    """Devices a flow may ask about, by the name it has for them: ``desk: PJSIP/100``."""

    recordings_muted: bool = False
    """Whoever records calls here leaves out what is said at ``card`` slots; without this there are none."""

    @field_validator("published", "folder")
    @classmethod
    def exists(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        unused = info.field_name == "folder" and info.data.get("published") is not None
        if value is not None and not unused and not value.is_dir():
            raise ValueError("no such folder")
        return value

    @property
    def source(self) -> Path:
        """Where flows are read from."""
        return self.folder if self.published is None else self.published / "current"


class BackendSettings(Section):
    """An HTTP service that flows ask by its name."""

    url: Url
    token: SecretStr | None = None
    """Sent as ``Authorization: Bearer``."""

    tls_ca: FilePath | None = None

    failures: Annotated[int, Field(ge=1, le=1000)] = 5
    """After so many failures in a row it is not asked for *pause_s*."""

    pause_s: Annotated[int, Field(ge=1, le=3600)] = 30


class DatabaseSettings(Section):
    """A SQL database that flows look things up in, read-only."""

    url: SecretStr
    """As SQLAlchemy writes it: ``sqlite:///orders.db``, ``postgresql+psycopg://reader:...@db/orders``."""

    threads: Annotated[int, Field(ge=1, le=64)] = 4
    """Look-ups at once."""
