"""The networks in PyTorch."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import nn

from extractor.recognising.alphabet import CLASSES
from training.networks import HEAD_OUTPUTS, Conv, Head, Layer, Lstm, Residual, layers

_DROPPED = 0.1


class Network(nn.Module):
    """A network of `networks.SIZES`: pictures (n, 1, 40, w) to log shares (frames, n, classes)."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.layers = layers(name)
        self.parts = nn.ModuleList(part for layer in self.layers for part in _parts(layer))

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        parts = iter(self.parts)
        made = pictures
        for layer in self.layers:
            made = self._through(layer, made, parts)
        count, _, _, columns = made.shape
        made = made.reshape(count, 2, CLASSES, columns).permute(3, 1, 0, 2).reshape(2 * columns, count, CLASSES)
        return made.float().log_softmax(-1)

    def _through(self, layer: Layer, x: torch.Tensor, parts: Iterator[nn.Module]) -> torch.Tensor:
        if isinstance(layer, Conv):
            made = next(parts)(x)
            return torch.relu(made) if layer.relu else made
        if isinstance(layer, Residual):
            made = x
            for one in layer.layers:
                made = self._through(one, made, parts)
            return torch.relu(made + x)
        if isinstance(layer, Lstm):
            made, _ = next(parts)(x.squeeze(2).permute(2, 0, 1).contiguous())
            return nn.functional.dropout(made.permute(1, 2, 0).unsqueeze(2), _DROPPED, self.training)
        return next(parts)(nn.functional.dropout(x, _DROPPED, self.training))


def _parts(layer: Layer) -> list[nn.Module]:
    if isinstance(layer, Conv):
        pad = tuple(side // 2 for side in layer.kernel) if layer.same else (0, 0)
        conv = nn.Conv2d(layer.inputs, layer.outputs, layer.kernel, layer.stride, pad, groups=layer.groups, bias=False)
        return [nn.Sequential(conv, nn.BatchNorm2d(layer.outputs))]
    if isinstance(layer, Residual):
        made = [part for one in layer.layers for part in _parts(one)]
        nn.init.constant_(made[-1][1].weight, 0.3)  # blocks begin near to letting all through
        return made
    if isinstance(layer, Lstm):
        return [nn.LSTM(layer.inputs, layer.hidden, bidirectional=True)]
    assert isinstance(layer, Head)
    return [nn.Conv2d(layer.inputs, HEAD_OUTPUTS, 1)]
