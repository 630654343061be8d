"""
Recognition models: which are known, where they are, whether they are whole.

The service never fetches anything; `ivr-ari models fetch` does, before it is started.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .download import Progress, download
from .errors import SetupError
from .unpack import unpack

__all__ = [
    "LAB_MODEL",
    "MODELS",
    "Model",
    "cache_folder",
    "check",
    "fetch",
    "find_model",
    "is_lab_model",
    "overview",
    "serving_folder",
]

MAKER = "https://alphacephei.com/vosk/models"
LAB_MODEL = "vosk-lab-en"
REPOSITORY = Path(__file__).parents[1] / "models"
"""Models that come with a checkout of this project."""


@dataclass(frozen=True, slots=True)
class Model:
    """One model of the manifest."""

    name: str
    language: str
    licence: str
    megabytes: int
    """Size of the archive as its maker says it; of the folder for one that is in the repository."""

    source: str
    """Address of the archive; empty for one that is in the repository."""

    note: str
    sha256: str = ""
    """Of the archive, only if it was seen by us; else the first fetch on a machine pins it there."""

    files: Mapping[str, str] | None = None
    """SHA-256 of the files, for one that is in the repository."""


def from_maker(name: str, megabytes: int, note: str) -> Model:
    return Model(name, "en-us", "Apache-2.0", megabytes, f"{MAKER}/{name}.zip", note)


MODELS = {
    model.name: model
    for model in (
        from_maker("vosk-model-small-en-us-0.15", 40, "small; run-time grammars"),
        from_maker("vosk-model-en-us-0.22-lgraph", 128, "middle; run-time grammars"),
        from_maker("vosk-model-en-us-0.22", 1800, "large; no run-time grammars"),
        Model(
            LAB_MODEL,
            "en",
            "Apache-2.0",
            23,
            "",
            "for labs and tests only: hears synthesised callers well, people poorly",
            files={
                "am/final.mdl": "ac018234acd581d70848631ca53ae3a23892901c2c0eea1ac083a023bef666e3",
                "graph/Gr.fst": "684b0d84f2b57c4faf2201a1d348413890a5c0250edbdc9a4e47bdfe3a974114",
                "graph/HCLr.fst": "806ecd822989530f6ba608e34c2d24f20edb5a8971d427b29a9312b8964eba25",
                "graph/words.txt": "4bdbd48ad487a4c3a7ff6f0f022647fc5ff028fcf5436f4e70731db5d436a267",
                "graph/phones/word_boundary.int": (
                    "c0b6be05c51232e1ef6d57be85ff7992c544de203645a32d46d9d47cc7e5e757"
                ),
                "conf/mfcc.conf": "cdb0d516e5b8886092f1d840c628107703a65b571dc3b16b888a9a3978958b96",
            },
        ),
    )
}


def cache_folder() -> Path:
    """Return the folder for what can be made again: `IVR_CACHE`, else `~/.cache/ivr-ari`."""
    return Path(os.environ.get("IVR_CACHE") or "~/.cache/ivr-ari").expanduser()


def find_model(name: str, cache: Path | None = None) -> Path:
    """Return the folder of a model by its name, fetched or in the repository. SetupError `models.missing`."""
    for folder in ((cache or cache_folder()) / "models" / name, REPOSITORY / name):
        if folder.is_dir():
            return folder
    known = name in MODELS
    hint = f"ivr-ari models fetch {name}" if known else f"known are: {', '.join(MODELS)}"
    if name == LAB_MODEL:
        hint = "it comes with a checkout of the project, in models/"
    raise SetupError("models.missing" if known else "models.unknown", name=name, hint=hint)


def overview(cache: Path | None = None) -> list[str]:
    """Return a line for each known model: name, size, licence, what for, and where it is if it is here."""
    lines = []
    for model in MODELS.values():
        try:
            where = f"here: {find_model(model.name, cache)}"
        except SetupError:
            where = f"from {model.source}"
        lines.append(f"{model.name:30} {model.megabytes:5} MB  {model.licence}  {model.note}; {where}")
    return lines


def fetch(name: str, cache: Path, progress: Progress = lambda _what, _share: None) -> Path:
    """
    Return the folder of a known model, fetching it from its maker if it is not here yet.

    Resumes, verifies, and unpacks atomically; a second process waits. SetupError `models.*`, `download.*`,
    `unpack.*`: within 5 s if the network is blocked.
    """
    if name not in MODELS:
        return find_model(name, cache)
    model = MODELS[name]
    if not model.source:
        return find_model(name, cache)
    folder = cache / "models" / name
    archive = folder.with_name(f"{name}.zip")
    with locked(folder.with_name(f"{name}.lock")):
        if folder.is_dir():
            return folder
        room(folder.parent, model)
        if not archive.exists():
            download(model.source, archive, progress)
        digest = verify(model, archive, folder.with_name("pins.json"))
        progress(f"unpacking {name}", 1.0)
        unpack(archive, folder)
        if problems := check(folder):
            shutil.rmtree(folder)
            archive.unlink()
            raise SetupError("models.broken", name=name, problems=problems, hint="fetch it again")
        pin(folder.with_name("pins.json"), name, digest)
        archive.unlink()
    return folder


@contextmanager
def locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def room(folder: Path, model: Model) -> None:
    """SetupError unless the disk can hold archive and unpacked model."""
    needed = 3 * model.megabytes * 10**6
    if (free := shutil.disk_usage(folder).free) < needed:
        raise SetupError("models.disk", folder=str(folder), free_mb=free // 10**6, needed_mb=needed // 10**6)


def verify(model: Model, archive: Path, pins: Path) -> str:
    """Return the archive's SHA-256; SetupError, and the archive removed, if it is not the one we know."""
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    expected = model.sha256 or read_pins(pins).get(model.name, digest)
    if digest != expected:
        archive.unlink()
        hint = f"expected SHA-256 {expected}; if its maker has renewed it, remove the line from {pins}"
        raise SetupError("models.changed", name=model.name, sha256=digest, hint=hint)
    return digest


def read_pins(pins: Path) -> dict[str, str]:
    return dict(json.loads(pins.read_text())) if pins.exists() else {}


def pin(pins: Path, name: str, digest: str) -> None:
    """Write down what the first fetch got, so that another file under the same name is noticed."""
    aside = pins.with_suffix(".new")
    aside.write_text(json.dumps(read_pins(pins) | {name: digest}, indent=2) + "\n")
    aside.replace(pins)


NEEDED = ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/phones/word_boundary.int")
GRAPHS = (("graph/HCLG.fst",), ("graph/HCLr.fst", "graph/Gr.fst"))
"""A static graph, or the two parts of a dynamic one (which takes run-time grammars)."""
EXTRACTOR = ("final.dubm", "final.ie", "final.mat", "global_cmvn.stats", "online_cmvn.conf", "splice.conf")


def check(folder: Path) -> list[str]:
    """Return everything that is wrong with a model's folder; empty if Vosk can open it (its model.cc)."""
    needed = list(NEEDED)
    if (folder / "ivector").is_dir():
        needed += [f"ivector/{name}" for name in EXTRACTOR]
    problems = [f"{name}: missing or empty" for name in needed if not filled(folder / name)]
    if not any(all(filled(folder / name) for name in graph) for graph in GRAPHS):
        problems.append("graph: neither HCLG.fst nor HCLr.fst with Gr.fst")
    model = MODELS.get(folder.name)
    for name, expected in ((model and model.files) or {}).items():
        if filled(folder / name) and hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
            problems.append(f"{name}: not the file that the figures were measured with")
    return problems


def filled(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def is_lab_model(folder: Path) -> bool:
    """Whether this is the lab's model, under whatever name: told by its acoustic model's content."""
    acoustic = folder / "am/final.mdl"
    if not acoustic.is_file():
        return False
    with acoustic.open("rb") as file:
        return (
            hashlib.file_digest(file, "sha256").hexdigest() == (MODELS[LAB_MODEL].files or {})["am/final.mdl"]
        )


PATIENT = "".join(f"--endpoint.rule{rule}.min-trailing-silence=100000\n" for rule in (1, 2, 3, 4)) + (
    "--endpoint.rule5.min-utterance-length=100000\n"
)
"""Kaldi's rules (online-endpoint.h) end an utterance by themselves; in seconds this is never."""


def serving_folder(model: Path, cache: Path | None = None) -> Path:
    """
    Return a folder that Vosk loads like *model*, but in which Vosk never ends an utterance by itself.

    Where a turn ends is our endpointer's decision. It holds links to the model's files and a `conf` of its
    own, in the cache, made again whenever the model's configuration differs. SetupError `models.broken`.
    """
    model = model.resolve()
    if problems := check(model):
        raise SetupError("models.broken", folder=str(model), problems=problems, hint="ivr-ari models check")
    lines = (model / "conf/model.conf").read_text().splitlines()
    text = "\n".join(line for line in lines if "--endpoint.rule" not in line) + "\n" + PATIENT
    key = hashlib.sha256(f"{model}\n{text}".encode()).hexdigest()[:16]
    folder = (cache or cache_folder()) / "serving" / f"{model.name}-{key}"
    if not folder.is_dir():
        aside = folder.with_name(f"{folder.name}.{os.getpid()}")
        shutil.rmtree(aside, ignore_errors=True)
        (aside / "conf").mkdir(parents=True)
        for entry in model.iterdir():
            if entry.name != "conf":
                (aside / entry.name).symlink_to(entry)
        for entry in (model / "conf").iterdir():
            if entry.name != "model.conf":
                (aside / "conf" / entry.name).symlink_to(entry)
        (aside / "conf/model.conf").write_text(text)
        take_place(aside, folder)
    return folder


def take_place(aside: Path, folder: Path) -> None:
    """Rename *aside* to *folder*; if another process was faster, its folder is the same as ours."""
    try:
        aside.rename(folder)
    except OSError:
        shutil.rmtree(aside)
        if not folder.is_dir():
            raise
