"""An evaluation told to people and programs."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

from extractor import output
from extractor.evaluate.compare import Evaluation
from extractor.evaluate.table import is_share, rows, total

_ERROR_COLUMNS = ("document", "kind", "what", "text", "gold", "found")


def print_evaluation(evaluation: Evaluation, shown: output.Format, *, errors: bool) -> None:
    """Print the scores over all gold files, with `errors` the errors too (as CSV: instead of the scores)."""
    scored = rows(total(evaluation.scores.values()))
    wrong = _errors(evaluation) if errors else []
    if shown == "json":
        data: dict[str, Any] = {name: asdict(row) for name, row in scored.items()}
        sys.stdout.write(output.as_json(data | ({"errors": wrong} if errors else {})))
        return
    if shown == "csv":
        named = [{"kind": name} | asdict(row) for name, row in scored.items()]
        columns = ("kind", "precision", "recall", "f1", "gold")
        sys.stdout.write(output.as_csv(wrong, _ERROR_COLUMNS) if errors else output.as_csv(named, columns))
        return
    table = [
        {"": name, "precision": None if is_share(name) else row.precision, "recall": row.recall}
        | {"F1": None if is_share(name) else row.f1, "gold": row.gold}
        for name, row in scored.items()
    ]
    sys.stdout.write(output.as_table(table, ("", "precision", "recall", "F1", "gold")))
    if errors:
        sys.stdout.write("\n" + output.as_table(wrong, _ERROR_COLUMNS))


def _errors(evaluation: Evaluation) -> list[dict[str, str]]:
    return [
        {"document": path.stem, **{key: " ".join(value.split()) for key, value in asdict(error).items()}}
        for path, scores in evaluation.scores.items()
        for error in scores.errors
    ]
