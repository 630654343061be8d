"""
A VITS that was trained with coqui-tts, as a voice of ours: one speaker, the parts that speak, nothing else.

What training needed is left out (discriminators, speaker encoders), and one speaker's part of a model with
many is folded into its biases. The result is compared with what the model itself says.
"""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from TTS.tts.configs.vits_config import VitsArgs, VitsConfig
from TTS.tts.models.vits import Vits

from ..errors import SetupError
from ..prompts.coqui_tts import load_vits
from ..prompts.coqui_whole import as_file, at_home
from ..prompts.espeak import Pronouncer
from ..prompts.voice_folder import VoiceAbout
from .making import Progress
from .speakers import chosen

__all__ = ["streams", "write_vits"]

AGREEMENT = 0.9999
"""Least correlation with the audio of the whole model, noise switched off."""

CHECK = {
    "es": "El zorro marrón salta sobre el perro, y su saldo es de cuarenta y dos dólares.",
    "": "The quick brown fox jumps over the lazy dog, and your balance is forty two dollars.",
}

NO_WEIGHTS = (EOFError, pickle.UnpicklingError)
"""What torch raises for a file that holds none, or more than weights."""

SPEAKING = ("text_encoder", "duration_predictor", "flow", "waveform_decoder")
"""Parts of a VITS that speak."""

ALONE = {
    "use_speaker_embedding": False,
    "speakers_file": None,
    "use_d_vector_file": False,
    "d_vector_file": None,
    "d_vector_dim": 0,
    "use_speaker_encoder_as_loss": False,
    "speaker_encoder_model_path": "",
    "speaker_encoder_config_path": "",
    "init_discriminator": False,
    "num_layers_posterior_encoder": 1,
}
"""Coqui's `VitsArgs` of a model of one voice that is not trained any more."""

ENCODER = ("use_speaker_encoder_as_loss", "speaker_encoder_model_path", "speaker_encoder_config_path")
"""Of these, what nobody needs who only speaks."""


def streams(settings: Mapping[str, Any]) -> bool:
    """Tell whether a Coqui model of this configuration can be streamed: a VITS of one language."""
    args = settings.get("model_args") or {}
    reads = not settings.get("use_phonemes") or settings.get("phonemizer") in (None, "", "espeak")
    plain = not (args.get("use_language_embedding") or args.get("encoder_sample_rate"))
    return settings.get("model") == "vits" and reads and plain and args.get("use_sdp", True) is True


def write_vits(
    weights: Path,
    settings: Mapping[str, Any],
    draft: Path,
    progress: Progress,
    *,
    speaker: str = "",
    language: str = "",
) -> VoiceAbout:
    """
    Write ``config.json`` and ``model.pth`` of the model of one voice into *draft*, and tell what it is.

    Raises SetupError ``voice.unreadable``, ``voice.speaker``, ``voice.differs``.
    """
    model, config = _loaded(weights, settings)
    name, given = _speaker(model, speaker, weights)
    progress("writing the checkpoint of one voice", 0.2)
    _write(model, config, settings, _folded(model, given) if given else {}, draft)

    phonemes = bool(settings.get("use_phonemes"))
    espeak_voice = str(settings.get("phoneme_language") or "en-us") if phonemes else ""
    language = language or (espeak_voice or str(settings.get("phoneme_language") or "en"))[:2]
    progress("comparing with the original", 0.3)
    correlation = _compare(model, given, draft, espeak_voice, language)
    if not correlation > AGREEMENT:
        raise SetupError("voice.differs", file=weights.name, correlation=round(correlation, 6))
    progress(f"original and voice agree: correlation {correlation:.10f}", 0.4)
    return VoiceAbout(
        name="",
        rate_hz=int(config.audio.sample_rate),
        espeak_voice=espeak_voice,
        text="phonemes" if phonemes else "letters",
        language=language,
        speaker=name,
        correlation=correlation,
    )


def _loaded(weights: Path, settings: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return the whole model and its configuration, no phonemizer of Coqui's started."""
    fixed = at_home(dict(settings), weights.parent)
    assert isinstance(fixed, dict)
    fixed |= {"use_phonemes": False, "text_cleaner": None}
    if settings.get("use_phonemes") and not (fixed.get("characters") or {}).get("characters_class"):
        symbols = dict(fixed.get("characters") or {})
        fixed["characters"] = symbols | {"characters_class": "TTS.tts.utils.text.characters.IPAPhonemes"}
    args = dict(fixed.get("model_args") or {})
    fixed["model_args"] = args | {key: ALONE[key] for key in ENCODER}
    try:
        config = VitsConfig()
        path = as_file(fixed)
        try:
            config.load_json(str(path))
        finally:
            path.unlink()
        config.model_args.init_discriminator = False
        model = Vits(config)
        state = torch.load(weights, map_location="cpu", weights_only=True)["model"]
        missing = model.load_state_dict(state, strict=False).missing_keys
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, *NO_WEIGHTS) as exc:
        why = f"{type(exc).__name__}: {exc}"[:300]
        raise SetupError("voice.unreadable", file=str(weights), why=why) from exc
    if lacking := [key for key in missing if key.startswith(SPEAKING)]:
        raise SetupError("voice.unreadable", file=str(weights), why=f"it lacks {lacking[0]}")
    model.eval()
    return model, config


def _speaker(model: Any, wanted: str, weights: Path) -> tuple[str, dict[str, torch.Tensor]]:
    """Return the speaker's name and what Coqui's `Vits.inference` takes for it; nothing for one voice."""
    manager = model.speaker_manager
    if not model.embedded_speaker_dim:
        return "", {}
    if model.args.use_d_vector_file:
        names = {str(name): number for number, name in enumerate(manager.embedding_names)}
        name, _ = chosen(wanted, names, len(names), file=weights.name)
        mean = manager.get_mean_embedding(name, num_samples=None, randomize=False)
        return name, {"d_vectors": torch.tensor(mean, dtype=torch.float32).unsqueeze(0)}
    names = {str(name): int(number) for name, number in manager.name_to_id.items()}
    only = next(iter(names)) if len(names) == 1 and not wanted else wanted
    name, number = chosen(only, names, model.emb_g.num_embeddings, file=weights.name)
    return name, {"speaker_ids": torch.tensor([number])}


def _folded(model: Any, given: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the biases with what the speaker adds behind them."""
    state = model.state_dict()
    found: dict[str, torch.Tensor] = {}

    def add(bias: str, constant: torch.Tensor) -> None:
        found[bias] = state[bias] + constant.reshape(-1)

    with torch.inference_mode():
        if "d_vectors" in given:
            speaker = torch.nn.functional.normalize(given["d_vectors"]).unsqueeze(-1)
        else:
            speaker = model.emb_g(given["speaker_ids"]).unsqueeze(-1)
        if model.args.condition_dp_on_speaker:
            add("duration_predictor.pre.bias", model.duration_predictor.cond(speaker))
        add("waveform_decoder.conv_pre.bias", model.waveform_decoder.cond_layer(speaker))
        for number, block in enumerate(model.flow.flows):
            parts = block.enc.cond_layer(speaker).split(2 * block.enc.hidden_channels, dim=1)
            for layer, part in enumerate(parts):
                add(f"flow.flows.{number}.enc.in_layers.{layer}.bias", part)
    return {bias: value.clone() for bias, value in found.items()}


def _write(
    model: Any, config: Any, settings: Mapping[str, Any], folded: Mapping[str, torch.Tensor], draft: Path
) -> None:
    """Write the model of one voice, its configuration as any Coqui program reads it."""
    config = copy.deepcopy(config)  # the whole model goes on reading its own
    args = {**config.model_args.to_dict(), **ALONE}
    config.model_args = VitsArgs(**args)
    for key in ALONE:
        if key in config:
            config[key] = ALONE[key]
    config.speakers = None
    config.audio.do_trim_silence = False  # Coqui would cut sentence ends
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)  # the training-only weights stay random, but always the same
        alone = Vits(config)
    known = alone.state_dict()
    speaking = {
        key: value for key, value in model.state_dict().items() if key in known and key.startswith(SPEAKING)
    }
    alone.load_state_dict({**known, **speaking, **folded}, strict=True)
    torch.save({"model": alone.state_dict()}, draft / "model.pth")
    config.use_phonemes = bool(settings.get("use_phonemes"))
    config.save_json(str(draft / "config.json"))


def _compare(
    model: Any, given: Mapping[str, torch.Tensor], draft: Path, espeak_voice: str, language: str
) -> float:
    """Return the correlation of both models' audio of one sentence, noise off; 0.0 if lengths differ."""
    text = CHECK.get(language, CHECK[""]).lower()
    if espeak_voice:
        pronouncer = Pronouncer(espeak_voice)
        text = pronouncer.phonemes(text)
        pronouncer.close()
    alone, tokenizer = load_vits(draft)
    ids = torch.tensor([tokenizer.text_to_ids(text)])
    heard = []
    for one, speaker in ((model, given), (alone, {})):
        one.inference_noise_scale = one.inference_noise_scale_dp = 0.0
        audio = one.inference(ids, {"x_lengths": torch.tensor([ids.shape[1]]), **speaker})["model_outputs"]
        heard.append(audio.reshape(-1).numpy())
    if len(heard[0]) != len(heard[1]):
        return 0.0
    return float(np.corrcoef(heard[0], heard[1])[0, 1])
