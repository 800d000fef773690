#!/usr/bin/env bash
# One call on a machine with a GPU that is lent for minutes, holds PyTorch, and reaches nothing outside itself:
#
#     bash training/on_device.sh --minutes 11 --pause-after 8.5
#
# Trains S, or goes on: from what an earlier call left on this machine, else from the pieces of a checkpoint that an
# earlier lease brought home (training/pieces/). Arguments are those of training.train. What is to be kept is put into
# $OUT, in files of at most 15 MB: two pieces of the checkpoint, the log, and at the end S.onnx with its card. M as well
# would make a checkpoint of 65 MB, more than goes to and fro beside the kit.
set -euo pipefail
shopt -s nullglob
cd "$(dirname "$0")/.."
state=${TMPDIR:-/tmp}/eye-training
mkdir -p "$state"
pieces=(training/pieces/checkpoint.*)
if [[ ! -e $state/checkpoint.pt && ${#pieces[@]} -gt 0 ]]; then
    cat "${pieces[@]}" >"$state/checkpoint.pt"
fi
python3 -m training.train --out "$state" --networks S "$@"
split --bytes=15000000 "$state/checkpoint.pt" "$OUT/checkpoint."
cp "$state"/*.jsonl "$state"/*.onnx "$state"/*.json "$OUT"
