"""Graphs for export against Coqui's own modules, on models with random weights in every supported shape."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from TTS.tts.configs.vits_config import VitsArgs, VitsConfig
from TTS.tts.models.vits import Vits

from ivr_ari.prompts.coqui_tts import TorchNetwork, reaches, traits_of
from ivr_ari.voices.vits_graphs import Decoder, Encoder, Flow

pytestmark = pytest.mark.model

SHAPES: dict[str, dict[str, Any]] = {
    "medium": {},
    "high": {
        "resblock_type_decoder": "1",
        "resblock_kernel_sizes_decoder": [3, 7, 11],
        "resblock_dilation_sizes_decoder": [[1, 3, 5], [1, 3, 5], [1, 3, 5]],
        "upsample_rates_decoder": [8, 8, 2, 2],
        "upsample_kernel_sizes_decoder": [16, 16, 4, 4],
    },
    "plain durations": {"use_sdp": False},
    "odd upsampling": {"upsample_rates_decoder": [8, 8, 4], "upsample_kernel_sizes_decoder": [18, 16, 12]},
}


def model_of(shape: dict[str, Any]) -> Any:
    """Return a small VITS with random weights, none of them zero."""
    usual: dict[str, Any] = {
        "num_chars": 40,
        "hidden_channels": 16,
        "hidden_channels_ffn_text_encoder": 24,
        "num_layers_text_encoder": 2,
        "resblock_type_decoder": "2",
        "resblock_kernel_sizes_decoder": [3, 5, 7],
        "resblock_dilation_sizes_decoder": [[1, 2], [2, 6], [3, 12]],
        "upsample_rates_decoder": [8, 8, 4],
        "upsample_kernel_sizes_decoder": [16, 16, 8],
        "upsample_initial_channel_decoder": 32,
        "init_discriminator": False,
        "num_layers_posterior_encoder": 1,
    }
    torch.manual_seed(1)
    model = Vits(VitsConfig(model_args=VitsArgs(**usual | shape)))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "original0" not in name:
                parameter.add_(0.05 * torch.randn_like(parameter))
    return model.eval()


@pytest.fixture(scope="module", params=SHAPES)
def model(request: pytest.FixtureRequest) -> Any:
    return model_of(SHAPES[request.param])


def test_encoder(model: Any) -> None:
    """
    Statistics and durations are those of Coqui's encoder and predictor.
    """
    ids, noise = torch.randint(0, 40, (23,)), torch.randn(23, 2)
    mean, log_scale, durations = TorchNetwork(model).encode(ids.numpy(), noise.t().contiguous().numpy())
    with torch.no_grad():
        found, log_durations = Encoder(model)(ids, noise)

    assert np.abs(found.t().numpy() - np.concatenate([mean, log_scale])).max() < 1e-4
    assert np.abs(log_durations.numpy() - durations).max() < 1e-4


@pytest.mark.parametrize(("left", "right"), [(0, 0), (32, 32), (0, 40), (7, 3)])
def test_flow(model: Any, left: int, right: int) -> None:
    """
    The latent is that of Coqui's flow, without the context that was named.
    """
    network, traits = TorchNetwork(model), traits_of(model, model.tokenizer)
    prior = torch.randn(16, 90)
    whole = network.flow(prior.numpy(), 0, 0)
    with torch.no_grad():
        graph = Flow(model, traits.flow_context // 4)
        part = graph(prior, torch.tensor(left), torch.tensor(right)).numpy()

    assert np.abs(part - whole[:, left : 90 - right]).max() < 1e-4


@pytest.mark.parametrize(("first", "last"), [(0, 40), (0, 20), (13, 25), (25, 40)])
def test_decoder(model: Any, first: int, last: int) -> None:
    """
    Frames first to last, decoded with the context the model needs, are those of the whole decode.
    """
    network, contexts = TorchNetwork(model), reaches(model)
    latent = torch.randn(16, 40)
    whole = network.decode(latent.numpy(), 0, 0)
    low, high = max(0, first - contexts[0]), min(40, last + contexts[0])
    edges = torch.tensor(first - low), torch.tensor(high - last)
    with torch.no_grad():
        part = Decoder(model, contexts)(latent[:, low:high], *edges).numpy()

    assert np.abs(part - whole[first * 256 : last * 256]).max() < 1e-3 * whole.std()
