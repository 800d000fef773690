"""A trained network to the ONNX file that the package reads, with a card that says where it comes from.

    python -m training.export --checkpoint OUT/checkpoint.pt --out FOLDER
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch

from training.onnx_network import Weights, model
from training.torch_network import Network


def main() -> None:
    """Read the command line and export every network of a checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    kept = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
    progress = kept["progress"]
    for name, (_, mean, _) in kept["learners"].items():
        network = Network(name)
        network.load_state_dict(mean)
        told = {"steps": progress["steps"], "lines": progress["lines"], "minutes": round(progress["spent"] / 60, 1)}
        print(export(name, network, options.out, told))


def export(name: str, network: Network, out: Path, made_by: Mapping[str, Any]) -> Path:
    """Write `out`/NAME.onnx and NAME.json, its card with checksum. Returns the ONNX file's path."""
    path = out / f"{name}.onnx"
    onnx.save(model(name, folded_weights(network)), str(path))
    card = {
        "network": name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "bytes": path.stat().st_size,
        "parameters": sum(p.numel() for p in network.parameters()),
        "made_on": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "made_by": dict(made_by),
    }
    path.with_suffix(".json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    return path


def folded_weights(network: Network) -> list[Weights]:
    """The weights of every layer in order, batch norms folded into the convolutions before them."""
    return [_folded(part) for part in network.parts]


def _folded(part: torch.nn.Module) -> Weights:
    if isinstance(part, torch.nn.Sequential):
        conv, norm = part
        gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        bias = norm.bias - norm.running_mean * gain
        return {"weight": _numbers(conv.weight * gain[:, None, None, None]), "bias": _numbers(bias)}
    if isinstance(part, torch.nn.LSTM):
        return _lstm(part)
    return {"weight": _numbers(part.weight), "bias": _numbers(part.bias)}


def _lstm(part: torch.nn.LSTM) -> Weights:
    """PyTorch orders the gates input, forget, cell, output; ONNX input, output, forget, cell."""
    hidden = part.hidden_size
    order = np.r_[0:hidden, 3 * hidden : 4 * hidden, hidden : 2 * hidden, 2 * hidden : 3 * hidden]

    def both(name: str) -> Any:
        return np.stack([_numbers(getattr(part, name + way))[order] for way in ("", "_reverse")])

    bias = np.concatenate([both("bias_ih_l0"), both("bias_hh_l0")], 1)
    return {"W": both("weight_ih_l0"), "R": both("weight_hh_l0"), "B": bias}


def _numbers(tensor: torch.Tensor) -> Any:
    return tensor.detach().float().cpu().numpy()


if __name__ == "__main__":
    main()
