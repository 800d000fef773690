"""A network with known weights as an ONNX file. Batch norms are folded before, so that plain layers run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from extractor.recognising.alphabet import CHARACTERS
from extractor.recognising.line_picture import HEIGHT
from training.networks import HEAD_OUTPUTS, Conv, Head, Layer, Lstm, Residual, layers

Weights = Mapping[str, Any]
"""Of one layer: "weight" and "bias" of a convolution or head; "W", "R", "B" of an LSTM as ONNX orders them."""


def model(name: str, weights: Sequence[Weights]) -> onnx.ModelProto:
    """The network `name` with the weights of its layers in order, checked. Input "x" (n, 1, 40, w) of ink from 0 to 1,
    output "y" (n, 2 * classes, 1, columns) of scores before the softmax; the characters are in the metadata."""
    graph = _Graph(iter(weights))
    out = graph.through("x", layers(name))
    graph.nodes.append(helper.make_node("Identity", [out], ["y"]))
    made = helper.make_model(
        helper.make_graph(
            graph.nodes,
            name,
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 1, HEIGHT, "w"])],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", HEAD_OUTPUTS, 1, "t"])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 17)],
    )
    made.ir_version = 9
    helper.set_model_props(made, {"characters": CHARACTERS, "network": name})
    onnx.checker.check_model(made)
    return made


def random_weights(name: str, rng: np.random.Generator) -> list[Weights]:
    """Weights of the right shapes that mean nothing: for tests and for measuring speed."""

    def of(layer: Layer) -> Iterator[Weights]:
        if isinstance(layer, Residual):
            for one in layer.layers:
                yield from of(one)
        elif isinstance(layer, Conv):
            shape = (layer.outputs, layer.inputs // layer.groups, *layer.kernel)
            yield {"weight": rng.normal(0, 0.1, shape), "bias": np.zeros(layer.outputs)}
        elif isinstance(layer, Lstm):
            yield {
                "W": rng.normal(0, 0.1, (2, 4 * layer.hidden, layer.inputs)),
                "R": rng.normal(0, 0.1, (2, 4 * layer.hidden, layer.hidden)),
                "B": np.zeros((2, 8 * layer.hidden)),
            }
        else:
            yield {"weight": rng.normal(0, 0.05, (HEAD_OUTPUTS, layer.inputs, 1, 1)), "bias": np.zeros(HEAD_OUTPUTS)}

    return [weights for layer in layers(name) for weights in of(layer)]


class _Graph:
    """Nodes and constants as they are added."""

    def __init__(self, weights: Iterator[Weights]) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._weights = weights

    def through(self, x: str, some: Sequence[Layer]) -> str:
        for layer in some:
            if isinstance(layer, Residual):
                x = self._add("Relu", [self._add("Add", [self.through(x, layer.layers), x])])
            elif isinstance(layer, Conv):
                pads = [side // 2 for side in layer.kernel] * 2 if layer.same else [0] * 4
                x = self._conv(x, layer.kernel, layer.stride, layer.groups, pads)
                x = self._add("Relu", [x]) if layer.relu else x
            elif isinstance(layer, Lstm):
                x = self._lstm(x, layer.hidden)
            else:
                assert isinstance(layer, Head)
                x = self._conv(x, (1, 1), (1, 1), 1, [0] * 4)
        return x

    def _conv(self, x: str, kernel: tuple[int, int], stride: tuple[int, int], groups: int, pads: list[int]) -> str:
        mine = next(self._weights)
        inputs = [x, self._constant(mine["weight"]), self._constant(mine["bias"])]
        return self._add("Conv", inputs, kernel_shape=list(kernel), strides=list(stride), group=groups, pads=pads)

    def _lstm(self, x: str, hidden: int) -> str:
        mine = next(self._weights)
        line = self._add("Squeeze", [x, self._constant([2], np.int64)])
        line = self._add("Transpose", [line], perm=[2, 0, 1])
        inputs = [line, *(self._constant(mine[key]) for key in "WRB")]
        line = self._add("LSTM", inputs, hidden_size=hidden, direction="bidirectional")
        line = self._add("Transpose", [line], perm=[2, 1, 3, 0])  # frames, directions, n, hidden
        return self._add("Reshape", [line, self._constant([0, 2 * hidden, 1, -1], np.int64)])

    def _add(self, kind: str, inputs: list[str], **attributes: Any) -> str:
        out = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [out], **attributes))
        return out

    def _constant(self, values: Any, kind: Any = np.float32) -> str:
        name = f"w{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values, dtype=kind), name))
        return name
