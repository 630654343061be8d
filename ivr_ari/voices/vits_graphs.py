"""
Coqui's VITS, written for being exported: the same weights and the same result, in fewer and faster steps.

One sentence at a time, so there are no masks; tokens and frames come first, so that a convolution is one
matrix product (the decoder excepted, where onnxruntime's blocked convolutions are faster); flips of the
flow's channels are done on weights. Context at the edges is dropped as soon as nothing depends on it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

__all__ = ["Decoder", "Encoder", "Flow"]

SMALLEST = 1e-3
"""Least width, height and slope of a spline's bin, as in Coqui."""


def _product(x: Tensor, conv: Any) -> Tensor:
    """
    Apply a convolution of Coqui's to x [tokens, channels] as one matrix product.

    Its taps are laid side by side before or after the product, wherever there are fewer channels.
    """
    weight, (width, given, kernel) = conv.weight, conv.weight.shape
    reach = conv.dilation[0] * (kernel // 2)
    taps = range(-reach, reach + 1, conv.dilation[0])
    if width < given:
        made = (x @ weight.permute(1, 2, 0).reshape(given, -1)).split(width, 1)
        product = reduce(torch.add, map(_moved, made, taps))
    else:
        columns = torch.cat([_moved(x, tap) for tap in taps], 1)
        product = columns @ weight.permute(2, 1, 0).reshape(-1, width)
    biased: Tensor = product + conv.bias
    return biased


def _moved(x: Tensor, by: int) -> Tensor:
    """Return what is *by* rows further on; padding by a negative number cuts."""
    return F.pad(x, (0, 0, -by, by)) if by else x


def _normed(x: Tensor, norm: Any) -> Tensor:
    return F.layer_norm(x, (norm.channels,), norm.gamma.flatten(), norm.beta.flatten(), norm.eps)


class Encoder(nn.Module):
    """Ids and noise [tokens, 2] to statistics [tokens, 2 * channels] and log durations [tokens]."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.text = model.text_encoder
        self.durations = model.duration_predictor

    def forward(self, ids: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
        text = self.text
        x = F.embedding(ids, text.emb.weight * math.sqrt(text.hidden_channels))
        layers = text.encoder
        for number in range(layers.num_layers):
            feed = layers.ffn_layers[number]
            x = _normed(x + _attended(x, layers.attn_layers[number]), layers.norm_layers_1[number])
            inner = _product(torch.relu(_product(x, feed.conv_1)), feed.conv_2)
            x = _normed(x + inner, layers.norm_layers_2[number])
        predictor = self.durations
        predicted = _stochastic if hasattr(predictor, "flows") else _plain
        return _product(x, text.proj), predicted(x, noise, predictor)


def _attended(x: Tensor, attention: Any) -> Tensor:
    """
    Return self-attention with relative positions (Shaw, Uszkoreit and Vaswani, 2018).

    A row of scores by distance becomes a row by place when rows one longer than the table are read as if they
    were not: each begins one further right.
    """
    heads, width, reach = attention.num_heads, attention.k_channels, attention.rel_attn_window_size
    count, near = x.shape[0], 2 * reach + 1
    parts = (attention.conv_q, attention.conv_k, attention.conv_v)
    scales = (1.0 / math.sqrt(width), 1.0, 1.0)
    weight = torch.cat([part.weight[:, :, 0] * by for part, by in zip(parts, scales, strict=True)])
    bias = torch.cat([part.bias * by for part, by in zip(parts, scales, strict=True)])
    query, key, value = (x @ weight.t() + bias).reshape(count, 3, heads, width).permute(1, 2, 0, 3).unbind(0)

    by_distance = F.pad(query @ attention.emb_rel_k[0].t(), (0, count)).reshape(heads, -1)
    skewed = by_distance[:, : count * (count + near - 1)].reshape(heads, count, -1)
    shares = torch.softmax(query @ key.transpose(1, 2) + skewed[:, :, reach : reach + count], -1)

    by_place = F.pad(F.pad(shares, (reach, reach)).reshape(heads, -1), (0, count))
    distances = by_place.reshape(heads, count, -1)[:, :, :near]
    found = shares @ value + distances @ attention.emb_rel_v[0]
    return _product(found.permute(1, 0, 2).reshape(count, heads * width), attention.conv_o)


def _stochastic(x: Tensor, noise: Tensor, predictor: Any) -> Tensor:
    condition = _product(_separable(_product(x, predictor.pre), predictor.convs), predictor.proj)
    flows = list(reversed(predictor.flows))
    one, other = noise[:, :1], noise[:, 1:]
    for flow in flows[:-2]:  # the last but one is of no use when speaking, as in Coqui
        one, other = other, one
        inner = _separable(_product(one, flow.pre) + condition, flow.convs)
        other = _spline(other, _product(inner, flow.proj), flow)
    affine = flows[-1]
    durations: Tensor = (other - affine.translation[0]) * torch.exp(-affine.log_scale[0])
    return durations[:, 0]


def _plain(x: Tensor, noise: Tensor, predictor: Any) -> Tensor:
    x = _normed(torch.relu(_product(x, predictor.conv_1)), predictor.norm_1)
    x = _normed(torch.relu(_product(x, predictor.conv_2)), predictor.norm_2)
    return _product(x, predictor.proj)[:, 0] + 0.0 * noise[:, 0]


def _separable(x: Tensor, convs: Any) -> Tensor:
    """Return Coqui's `DilatedDepthSeparableConv`."""
    for number in range(convs.num_layers):
        each, reach = convs.convs_sep[number], convs.convs_sep[number].dilation[0]
        taps = each.weight[:, 0]
        before, after = F.pad(x, (0, 0, reach, -reach)), F.pad(x, (0, 0, -reach, reach))
        y = before * taps[:, 0] + x * taps[:, 1] + after * taps[:, 2] + each.bias
        y = _product(F.gelu(_normed(y, convs.norms_1[number])), convs.convs_1x1[number])
        x = x + F.gelu(_normed(y, convs.norms_2[number]))
    return x


def _spline(y: Tensor, shape: Tensor, flow: Any) -> Tensor:
    """Return the inverse of a monotone rational quadratic spline (Durkan et al., 2019), y [tokens, 1]."""
    bins, bound = flow.num_bins, flow.tail_bound
    root = math.sqrt(flow.hidden_channels)
    across = _knots(shape[:, :bins] / root, bins, bound)
    up = _knots(shape[:, bins : 2 * bins] / root, bins, bound)
    slopes = F.pad(SMALLEST + F.softplus(shape[:, 2 * bins :]), (1, 1), value=1.0)

    inside = torch.clamp(y, -bound, bound)
    above = F.pad((inside >= up[:, 1:-1]).to(y.dtype), (1, 0), value=1.0)
    here = above - F.pad(above[:, 1:], (0, 1))

    def both(table: Tensor) -> tuple[Tensor, Tensor]:
        first = (table[:, :-1] * here).sum(1, keepdim=True)
        return first, (table[:, 1:] * here).sum(1, keepdim=True)

    (left, right), (low, high), (slope, next_slope) = both(across), both(up), both(slopes)
    height, width = high - low, right - left
    steep = height / width
    bend, rise = slope + next_slope - 2 * steep, inside - low
    a = rise * bend + height * (steep - slope)
    b = height * slope - rise * bend
    c = -steep * rise
    found = 2 * c / (-b - torch.sqrt(b * b - 4 * a * c)) * width + left
    return torch.where(inside == y, found, y)


def _knots(raw: Tensor, bins: int, bound: float) -> Tensor:
    """Return the edges of the bins, from -bound to bound."""
    sizes = SMALLEST + (1 - SMALLEST * bins) * torch.softmax(raw, -1)
    inner = 2 * bound * torch.cumsum(sizes, -1)[:, :-1] - bound
    return F.pad(F.pad(inner, (1, 0), value=-bound), (0, 1), value=bound)


class Flow(nn.Module):
    """
    Prior [channels, frames] to latent, without the first *left* and last *right* frames.

    *reach*: frames on each side that a layer of the flow depends on.
    """

    def __init__(self, model: Any, reach: int) -> None:
        super().__init__()
        self.flow = model.flow
        self.reach = reach

    def forward(self, prior: Tensor, left: Tensor, right: Tensor) -> Tensor:
        half = self.flow.channels // 2
        x = prior.t()
        parts = [x[:, :half], x[:, half:]]
        layers = list(reversed(self.flow.flows))
        for number, layer in enumerate(layers):
            # Coqui turns the channels round before each layer; here every other layer's weights are
            turned = number % 2 == 0
            given, changed = (1, 0) if turned else (0, 1)
            parts[changed] = parts[changed] - _shift(parts[given], layer, turned=turned)
            later = self.reach * (len(layers) - 1 - number)
            still_left, still_right = torch.clamp(left, max=later), torch.clamp(right, max=later)
            end = parts[0].shape[0]
            parts = [part[left - still_left : end - (right - still_right)] for part in parts]
            left, right = still_left, still_right
        return torch.cat(parts, 1).t()


def _shift(x: Tensor, layer: Any, *, turned: bool) -> Tensor:
    """Return what a coupling layer (`ResidualCouplingBlock`) takes from the other half."""
    pre, post, net = layer.pre.weight[:, :, 0].t(), layer.post.weight[:, :, 0].t(), layer.enc
    bias, width = layer.post.bias, net.hidden_channels
    if turned:
        pre, post, bias = pre.flip(0), post.flip(1), bias.flip(0)
    h, out = x @ pre + layer.pre.bias, torch.zeros(())
    for number in range(net.num_layers):
        z = _product(h, net.in_layers[number])
        y = _product(torch.tanh(z[:, :width]) * torch.sigmoid(z[:, width:]), net.res_skip_layers[number])
        if number < net.num_layers - 1:
            h, y = h + y[:, :width], y[:, width:]
        out = y if number == 0 else out + y
    shift: Tensor = out @ post + bias
    return shift


class Decoder(nn.Module):
    """
    Latent [channels, frames] to samples, those of the first *left* and last *right* frames left out.

    *reaches*: see `decoder_reaches`. onnxruntime has blocked convolutions for pictures only, so sound is a
    picture one pixel high.
    """

    def __init__(self, model: Any, reaches: Sequence[int]) -> None:
        super().__init__()
        self.net = model.waveform_decoder
        self.reaches = tuple(reaches)

    def forward(self, latent: Tensor, left: Tensor, right: Tensor) -> Tensor:
        net, frame = self.net, 1
        x = _flat(latent[None, :, None], net.conv_pre)
        for number, up in enumerate(net.ups):
            x = _up(F.leaky_relu(x, 0.1), up)
            frame *= up.stride[0]
            later = self.reaches[number + 1]
            still_left, still_right = torch.clamp(left, max=later), torch.clamp(right, max=later)
            x = x[:, :, :, (left - still_left) * frame : x.shape[3] - (right - still_right) * frame]
            left, right = still_left, still_right
            blocks = net.resblocks[number * net.num_kernels : (number + 1) * net.num_kernels]
            x = reduce(torch.add, [_block(x, block) for block in blocks]) / net.num_kernels
        x = torch.tanh(_flat(F.leaky_relu(x), net.conv_post))[0, 0, 0]
        return x[left * frame : x.shape[0] - right * frame]


def _flat(x: Tensor, conv: Any) -> Tensor:
    """Apply a convolution of Coqui's to x [1, channels, 1, samples]."""
    return F.conv2d(
        x, conv.weight[:, :, None], conv.bias, padding=(0, conv.padding[0]), dilation=(1, conv.dilation[0])
    )


def _block(x: Tensor, block: Any) -> Tensor:
    """Apply a residual block of either type."""
    if hasattr(block, "convs"):
        for conv in block.convs:
            x = x + _flat(F.leaky_relu(x, 0.1), conv)
        return x
    for first, second in zip(block.convs1, block.convs2, strict=True):
        x = x + _flat(F.leaky_relu(_flat(F.leaky_relu(x, 0.1), first), 0.1), second)
    return x


def _up(x: Tensor, up: Any) -> Tensor:
    """
    Apply a transposed convolution; where it is twice as long as its stride, as a plain one.

    Between two neighbours of the input lie as many samples as the stride, and these two alone make them; half
    a stride of what is made at each end is then outside.
    """
    stride, weight = up.stride[0], up.weight
    if up.kernel_size[0] != 2 * stride or stride % 2:
        return F.conv_transpose2d(
            x, weight[:, :, None], up.bias, stride=(1, stride), padding=(0, up.padding[0])
        )
    width = weight.shape[1]
    taps = torch.stack([weight[:, :, stride:], weight[:, :, :stride]], 3)  # [in, out, stride, 2]
    kernel = taps.permute(2, 1, 0, 3).reshape(stride * width, -1, 1, 2)
    made = F.conv2d(x, kernel, up.bias.repeat(stride), padding=(0, 1))
    joined = made.reshape(1, stride, width, -1).permute(0, 2, 3, 1).reshape(1, width, 1, -1)
    return joined[:, :, :, stride // 2 : -(stride // 2)]
