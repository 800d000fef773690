"""Networks run by ONNX Runtime on one thread, in little memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def network(model: Path) -> Any:
    """The session of an ONNX file. Raises whatever ONNX Runtime raises for a file that is none."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would keep the memory of the largest picture ever seen
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
