"""
Models of Coqui's own catalogue, by name.

The catalogue is part of coqui-tts and is read without a network; the weights lie with their makers and are
fetched by Coqui's own manager, when somebody asks for it. The service itself never fetches anything.
"""

from __future__ import annotations

import difflib
import json
import os
import queue
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..errors import SetupError
from .coqui_import import import_coqui
from .making import Progress, silent

__all__ = ["Offer", "fetch_voice", "offers"]

ANSWER_S = 5.0
"""A network that is blocked shows within this time."""

FREE = ("apache", "mit", "mpl", "bsd", "cc0", "cc-by-4.0", "cc-by-sa")
"""Beginnings of licences under which a voice may speak for a business."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A model of the catalogue."""

    name: str
    """``language/data set/architecture``."""

    licence: str
    vocoder: str
    """The model that makes its spectrograms sound, by its full name; empty if it does so itself."""

    address: str
    """Where its files are; empty if the catalogue names a repository of the model hub."""

    @property
    def language(self) -> str:
        return self.name.partition("/")[0]

    @property
    def free(self) -> bool:
        """Whether the licence is one of those that ask for no more than a name."""
        return self.licence.lower().startswith(FREE)


def offers() -> list[Offer]:
    """Return Coqui's catalogue. Raises SetupError ``voice.package`` where coqui-tts is not installed."""
    try:
        text = (files("TTS") / ".models.json").read_text(encoding="utf-8")
    except ModuleNotFoundError as exc:
        raise SetupError("voice.package", missing=exc.name, hint="install the extra [coqui]") from exc
    catalogue: dict[str, Any] = json.loads(text)
    return [
        _offer(f"{language}/{data}/{model}", entry)
        for language, sets in catalogue["tts_models"].items()
        for data, models in sets.items()
        for model, entry in models.items()
    ]


def fetch_voice(
    wanted: str,
    cache: Path,
    progress: Progress = silent,
    *,
    name: str = "",
    speaker: str = "",
    language: str = "",
    accept: bool = False,
) -> Path:
    """
    Fetch the model *wanted* of Coqui's catalogue and return the folder of the voice made of it.

    *accept*: its terms, or a licence that forbids use in a business, were read and agreed to. Raises
    SetupError: ``voice.unknown``, ``voice.licence``, ``voice.fetch`` when it can't be had (within 5 s where
    there is no network), else as `import_coqui`.
    """
    offer = found(wanted)
    if not offer.free and not accept:
        hint = "read it; if it lets you, say --accept-licence"
        raise SetupError("voice.licence", model=offer.name, licence=offer.licence, hint=hint)
    progress(f"{offer.name}: licence {offer.licence}", 0.0)
    model = _fetched(f"tts_models/{offer.name}", cache, progress, offer.address)
    vocoder = _fetched(offer.vocoder, cache, progress) if offer.vocoder else None
    return import_coqui(
        model,
        cache / "voices",
        progress,
        name=name or offer.name.replace("/", "-"),
        speaker=speaker,
        language=language or offer.language[:2],
        licence=offer.licence,
        vocoder=vocoder,
    )


def found(wanted: str) -> Offer:
    """Return the model of that name, ``tts_models/`` before it or not. SetupError ``voice.unknown``."""
    known = {offer.name: offer for offer in offers()}
    name = wanted.strip().removeprefix("tts_models/")
    if name.endswith("/fairseq/vits"):
        hint = "Meta's MMS voices (CC BY-NC) are not for business use; see: ivr-ari voices list --offered"
        raise SetupError("voice.unknown", model=wanted, hint=hint)
    if name not in known:
        close = difflib.get_close_matches(name, known, 3, 0.5) or [one for one in known if name in one][:3]
        hint = f"did you mean {' or '.join(close)}?" if close else "ivr-ari voices list --offered"
        raise SetupError("voice.unknown", model=wanted, hint=hint)
    return known[name]


def _offer(name: str, entry: Mapping[str, Any]) -> Offer:
    address = entry.get("github_rls_url") or ""
    return Offer(
        name,
        str(entry.get("license") or "unknown"),
        str(entry.get("default_vocoder") or ""),
        str(address[0] if isinstance(address, list) else address),
    )


def _fetched(full_name: str, cache: Path, progress: Progress, address: str = "") -> Path:
    """Return the folder of a model, fetched by Coqui's manager unless it is there."""
    try:
        from huggingface_hub.constants import ENDPOINT
        from requests import RequestException
        from TTS.utils.manage import ModelManager
    except ImportError as exc:
        raise SetupError("voice.package", missing=exc.name, hint="install the extra [coqui]") from exc
    here = cache / "coqui" / "tts" / full_name.replace("/", "--")
    if not here.is_dir():
        _reachable(address or ENDPOINT)
    progress(f"fetching {full_name}", 0.0)
    os.environ["COQUI_TOS_AGREED"] = "1"  # agreed to on our own command line
    try:
        weights, _, _ = ModelManager(output_prefix=cache / "coqui", progress_bar=True).download_model(
            full_name
        )
    except (RequestException, OSError, ValueError, KeyError) as exc:
        raise _unfetched(full_name, f"{type(exc).__name__}: {exc}"[:200]) from exc
    return Path(weights)


def _reachable(address: str) -> None:
    """SetupError ``voice.fetch`` unless somebody answers there, or at the proxy that is set."""
    proxy = os.environ.get("https_proxy") or os.environ.get("HTTPS_PROXY") or ""
    target = urlsplit(proxy or address)
    host, port = target.hostname or "", target.port or 443
    answers: queue.Queue[OSError | None] = queue.Queue()

    def knock() -> None:
        try:
            socket.create_connection((host, port), ANSWER_S).close()
            answers.put(None)
        except OSError as exc:
            answers.put(exc)

    # a name look-up knows no deadline, so it is left to a thread that nobody waits for
    threading.Thread(target=knock, daemon=True).start()
    try:
        failed = answers.get(timeout=ANSWER_S)
    except queue.Empty:
        failed = TimeoutError(f"no answer in {ANSWER_S:g} s")
    if failed is not None:
        raise _unfetched(host, str(failed))


def _unfetched(what: str, why: str) -> SetupError:
    hint = (
        "where there is a network: ivr-ari voices fetch NAME, then ivr-ari voices export NAME --tar FILE; "
        "here: ivr-ari voices import FILE. A model that is on a disk: ivr-ari voices import FOLDER"
    )
    return SetupError("voice.fetch", model=what, why=why, hint=hint)
