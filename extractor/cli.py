"""The command line: one command a public function, no logic of its own. Exit codes: docs/commands.md."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import extractor
from extractor import output
from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.store.store import Store

INTERRUPTED = 130
EPILOG = "exit codes: 0 all read, 1 usage, 2 some reports failed, 3 none could be read, 4 a needed program is missing"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. `arguments`: the command line's, without the program's name."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # names of files need not fit the terminal's encoding
    try:
        options = _parser().parse_args(arguments)
        options.format = options.format or output.default_format()
        command: Callable[[argparse.Namespace], int] = options.command
        code = command(options)
        sys.stdout.flush()
        return code
    except ExtractorError as error:
        _complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        print("extractor: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # `extractor schema | head`: the reader has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(1, f"{self.prog}: UsageError: {message}\n")  # argparse's own 2 means 'some reports failed' here


def _parser() -> argparse.ArgumentParser:
    parser = _Parser("extractor", description=extractor.__doc__ and extractor.__doc__.splitlines()[0], epilog=EPILOG)
    parser.add_argument("--version", action="version", version=f"extractor {extractor.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    printing = _Parser(add_help=False)
    printing.add_argument("--format", choices=("table", "json", "csv"), help="default: table on a terminal, else json")

    run = commands.add_parser("run", parents=[printing], epilog=EPILOG, help="reports to JSON")
    run.add_argument("inputs", nargs="+", metavar="INPUT", help="a report, or a folder of any depth")
    run.add_argument("--out", required=True, help="folder for the JSONs: OUT/reports/…")
    run.add_argument("--searchable", action="store_true", help="searchable PDFs of scans too: OUT/searchable/…")
    run.add_argument("--pdfa", action="store_true", help="make them PDF/A-2b where that can be vouched for")
    run.add_argument("--workers", type=int, metavar="N", help="processes (default: one a core)")
    run.add_argument("--page-timeout", type=float, default=120.0, metavar="SECONDS", help="default: 120")
    run.add_argument("--file-timeout", type=float, default=3600.0, metavar="SECONDS", help="default: 3600")
    run.add_argument("--engine", choices=("local", "ray"), default="local", help="ray: a cluster, Parquet as output")
    run.add_argument("--address", help="of the Ray cluster ('auto': the one of this machine; default: one of its own)")
    recognised = "which pages are recognised: those without a trusted text layer (default), none, or all of every PDF"
    run.add_argument("--ocr", choices=("auto", "off", "force"), default="auto", help=recognised)
    run.add_argument("--quiet", action="store_true", help="print nothing but errors")
    run.set_defaults(command=_run)

    evaluate = commands.add_parser("eval", parents=[printing], help="scores against gold annotations")
    evaluate.add_argument("gold", nargs="+", type=Path, metavar="GOLD", help="a gold file, or a folder of them")
    evaluate.add_argument("--out", type=Path, help="a folder that 'run' wrote (default: extract now)")
    evaluate.add_argument("--raw", type=Path, help="folder of raw texts that do not stand beside their gold file")
    evaluate.add_argument("--errors", action="store_true", help="list what was missed, made up or wrong")
    evaluate.set_defaults(command=_evaluate)

    audit = commands.add_parser("audit", parents=[printing], help="reports checked against themselves")
    audit.add_argument("out", type=Path, metavar="OUT", help="a folder that 'run' wrote; gets audit.json, audit.html")
    audit.add_argument("--html", type=Path, metavar="FILE", help="write the page there instead")
    audit.set_defaults(command=_audit)

    triage = commands.add_parser("triage", parents=[printing], help="what a person should look at first, and why")
    triage.add_argument("out", type=Path, metavar="OUT", help="a folder that 'run' wrote")
    triage.set_defaults(command=_triage)

    export = commands.add_parser("export", parents=[printing], help="the run's results in other forms")
    export.add_argument("out", type=Path, metavar="OUT", help="a folder that 'run' wrote")
    form = export.add_mutually_exclusive_group(required=True)
    form.add_argument("--catalogue", action="store_true", help="mục lục văn bản: OUT/catalogue.xlsx and .csv")
    form.add_argument("--tables", choices=("parquet", "csv", "xlsx"), help="the store's tables: OUT/tables/…")
    form.add_argument("--gold", type=Path, metavar="DIR", help="gold of the documents that were reviewed, for 'eval'")
    export.set_defaults(command=_export)

    corrections = commands.add_parser("corrections", parents=[printing], help="what people corrected, and its state")
    corrections.add_argument("out", type=Path, metavar="OUT", help="a folder that 'run' wrote")
    corrections.set_defaults(command=_corrections)

    search = commands.add_parser("search", parents=[printing], help="full text of a run's reports")
    search.add_argument("query", metavar="QUERY", help='words (with or without diacritics), "a phrase", a prefix*')
    search.add_argument("out", type=Path, metavar="OUT", help="a folder that 'run' wrote")
    search.add_argument("--kind", choices=("passages", "figures", "references"), default="passages")
    search.add_argument("--year", metavar="YEAR", help="of the reports: 2023, or 2021-2023")
    search.add_argument("--limit", type=int, default=20, metavar="N", help="hits to print (default: 20)")
    search.set_defaults(command=_search)

    cite = commands.add_parser("cite", parents=[printing], help="who cites a document, where, as what, with what")
    cite.add_argument("key", metavar="KEY", help="a symbol or law in any spelling: 116/2018/NĐ-CP, 'Luật Đất đai 2013'")
    cite.add_argument("out", type=Path, metavar="OUT", help="a folder that 'run' wrote")
    cite.add_argument("--graph", type=Path, metavar="FILE", help="write the network: FILE.graphml, .json or .html")
    cite.add_argument("--export", type=Path, metavar="FILE", help="write the passages: FILE.csv, .json or .ris")
    cite.set_defaults(command=_cite)

    compare = commands.add_parser("diff", parents=[printing], help="what changed between two years, runs or reports")
    compare.add_argument("a", metavar="A", help="OUT, OUT@2022, a folder of JSONs, a report or its JSON")
    compare.add_argument("b", metavar="B", help="what it is compared with")
    compare.add_argument("--min-confidence", type=float, default=0.5, metavar="C", help="of a pair, 0.5 to 1")
    compare.add_argument("--places", default="as-told", metavar="MAP", help="as-told, today, or 'as-of YEAR'")
    compare.add_argument("--status", action="append", metavar="STATUS", help="only rows of this status (repeatable)")
    compare.add_argument("--html", type=Path, metavar="FILE", help="write one self-contained page too")
    compare.add_argument("--xlsx", type=Path, metavar="FILE", help="write a workbook too, a sheet a topic")
    compare.add_argument("--language", choices=("vi", "en"), default="vi", help="of the page and the workbook")
    compare.add_argument("--tool", action="store_true", help="A, B: one input read by two versions of the tool")
    compare.set_defaults(command=_diff)

    panel = commands.add_parser("panel", parents=[printing], help="an indicator over all years and reports")
    panel.add_argument("out", metavar="OUT", help="a folder that 'run' wrote")
    panel.add_argument("--indicator", required=True, help="an id of patterns/indicators.toml, or words: 'hộ nghèo'")
    panel.add_argument("--places", metavar="NAMES", help="names or codes, separated by commas (default: all)")
    panel.set_defaults(command=_panel)

    served = commands.add_parser("serve", help="the pages: one local web application")
    served.add_argument("out", type=Path, metavar="OUT", help="a folder that 'run' wrote, or a new one")
    served.add_argument("--host", default="127.0.0.1", help="address to serve on (default: this machine alone)")
    served.add_argument("--port", type=int, default=8765, help="0: any that is free (default: 8765)")
    served.add_argument("--token", help="who opens the pages must know it (made and printed for another --host)")
    watched = "read what is put into this folder while the pages are served (repeatable)"
    served.add_argument("--watch", type=Path, action="append", default=[], metavar="DIR", help=watched)
    served.set_defaults(command=_serve, format="table")

    schema = commands.add_parser("schema", help="the JSON Schema of the output")
    schema.add_argument("--format", choices=("table", "json", "csv"), default="json", help="default: json, the schema")
    schema.set_defaults(command=_schema)  # a default of `printing` would be set here for every command

    patterns = commands.add_parser("patterns", help="the project's patterns").add_subparsers(required=True)
    check = patterns.add_parser("check", parents=[printing], help="validate patterns/ and run their examples")
    check.set_defaults(command=_patterns_check)
    return parser


def _run(options: argparse.Namespace) -> int:
    from extractor.batch.engines import run_with
    from extractor.batch.progress import Progress
    from extractor.batch.report import print_summary
    from extractor.batch.settings import Settings
    from extractor.searchable.copies import Copies

    progress = Progress(quiet=options.quiet)
    settings = Settings(page_seconds=options.page_timeout, file_seconds=options.file_timeout, ocr=options.ocr)
    copies = Copies(pdfa=options.pdfa) if options.searchable or options.pdfa else None
    summary = run_with(
        options.engine, options.inputs, options.out, workers=options.workers, address=options.address,
        settings=settings, observer=progress, copies=copies,
    )  # fmt: skip
    progress.close()
    if summary.stopped:
        print(f"extractor: stopped: {summary.stopped}", file=sys.stderr)
    if not options.quiet:
        print_summary(summary, options.format)
    return summary.exit_code


def _evaluate(options: argparse.Namespace) -> int:
    from extractor.evaluate.compare import evaluate
    from extractor.evaluate.report import print_evaluation

    evaluation = evaluate(options.gold, out=options.out, raw=options.raw)
    for error in evaluation.failures:
        _complain(error)
    if evaluation.scores:
        print_evaluation(evaluation, options.format, errors=options.errors)
    return evaluation.exit_code


def _audit(options: argparse.Namespace) -> int:
    from extractor.auditing.run import audit_folder, print_audit, write_audit

    made = audit_folder(options.out)
    for error in made.failures:
        _complain(error)
    if made.reports:
        write_audit(made, options.out, options.html)
        print_audit(made, options.format)
    return made.exit_code


def _triage(options: argparse.Namespace) -> int:
    from extractor.triage import print_triage, triage_folder

    made = triage_folder(options.out)
    for error in made.failures:
        _complain(error)
    if made.documents or made.failed:
        print_triage(made, options.format)
    return made.exit_code


def _export(options: argparse.Namespace) -> int:
    if options.gold:
        return _export_gold(options)
    return _export_catalogue(options) if options.catalogue else _export_tables(options)


def _export_gold(options: argparse.Namespace) -> int:
    from extractor.corrections.gold import export_gold, print_gold

    made = export_gold(options.out, options.gold)
    for error in made.failures:
        _complain(error)
    print_gold(made, options.format)
    return made.exit_code


def _corrections(options: argparse.Namespace) -> int:
    from extractor.corrections.listing import list_corrections, print_corrections

    made = list_corrections(options.out)
    for error in made.failures:
        _complain(error)
    print_corrections(made, options.format)
    return made.exit_code


def _export_tables(options: argparse.Namespace) -> int:
    from extractor.store.export import export_tables
    from extractor.store.store import open_store

    with open_store(options.out) as store:
        _warn(store)
        paths = export_tables(store, options.out / "tables", options.tables)
        code = 2 if store.failures or store.missing else 0
    names = [str(path) for path in paths]
    sys.stdout.write(output.as_json(names) if options.format == "json" else "\n".join(names) + "\n")
    return code


def _export_catalogue(options: argparse.Namespace) -> int:
    from extractor.catalogue import catalogue_of, print_catalogue, write_catalogue

    made = catalogue_of(options.out)
    for error in made.failures:
        _complain(error)
    if made.rows:
        print_catalogue(made, write_catalogue(made, options.out), options.format)
    return made.exit_code


def _search(options: argparse.Namespace) -> int:
    from extractor.search.index import indexed
    from extractor.search.printing import print_found
    from extractor.search.query import search, years_of

    with indexed(options.out) as index:
        for error in index.failures:
            _complain(error)
        years = years_of(options.year)
        found = search(index.database, options.query, kind=options.kind, years=years, limit=options.limit)
        print_found(found, options.format)
        return index.exit_code


def _cite(options: argparse.Namespace) -> int:
    from extractor.search.citing import cite
    from extractor.search.export import export_cited, export_network
    from extractor.search.index import indexed
    from extractor.search.printing import print_cited

    with indexed(options.out) as index:
        for error in index.failures:
            _complain(error)
        cited = cite(index.database, options.key)
        if options.graph:
            export_network(index.database, cited.key, options.graph)
        if options.export:
            export_cited(index.database, cited, options.export)
        print_cited(cited, options.format)
        return index.exit_code


def _diff(options: argparse.Namespace) -> int:
    from extractor.compare.command import Options, run_diff
    from extractor.compare.tool import run_tool_diff

    if options.tool:
        return run_tool_diff(options.a, options.b, options.format)
    asked = Options(
        options.a, options.b, options.format, least=options.min_confidence, places=options.places,
        statuses=tuple(options.status or ()), html=options.html, xlsx=options.xlsx, language=options.language,
    )  # fmt: skip
    return run_diff(asked, _complain)


def _panel(options: argparse.Namespace) -> int:
    from extractor.compare.panel import run_panel

    return run_panel(options.out, options.indicator, options.places, options.format, _warn)


def _serve(options: argparse.Namespace) -> int:
    from extractor.web.serve import serve

    return serve(options.out, host=options.host, port=options.port, token=options.token, watch=options.watch)


def _warn(store: Store) -> None:
    """Name what is missing in the store."""
    for error in store.failures:
        _complain(error)
    for json in store.missing:
        print(f"extractor: {json}: its JSON was changed or removed; it is left out until the next run", file=sys.stderr)


def _schema(options: argparse.Namespace) -> int:
    from extractor.schema import fields, schema

    if options.format == "json":
        sys.stdout.write(output.as_json(schema()))
    else:
        shown = output.as_csv if options.format == "csv" else output.as_table
        sys.stdout.write(shown(fields(), ("object", "key", "type")))
    return 0


def _patterns_check(options: argparse.Namespace) -> int:
    from extractor.patterns_check import check, print_problems

    problems = check()
    print_problems(problems, options.format)
    return 1 if problems else 0


def _complain(error: ExtractorError) -> None:
    print(f"extractor: {error.name}: {error}", file=sys.stderr)
