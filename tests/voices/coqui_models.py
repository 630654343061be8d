"""Models of coqui-tts as somebody might bring them: small, untrained, in Coqui's own layout."""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
from TTS.tts.configs.glow_tts_config import GlowTTSConfig
from TTS.tts.configs.shared_configs import CharactersConfig
from TTS.tts.configs.vits_config import VitsArgs, VitsConfig
from TTS.tts.models.glow_tts import GlowTTS
from TTS.tts.models.vits import Vits

__all__ = ["glow_model", "vits_model"]

LETTERS = "abcdefghijklmnopqrstuvwxyzáéíóúüñ"
MARKS = "!¡'(),-.:;¿? "

SMALL = {
    "hidden_channels": 32,
    "hidden_channels_ffn_text_encoder": 64,
    "num_layers_text_encoder": 2,
    "num_layers_flow": 2,
    "num_layers_posterior_encoder": 2,
    "upsample_initial_channel_decoder": 64,
    "use_sdp": True,
}


def letters() -> CharactersConfig:
    return CharactersConfig(
        characters_class="TTS.tts.models.vits.VitsCharacters",
        pad="_",
        eos="&",
        bos="*",
        blank=None,
        characters=LETTERS,
        punctuations=MARKS,
    )


def vits_model(folder: Path, speakers: tuple[str, ...] = (), **more: object) -> Path:
    """Write a VITS that reads letters, with *speakers* if there are any; return its folder."""
    folder.mkdir(parents=True)
    args = VitsArgs(**SMALL, **more)
    config = VitsConfig(
        model_args=args, characters=letters(), use_phonemes=False, text_cleaner="basic_cleaners"
    )
    config.phoneme_language = "es"
    if speakers:
        elsewhere = folder / "speakers.json"
        elsewhere.write_text(json.dumps({name: number for number, name in enumerate(speakers)}))
        args.use_speaker_embedding = config.use_speaker_embedding = True
        args.speaker_embedding_channels = 16
        args.speakers_file = config.speakers_file = str(elsewhere)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        model = Vits(config)
        for weight in model.parameters():
            # untrained last layers are zero, and what is zero shows no difference
            if not weight.any():
                torch.nn.init.normal_(weight, std=0.05)
        # some five frames a letter: what is drawn at random may last for minutes
        last = model.duration_predictor.flows[0]
        torch.nn.init.constant_(last.log_scale, 3.0)
        torch.nn.init.constant_(last.translation, -1.5 * math.exp(3.0))
    torch.save({"model": model.state_dict()}, folder / "model_file.pth")
    if speakers:  # as a model brought from another machine names it
        config.model_args.speakers_file = config.speakers_file = "/home/somebody/training/speakers.json"
    config.save_json(str(folder / "config.json"))
    return folder


def glow_model(folder: Path) -> Path:
    """Write a GlowTTS, whose spectrograms become sound by phase estimation; return its folder."""
    folder.mkdir(parents=True)
    config = GlowTTSConfig(
        characters=CharactersConfig(
            characters_class="TTS.tts.utils.text.characters.Graphemes",
            pad="_",
            eos="&",
            bos="*",
            blank="#",
            characters=LETTERS,
            punctuations=MARKS,
        ),
        use_phonemes=False,
        text_cleaner="basic_cleaners",
        num_flow_blocks_dec=2,
        hidden_channels_enc=32,
        hidden_channels_dec=32,
        hidden_channels_dp=32,
        encoder_params={
            "kernel_size": 3,
            "dropout_p": 0.1,
            "num_layers": 2,
            "num_heads": 2,
            "hidden_channels_ffn": 64,
            "input_length": None,
        },
    )
    config.audio.griffin_lim_iters = 10
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(2)
        model = GlowTTS(config)
        torch.nn.init.constant_(model.encoder.duration_predictor.proj.bias, 1.5)
    torch.save({"model": model.state_dict()}, folder / "model_file.pth")
    config.save_json(str(folder / "config.json"))
    return folder
