"""From gold files to scores: the raw text and the extracted report that belong to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractor.errors import ExtractorError, MissingProgram, NotFound, UsageError
from extractor.evaluate.gold import Gold, WrongGold, load_gold
from extractor.evaluate.score import Scores, score
from extractor.model import Report
from extractor.serial import from_json

_SCHEMA = "schema.json"  # stands among the gold files, so that `gold/*.json` names it too


@dataclass(slots=True)
class Evaluation:
    """The scores of each gold file by path, and the errors of those that could not be scored."""

    scores: dict[Path, Scores] = field(default_factory=dict)
    failures: list[ExtractorError] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 all scored, 2 some, and where none could be: 4 if a program is missing, else 3."""
        if not self.scores:
            return MissingProgram.exit_code if any(isinstance(e, MissingProgram) for e in self.failures) else 3
        return 2 if self.failures else 0


def evaluate(golds: Sequence[Path], *, out: Path | None = None, raw: Path | None = None) -> Evaluation:
    """Score reports against gold files (or folders of them).

    The report is taken from the run folder `out` by the gold file's `json`, `source` or stem; without `out` it is
    extracted from `source`, or from the raw text where gold names no source. The raw text stands beside the gold file
    or in the folder `raw`, under the name that gold gives or the gold file's stem with `.txt`.
    """
    result = Evaluation()
    for path in _files(golds):
        try:
            gold = load_gold(path)
            text_path = _raw_path(gold, raw)
            text = text_path.read_text(encoding="utf8")
            if gold.text_chars is not None and gold.text_chars != len(text):
                raise WrongGold(f"it counts {gold.text_chars} characters, {text_path} has {len(text)}", path=path)
            result.scores[path] = score(gold, text, _report(gold, text_path, out))
        except ExtractorError as error:
            result.failures.append(error)
    return result


def _files(golds: Iterable[Path]) -> Iterator[Path]:
    for path in golds:
        if path.is_dir():
            inside = sorted(p for p in path.glob("*.json") if p.name != _SCHEMA)
            if not inside:
                raise UsageError("no gold file (*.json) in this folder", path=path)
            yield from inside
        elif path.name != _SCHEMA:
            yield path


def _raw_path(gold: Gold, folder: Path | None) -> Path:
    names = [gold.raw] if gold.raw else [gold.path.stem + ".txt"]
    folders = [gold.path.parent] + ([folder] if folder else [])
    for candidate in (f / n for f in folders for n in names):
        if candidate.is_file():
            return candidate
    raise NotFound(f"its raw text {names[0]} is not in {' or '.join(map(str, folders))} (see --raw)", path=gold.path)


def _report(gold: Gold, raw: Path, out: Path | None) -> Report:
    if out is not None:
        return from_json(_written(gold, out).read_bytes())
    from extractor.pipeline import extract  # only where something is extracted: loads every stage

    return extract(gold.path.parent / gold.source if gold.source else raw)


def _written(gold: Gold, out: Path) -> Path:
    """The JSON in the run folder that was made from this gold's report."""
    if gold.json:
        path = out / "reports" / gold.json
        if not path.is_file():
            raise NotFound(f"no {gold.json} in {out / 'reports'}", path=gold.path)
        return path
    written = sorted((out / "reports").rglob("*.json"))
    named = [p for p in written if gold.source and p.name == Path(gold.source).name + ".json"]
    found = named or [p for p in written if p.name.removesuffix(".json").rpartition(".")[0] == gold.path.stem]
    if not found:
        raise NotFound(f"no JSON of {gold.path.stem} in {out / 'reports'}", path=gold.path)
    if len(found) > 1:
        raise UsageError(f"several JSONs could be meant: {', '.join(map(str, found))}", path=gold.path)
    return found[0]
