"""
A Piper voice's weights under the names Coqui's `Vits` knows them by, and the proof that it worked.

Both are the VITS of Kim, Kong and Son (2021); they differ in names, in where flips and marks are
counted, and in Coqui keeping the weight norms that the exporter multiplied out.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from TTS.tts.configs.shared_configs import CharactersConfig
from TTS.tts.configs.vits_config import VitsArgs, VitsConfig
from TTS.tts.models.vits import Vits

from ..errors import SetupError
from ..prompts.coqui_tts import load_vits
from ..prompts.espeak import Pronouncer
from .piper import PiperVoice

__all__ = ["compare", "write_checkpoint"]

CHECK = "The quick brown fox jumps over the lazy dog, and your balance is forty two dollars."


def write_checkpoint(voice: PiperVoice, folder: Path) -> None:
    """
    Write Coqui's ``config.json`` and ``model.pth`` into *folder*.

    Raises SetupError ``voice.unlike`` when a parameter finds no place.
    """
    config = VitsConfig(
        # training-only parts are not in the file and are kept as small as they can be
        model_args=VitsArgs(
            num_chars=len(voice.symbols) + 4,
            init_discriminator=False,
            num_layers_posterior_encoder=1,
            **voice.model_args,
        ),
        run_name="piper",
        use_phonemes=True,
        phonemizer="espeak",
        phoneme_language=voice.espeak_voice,
        add_blank=True,
        enable_eos_bos_chars=True,
        characters=CharactersConfig(
            characters_class="TTS.tts.utils.text.characters.IPAPhonemes",
            pad="<PAD>",
            eos="<EOS>",
            bos="<BOS>",
            blank="<BLNK>",
            characters="".join(voice.symbols),
            punctuations="",
            is_unique=False,
            is_sorted=False,
        ),
    )
    config.audio.sample_rate = voice.rate_hz
    config.audio.hop_length = prod(voice.model_args["upsample_rates_decoder"])
    config.audio.do_trim_silence = False  # Coqui would cut sentence ends
    config.save_json(str(folder / "config.json"))

    config.use_phonemes = False  # no phonemizer is needed to fill in weights
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)  # the training-only weights stay random, but always the same
        model = Vits(config)
    state = model.state_dict()
    try:
        state.update({key: torch.from_numpy(array) for key, array in _coqui_weights(voice, state).items()})
        model.load_state_dict(state, strict=True)
    except (KeyError, RuntimeError) as exc:
        raise SetupError("voice.unlike", why=str(exc)[:200]) from exc
    torch.save({"model": state}, folder / "model.pth")


def _coqui_weights(voice: PiperVoice, state: Mapping[str, Any]) -> dict[str, Any]:
    """Return Piper's parameters under Coqui's names. Raises KeyError for one without a place."""
    rows = [voice.symbol_ids[mark] for mark in ("_", "$", "^", "_")]  # pad, eos, bos, blank
    rows += [voice.symbol_ids[symbol] for symbol in voice.symbols]
    found: dict[str, Any] = {}
    for name, array in voice.weights.items():
        key = _coqui_name(name)
        if key.endswith("emb.weight"):
            array = array[rows]
        if key in state:
            found[key] = np.ascontiguousarray(array).reshape(tuple(state[key].shape))
            continue
        normed = f"{key.removesuffix('.weight')}.parametrizations.weight."
        if normed + "original1" not in state:
            raise KeyError(name)
        axes = tuple(range(1, array.ndim))
        found[normed + "original1"] = np.ascontiguousarray(array)
        found[normed + "original0"] = np.sqrt((array**2).sum(axis=axes, keepdims=True))
    return found


def _coqui_name(name: str) -> str:
    """Return Coqui's name of a parameter of Piper's training code."""
    part, rest = name.split(".", 1)
    if part == "enc_p":
        return f"text_encoder.{rest}"
    if part == "dec":
        return f"waveform_decoder.{rest}"
    if part == "flow":
        # Piper's list holds a flip after each flow; Coqui flips inline
        word, number, tail = rest.split(".", 2)
        return f"flow.{word}.{int(number) // 2}.{tail}"
    if rest.startswith("flows."):
        word, number, tail = rest.split(".", 2)
        tail = {"m": "translation", "logs": "log_scale"}.get(tail, tail)
        return f"duration_predictor.{word}.{(int(number) + 1) // 2}.{tail}"
    return f"duration_predictor.{rest}"


def compare(onnx: Path, voice: PiperVoice, folder: Path) -> float:
    """Return the correlation of both models' audio of one sentence, noise off; 0.0 if lengths differ."""
    pronouncer = Pronouncer(voice.espeak_voice)
    try:
        phonemes = [symbol for symbol in pronouncer.phonemes(CHECK) if symbol in voice.symbol_ids]
    finally:
        pronouncer.close()
    marked = ["^", *(mark for symbol in phonemes for mark in ("_", symbol)), "_", "$"]
    ids = np.array([[voice.symbol_ids[mark] for mark in marked]], dtype=np.int64)
    session = onnxruntime.InferenceSession(str(onnx), providers=["CPUExecutionProvider"])
    length = float(voice.model_args["length_scale"])
    scales = np.array([0.0, length, 0.0], dtype=np.float32)
    feed = {"input": ids, "input_lengths": np.array([ids.shape[1]]), "scales": scales}
    if voice.speaker_id is not None:
        feed["sid"] = np.array([voice.speaker_id], dtype=np.int64)
    original = session.run(None, feed)[0].reshape(-1)

    model, tokenizer = load_vits(folder)
    model.inference_noise_scale = model.inference_noise_scale_dp = 0.0
    with torch.inference_mode():
        coqui_ids = torch.tensor([tokenizer.text_to_ids("".join(phonemes))])
        audio = model.inference(coqui_ids)["model_outputs"].reshape(-1).numpy()
    if len(audio) != len(original):
        return 0.0
    return float(np.corrcoef(original, audio)[0, 1])
