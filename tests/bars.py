"""A network made by hand that reads a script of bars, so that all about the weights is tested without weights.

A letter is a bar of ink: `H` of full height, `T` its upper half, `L` its lower half. A wide stretch of paper is a
space. Most letters of a page are to be `H`: they are taken for its small letters.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

CHARACTERS = " HTL"
HIGH, WIDE, APART, SPACE = 34, 16, 16, 50
"""Pixels of a bar, between bars, and between words."""

_FRAME, _AROUND = 4, 8  # columns of a frame, and to either side that the filter of a space looks at
_UPPER, _LOWER = slice(11, 19), slice(22, 30)  # rows of the scaled line: a line is framed with room about its ink


def write(folder: Path, name: str = "S", gain: float = 30.0) -> Path:
    """The network as a file with its card, as training/export.py writes them. gain: how sure it is."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    onnx.save(_network(gain), str(path))
    card = {
        "network": name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "bytes": path.stat().st_size,
        "parameters": 8_200,
        "made_on": "2026-11-29",
        "made_by": {"steps": 0, "lines": 0, "minutes": 0.0},
    }
    path.with_suffix(".json").write_text(json.dumps(card), encoding="utf8")
    return path


def _network(gain: float) -> Any:
    """One convolution; its two sets of filters look at the two frames of a column."""
    classes, across = len(CHARACTERS) + 1, 2 * _AROUND + 2 * _FRAME
    weight, bias = np.zeros((2, classes, 1, 40, across)), np.zeros((2, classes))
    for half in range(2):
        start = _AROUND + half * _FRAME
        frame, far = slice(start, start + _FRAME), slice(start - _AROUND, start + _FRAME + _AROUND)
        bias[half] = [0.5, 0.8, -0.7, 0, 0]  # no character, a space, H, T, L
        weight[half, 1, 0, :, far] = -12 / (40 * (2 * _AROUND + _FRAME))
        for kind, above, below in ((2, 1, 1), (3, 1, -2), (4, -2, 1)):
            weight[half, kind, 0, _UPPER, frame] = above / (8 * _FRAME)
            weight[half, kind, 0, _LOWER, frame] = below / (8 * _FRAME)
    constants = {"weight": weight.reshape(2 * classes, 1, 40, across) * gain, "bias": bias.reshape(-1) * gain}
    node = helper.make_node("Conv", ["x", "weight", "bias"], ["y"], kernel_shape=[40, across], strides=[40, 8],
                            pads=[0, _AROUND, 0, 2 * _AROUND])  # fmt: skip
    graph = helper.make_graph(
        [node],
        "bars",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 1, 40, "w"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 2 * classes, 1, "t"])],
        [numpy_helper.from_array(values.astype(np.float32), name) for name, values in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    helper.set_model_props(model, {"characters": CHARACTERS})
    return model


def draw(image: Any, x: int, base: int, text: str, ink: int = 0) -> list[tuple[int, int, int, int]]:
    """Draw words with their bars standing on `base`. Returns the words' boxes."""
    boxes = []
    for word in text.split(" "):
        left, top, bottom = x, base, base - HIGH
        for letter in word:
            middle = base - HIGH // 2
            y0, y1 = {"H": (base - HIGH, base), "T": (base - HIGH, middle), "L": (middle, base)}[letter]
            image[y0:y1, x : x + WIDE] = ink
            top, bottom = min(top, y0), max(bottom, y1)
            x += WIDE + APART
        boxes.append((left, top, x - APART, bottom))
        x += SPACE - APART
    return boxes
