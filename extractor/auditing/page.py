"""The audit as one self-contained HTML page: every finding with its passages, the numbers it rests on marked.

Everything from a report is escaped, and the page's own policy forbids it to load anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from extractor.auditing.passages import excerpts
from extractor.model import Finding, Report

if TYPE_CHECKING:
    from extractor.auditing.run import Audit, Audited

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#1b1b1b;background:#fff}
h1{font-size:1.4rem} h2{font-size:1.1rem;margin:2rem 0 .3rem;overflow-wrap:anywhere}
.note{color:#595959} fieldset{border:1px solid #ccc;border-radius:4px;margin:.5rem 0;padding:.4rem .8rem}
label{margin-right:1rem;white-space:nowrap}
article{border-left:4px solid #b3261e;padding:.3rem .8rem;margin:.8rem 0;background:#fafafa}
article.warning{border-color:#9a6700} .kind{font-size:.85rem;color:#595959} .message{font-weight:600}
blockquote{margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere} mark{background:#ffe08a;padding:0 .1em}
[hidden]{display:none}
"""
_SCRIPT = """
const boxes=[...document.querySelectorAll('input[type=checkbox]')];
function show(){
  const on=new Set(boxes.filter(b=>b.checked).map(b=>b.dataset.key));
  for(const a of document.querySelectorAll('article'))
    a.hidden=!(on.has('rule:'+a.dataset.rule)&&on.has('severity:'+a.dataset.severity));
  for(const s of document.querySelectorAll('section'))
    s.querySelector('.shown').textContent=s.querySelectorAll('article:not([hidden])').length;
}
for(const b of boxes)b.addEventListener('change',show);
"""


def page(made: Audit) -> str:
    """The whole page as HTML."""
    return "".join(_page(made))


def _page(made: Audit) -> Iterator[str]:
    findings = [f for a in made.reports for f in a.findings]
    yield '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>Audit</title>\n'
    yield (
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
    )
    yield f"<style>{_STYLE}</style></head><body>\n<h1>Reports checked against themselves</h1>\n"
    yield f"<p>{len(made.reports)} reports, {len(findings)} findings; {escape(str(made.coverage))}.</p>\n"
    yield '<p class="note">A finding says that what is marked does not fit together, not which of it is wrong.</p>\n'
    yield from _filter("Severity", "severity", Counter(f.severity for f in findings))
    yield from _filter("Rule", "rule", Counter(f.rule for f in findings))
    for audited in made.reports:
        yield from _section(audited)
    yield f"<script>{_SCRIPT}</script>\n</body></html>\n"


def _filter(title: str, kind: str, counts: Counter[str]) -> Iterator[str]:
    if not counts:
        return
    yield f"<fieldset><legend>{title}</legend>"
    for name, count in sorted(counts.items()):
        key = escape(f"{kind}:{name}")
        yield f'<label><input type="checkbox" checked data-key="{key}"> {escape(name)} ({count})</label> '
    yield "</fieldset>\n"


def _section(audited: Audited) -> Iterator[str]:
    document = audited.report.document
    yield f"<section><h2>{escape(document.source)}</h2>\n"
    if document.title:
        yield f'<p class="note">{escape(document.title)}</p>\n'
    yield f'<p class="note">{escape(str(audited.coverage))}; '
    yield f'<span class="shown">{len(audited.findings)}</span> of {len(audited.findings)} findings shown</p>\n'
    for finding in audited.findings:
        yield from _article(audited.report, finding)
    yield "</section>\n"


def _article(report: Report, finding: Finding) -> Iterator[str]:
    where = f", page {finding.page}" if finding.page is not None else ""
    yield f'<article class="{finding.severity}" data-severity="{finding.severity}" data-rule="{escape(finding.rule)}">'
    yield f'<div class="kind">{finding.severity}: {escape(finding.rule)}{where}</div>'
    yield f'<div class="message">{escape(finding.message)}</div>'
    yield f"<blockquote>{passages(report, finding)}</blockquote></article>\n"


def passages(report: Report, finding: Finding) -> str:
    """The passages of a finding as escaped HTML, its evidence marked; what lies between distant ones is left out."""
    wanted = set(finding.evidence)
    evidence = [
        *((f.start, f.end) for f in report.figures if f.id in wanted),
        *((r.start, r.end) for r in report.references if r.id in wanted),
    ]
    own = None if finding.start is None or finding.end is None else (finding.start, finding.end)
    return " <b>[…]</b> ".join(
        "".join(f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in pieces)
        for pieces in excerpts(report.text, evidence, own)
    )
