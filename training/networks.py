"""The networks as lists of layers, for training and export alike; S reads quickly, M reads more surely.

A stem to 1/4, depthwise residual blocks, down to 1/8 of the width, the height collapsed, residual blocks along the
line, one LSTM in both directions, and a head that gives two frames for each of its columns: a frame every 4 pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractor.recognising.alphabet import CLASSES


@dataclass(frozen=True, slots=True)
class Conv:
    """A convolution with its batch norm folded into it; `relu` after it or not; `same`: padded to keep the size."""

    inputs: int
    outputs: int
    kernel: tuple[int, int]
    stride: tuple[int, int] = (1, 1)
    groups: int = 1
    relu: bool = True
    same: bool = True


@dataclass(frozen=True, slots=True)
class Residual:
    """Layers whose output is added to their input, and a ReLU."""

    layers: tuple[Conv, ...]


@dataclass(frozen=True, slots=True)
class Lstm:
    """Both directions along the line."""

    inputs: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Head:
    """The scores of two frames of classes for each column."""

    inputs: int


Layer = Conv | Residual | Lstm | Head


@dataclass(frozen=True, slots=True)
class Size:
    """Channels and depths of a network."""

    stem: tuple[int, int]
    middle: int
    middle_blocks: int
    wide: int
    wide_blocks: int
    hidden: int


SIZES = {
    "S": Size((16, 32), 96, 2, 256, 2, 128),
    "M": Size((16, 48), 128, 3, 320, 3, 192),
    "tiny": Size((8, 16), 48, 1, 96, 1, 48),  # for tests
}


def layers(name: str) -> tuple[Layer, ...]:
    """The layers of a network, in order. A line of 40 x w becomes 2 frames for each of w / 8 columns."""
    size = SIZES[name]
    first, second = size.stem
    made: list[Layer] = [
        Conv(1, first, (3, 3), (2, 2)),
        Conv(first, second, (3, 3), (2, 2)),
        _block(second, (5, 5)),
        Conv(second, size.middle, (3, 3), (2, 2)),
    ]
    made += [_block(size.middle, (5, 5))] * size.middle_blocks
    made.append(Conv(size.middle, size.wide, (5, 1), same=False))
    made += [_block(size.wide, (1, 9))] * size.wide_blocks
    return (*made, Lstm(size.wide, size.hidden), Head(2 * size.hidden))


def frames(width: int) -> int:
    """How many frames a line of that width gives."""
    for _ in range(3):
        width = (width + 1) // 2
    return 2 * width


def _block(channels: int, kernel: tuple[int, int]) -> Residual:
    return Residual((
        Conv(channels, channels, kernel, groups=channels),
        Conv(channels, 2 * channels, (1, 1)),
        Conv(2 * channels, channels, (1, 1), relu=False),
    ))


HEAD_OUTPUTS = 2 * CLASSES
