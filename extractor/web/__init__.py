"""The local web application: `extractor serve OUT`. Reads the store and the model, knows none of the stages.

How a page is added:

1. A module a topic, `extractor/web/<topic>.py`, with its handlers and `routes: list[Route]`. Handlers are plain
   functions (Starlette runs them in threads, SQLite blocks) `def page(request: Request) -> Response`; they end in
   `render(request, "<topic>.html", name=value, …)` of `extractor.web.rendering`. An `async def` only where a body is
   read.
2. One line in `extractor/web/app.py`: the module in `TOPICS`.
3. `templates/<topic>.html` extends `base.html` (blocks `title`, `main`, `scripts`). Everything printed is escaped,
   and characters that turn or hide text (U+202E and its kin) are printed visibly; never use `|safe`. Markup that
   Python makes is a template, too. The content security policy forbids inline scripts, inline styles and `style=`
   attributes: classes in `static/`, geometry as SVG attributes. A topic may have `static/<topic>.css` and
   `static/<topic>.js` of its own (an ES module), named in its template's blocks `head` and `scripts`.
4. Visible words are keys of `words/<topic>.toml`, each with `vi` and `en`: `{{ t("library.title") }}`, with values
   `{{ t("library.count", count=number(12)) }}`. A test proves that both languages are complete and that every key
   used is there. `{{ number(x) }}` prints a number as the language writes it, `{{ told(finding.message) }}`
   what the audit says in it.
5. `with site(request).store() as store:` gives the open `Store` (read only; a connection a request). What a page
   needs is asked with queries that hold only what it shows.
6. Whatever changes something is a POST (the middleware refuses those of other sites); a form needs nothing more. With
   htmx: `hx-get`, `hx-post`, `hx-target` …; `is_fragment(request)` says that only a part of the page is wanted.
7. A link to a passage: `/documents/{documents.id of the store}?at=OFFSET`, `site.document_url(id, at)` in Python,
   `document_url(id, at)` in a template. The page that holds the offset is shown and the span there is focused.
8. Lists: `{% from "parts.html" import pager with context %}`, `{{ pager(page, pages) }}`; `{{ link(page=2) }}` is the
   address of this page with that changed in its query.
9. Errors: raise `Missing("common.no_such_document")` (404) or an `ExtractorError`; both become a page that says so.

The document page, for what builds on it: `reports.load` gives a `Loaded` (report, items, parts; what changes a report
before it is shown belongs there). `document_item.html` is the panel of the chosen item, asked for at
`/documents/ID/items/ITEM` into `#item`. In the text each item is a `.m` with `data-kind`, `data-id`, `data-start`,
`data-end`; `#doubtful` lists what to look at on this page; `#part` has the text's hash. `static/document.js` exports
`onKey(key, run)`, `choose(id)`, `offsetOf(node, offset)` and tells `item:chosen` on `document`. The template has the
blocks `keys` (of the help).
"""
