"""Train the line recogniser. One command, one GPU, at most 90 minutes:

    python -m training.train --out OUT

Run again with the same --out it goes on from the last checkpoint. Writes OUT/checkpoint.pt every few minutes,
OUT/log.jsonl, and at the end OUT/S.onnx, OUT/M.onnx and their cards; without the package onnx, `python -m
training.export` makes those of the checkpoint elsewhere.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from training.feeding import Batch, Feeder
from training.lines import STEP, WIDTHS, ZERO
from training.torch_network import Network

RATE = 2e-3
WARM = 0.01
"""Share of the budget in which the rate of learning rises."""

FLAT = 0.15
"""Share after which it falls, by a cosine."""

NARROW = WIDTHS[1]
"""Widest line of the early part: CTC finds out what stands where sooner on short lines."""

CLIP, DECAY, EVERY = 2.0, 0.02, 4
TOLD, KEPT = 20, 180
"""Seconds between lines of the log, and between checkpoints."""

PIXELS = {"cuda": 1408 * 256, "cpu": 1408 * 8}
"""Columns of a batch, all lines together."""


@dataclass(slots=True)
class Learner:
    """A network, the mean of its weights over time, and its optimiser."""

    network: Network
    mean: Network
    optimiser: torch.optim.Optimizer


@dataclass(slots=True)
class Progress:
    """How far a training is. `spent` in seconds, over all its runs."""

    steps: int = 0
    lines: int = 0
    spent: float = 0.0
    losses: dict[str, list[float]] = field(default_factory=dict)


@dataclass(slots=True)
class Meter:
    """Sums since the log was last written. The sums of losses stay on the GPU, which need not be waited for."""

    since: float = field(default_factory=time.monotonic)
    steps: int = 0
    lines: int = 0
    losses: dict[str, Any] = field(default_factory=dict)

    def add(self, losses: dict[str, torch.Tensor], lines: int) -> None:
        """Count one step."""
        self.steps += 1
        self.lines += lines
        for name, loss in losses.items():
            self.losses[name] = self.losses.get(name, 0.0) + loss


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--networks", nargs="+", choices=("S", "M", "tiny"), default=["S", "M"])
    parser.add_argument("--minutes", type=float, default=85.0, help="time for training, all runs together (85)")
    parser.add_argument("--pause-after", type=float, default=math.inf, help="end this run after so many minutes")
    parser.add_argument("--steps", type=int, help="end after so many steps, whatever the time")
    parser.add_argument("--narrow-share", type=float, default=0.1, help="share of the time on short lines alone (0.1)")
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    parser.add_argument("--pixels", type=int, help="columns of a batch (360448 on a GPU, 11264 on a CPU)")
    parser.add_argument("--seed", type=int, default=8)
    options = parser.parse_args()
    progress = train(options)
    for name, losses in progress.losses.items():
        print(f"{name}: loss {losses[0]:.3f} at first, {losses[-1]:.3f} at last", flush=True)


def train(options: argparse.Namespace) -> Progress:
    """Train, write checkpoints and the log, export at the end."""
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        torch.set_num_threads(1)  # lines are small; threads that wait for each other cost more than they bring
    if device == "cuda":
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    learners = {name: _learner(name, options.seed, device) for name in options.networks}
    progress = _resumed(out / "checkpoint.pt", learners, device)
    feeder = Feeder(options.seed + 1000 * progress.steps, options.workers, options.pixels or PIXELS[device])
    began, spent_before, kept = time.monotonic(), progress.spent, time.monotonic()
    meter = Meter()
    try:
        while (share := _share(options, progress)) < 1 and not _pauses(options, began):
            batch = feeder.batch(NARROW if share < options.narrow_share else WIDTHS[-1])
            losses = _step(learners, batch, RATE * _rate(share), progress.steps, device)
            progress.steps += 1
            progress.lines += len(batch.lengths)
            progress.spent = spent_before + time.monotonic() - began
            meter.add(losses, len(batch.lengths))
            if time.monotonic() - meter.since > TOLD:
                meter = _told(out, meter, progress, feeder.drawn)
            if time.monotonic() - kept > KEPT:
                _keep(out / "checkpoint.pt", learners, progress)
                kept = time.monotonic()
    finally:
        feeder.close()
    if meter.steps:
        _told(out, meter, progress, feeder.drawn)
    _keep(out / "checkpoint.pt", learners, progress)
    if _share(options, progress) < 1:
        print("paused: the same command goes on from here", flush=True)
        return progress
    from training.export import export  # needs the package onnx, which a machine with a GPU may lack

    for name, learner in learners.items():
        export(name, learner.mean, out, {"seed": options.seed, "steps": progress.steps, "lines": progress.lines,
                                         "minutes": round(progress.spent / 60, 1), "device": device})  # fmt: skip
    return progress


def _learner(name: str, seed: int, device: str) -> Learner:
    torch.manual_seed(seed)
    layout = torch.channels_last  # a third faster on a CPU
    network, mean = (Network(name).to(device=device, memory_format=layout) for _ in range(2))
    mean.load_state_dict(network.state_dict())
    flat = [p for p in network.parameters() if p.ndim <= 1]
    deep = [p for p in network.parameters() if p.ndim > 1]
    groups = [{"params": deep, "weight_decay": DECAY}, {"params": flat, "weight_decay": 0.0}]
    return Learner(network, mean, torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98)))


def _share(options: argparse.Namespace, progress: Progress) -> float:
    """The share of the budget that is spent."""
    if options.steps:
        return float(progress.steps / options.steps)
    return float(progress.spent / (60 * options.minutes))


def _pauses(options: argparse.Namespace, began: float) -> bool:
    return bool(time.monotonic() - began > 60 * options.pause_after)


def _rate(share: float) -> float:
    """The rate of learning at a share of the budget: up, flat, down by a cosine."""
    fall = 0.5 * (1 + math.cos(math.pi * max(0.0, share - FLAT) / (1 - FLAT)))
    return min(1.0, (share + WARM / 20) / WARM) * max(0.005, fall)


def _step(
    learners: dict[str, Learner], batch: Batch, rate: float, step: int, device: str
) -> dict[str, torch.Tensor]:
    """Teach every network one batch. Returns their losses."""
    pictures = torch.from_numpy(batch.pictures).to(device, non_blocking=True).float().sub(ZERO).div(STEP)
    pictures = _jittered(pictures).contiguous(memory_format=torch.channels_last)
    classes, frames, lengths = (torch.from_numpy(x).to(device) for x in (batch.classes, batch.frames, batch.lengths))
    losses = {}
    for name, learner in learners.items():
        for group in learner.optimiser.param_groups:
            group["lr"] = rate
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            shares = learner.network(pictures)
        each = torch.nn.functional.ctc_loss(
            shares, classes, frames, lengths, blank=0, reduction="none", zero_infinity=True
        )
        loss = (each / lengths.clamp(min=1) ** 0.5).mean() / 4  # long lines weigh more, but not by their whole length
        learner.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learner.network.parameters(), CLIP)
        learner.optimiser.step()
        if step % EVERY == 0:
            _average(learner, 0.02 if step < 4000 else 0.005)
        losses[name] = loss.detach()
    return losses


def _jittered(pictures: torch.Tensor) -> torch.Tensor:
    """Contrast, brightness and noise by chance: a line that is dealt again is another."""
    count, device = pictures.shape[0], pictures.device
    chance = torch.rand(3, count, 1, 1, 1, device=device)
    made = pictures * (1 + 0.15 * (chance[0] - 0.5)) + 0.1 * (chance[1] - 0.5)
    return made + torch.randn_like(made) * 0.06 * chance[2] ** 2


@torch.no_grad()
def _average(learner: Learner, share: float) -> None:
    for mean, now in zip(learner.mean.state_dict().values(), learner.network.state_dict().values(), strict=True):
        if mean.is_floating_point():
            mean.lerp_(now, share)


def _told(out: Path, meter: Meter, progress: Progress, drawn: int) -> Meter:
    """Write what was counted to the log. Returns a new count."""
    told: dict[str, float] = {"seconds": round(progress.spent), "steps": progress.steps, "lines": progress.lines}
    told |= {"drawn": drawn, "lines_per_second": round(meter.lines / (time.monotonic() - meter.since), 1)}
    for name, total in meter.losses.items():
        told[f"loss {name}"] = round(float(total) / meter.steps, 4)
        progress.losses.setdefault(name, []).append(told[f"loss {name}"])
    print(json.dumps(told), flush=True)
    with (out / "log.jsonl").open("a", encoding="utf8") as log:
        log.write(json.dumps(told) + "\n")
    return Meter()


def _keep(path: Path, learners: dict[str, Learner], progress: Progress) -> None:
    """Write a checkpoint, whole or not at all."""
    state = {name: (one.network.state_dict(), one.mean.state_dict(), one.optimiser.state_dict())
             for name, one in learners.items()}  # fmt: skip
    kept = {"steps": progress.steps, "lines": progress.lines, "spent": progress.spent, "losses": progress.losses}
    torch.save({"learners": state, "progress": kept}, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _resumed(path: Path, learners: dict[str, Learner], device: str) -> Progress:
    """The progress of the checkpoint, its weights put into the learners; a new one where there is none."""
    if not path.exists():
        return Progress()
    kept = torch.load(path, map_location=device, weights_only=True)
    if set(kept["learners"]) != set(learners):
        raise SystemExit(f"{path} is of networks {sorted(kept['learners'])}: name those, or another --out")
    for name, (network, mean, optimiser) in kept["learners"].items():
        learners[name].network.load_state_dict(network)
        learners[name].mean.load_state_dict(mean)
        learners[name].optimiser.load_state_dict(optimiser)
    return Progress(**kept["progress"])


if __name__ == "__main__":
    main()
