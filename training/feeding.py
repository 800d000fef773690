"""Batches of lines of one width, drawn by worker processes while the network trains.

Where the network is faster than the drawing and no fresh batch is ready, lines that were seen before are dealt again.
"""

from __future__ import annotations

import multiprocessing
import queue
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from training.lines import WIDTHS, ZERO, Sample, samples
from training.networks import frames

_SHARD = 64
_AHEAD = 8
"""Shards a worker may be ahead."""

_MOST = 512
"""Lines of a batch at most."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Pictures (n, 1, 40, width) in bytes, all classes in a row, and for each line its frames and its characters."""

    pictures: Any
    classes: Any
    frames: Any
    lengths: Any


class Feeder:
    """Deals batches. workers: processes that draw; 0 draws in this one, always the same lines in the same order."""

    def __init__(self, seed: int, workers: int, pixels: int, remembered: int = 40_000) -> None:
        self._rng = np.random.default_rng([seed, 1])
        self._pixels = pixels
        self._waiting: dict[int, list[Sample]] = {width: [] for width in WIDTHS}
        self._seen: dict[int, deque[Sample]] = {width: deque(maxlen=remembered // len(WIDTHS)) for width in WIDTHS}
        self.drawn = 0
        self._here = samples(seed) if workers == 0 else None
        self._workers: list[Any] = []
        if workers:
            context = multiprocessing.get_context("spawn")
            self._shards = context.Queue(_AHEAD * workers)
            self._workers = [
                context.Process(target=_draw, args=(seed + 1 + k, self._shards), daemon=True) for k in range(workers)
            ]
            for worker in self._workers:
                worker.start()

    def batch(self, widest: int = WIDTHS[-1]) -> Batch:
        """The next batch of lines no wider than `widest`."""
        while True:
            ready = [w for w in WIDTHS if w <= widest and len(self._waiting[w]) >= self._size(w)]
            if ready:
                width = max(ready, key=lambda w: len(self._waiting[w]) / self._size(w))
                waiting, size = self._waiting[width], self._size(width)
                some, self._waiting[width] = waiting[:size], waiting[size:]
                self._seen[width].extend(some)
                return _batch(some, width)
            if not self._draw_more():
                again = [w for w in WIDTHS if w <= widest and len(self._seen[w]) >= 2 * self._size(w)]
                if again:
                    lengths = np.array([len(self._seen[w]) for w in again], float)
                    width = again[int(self._rng.choice(len(again), p=lengths / lengths.sum()))]
                    picked = self._rng.choice(len(self._seen[width]), self._size(width), replace=False)
                    return _batch([self._seen[width][int(k)] for k in picked], width)
                self._wait()

    def close(self) -> None:
        """End the workers."""
        for worker in self._workers:
            worker.terminate()
            worker.join()

    def _size(self, width: int) -> int:
        return max(1, min(_MOST, self._pixels // width))

    def _draw_more(self) -> bool:
        """Take what is drawn; False where the workers have nothing yet."""
        if self._here is not None:
            self._take(list(islice(self._here, _SHARD)))
            return True
        if not all(worker.is_alive() for worker in self._workers):
            raise RuntimeError("a process that draws lines has died; its error stands above")
        try:
            self._take(self._shards.get_nowait())
        except queue.Empty:
            return False
        return True

    def _wait(self) -> None:
        """Take the next shard; nothing where a second has passed, lest a dead worker be waited for."""
        with suppress(queue.Empty):
            self._take(self._shards.get(timeout=1))

    def _take(self, shard: list[Sample]) -> None:
        self.drawn += len(shard)
        for sample in shard:
            width = next(w for w in WIDTHS if sample.picture.shape[1] <= w)
            self._waiting[width].append(sample)
            if len(self._waiting[width]) > 4 * _MOST:  # wide ones, while narrow ones are trained on
                self._seen[width].append(self._waiting[width].pop(0))


def _draw(seed: int, shards: Any) -> None:
    import cv2

    cv2.setNumThreads(1)
    lines: Iterator[Sample] = samples(seed)
    while True:
        shards.put(list(islice(lines, _SHARD)))


def _batch(some: list[Sample], width: int) -> Batch:
    pictures = np.full((len(some), 1, some[0].picture.shape[0], width), ZERO, np.uint8)
    for row, sample in zip(pictures, some, strict=True):
        row[0, :, : sample.picture.shape[1]] = sample.picture
    most = frames(width)
    return Batch(
        pictures,
        np.concatenate([np.array(sample.classes, np.int64) for sample in some]),
        np.array([min(most, frames(sample.picture.shape[1])) for sample in some], np.int64),
        np.array([len(sample.classes) for sample in some], np.int64),
    )
