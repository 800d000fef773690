"""PDF/A-2b (ISO 19005-2) of a scan: what stands in its way, and what has to be added.

Only files that hold nothing but pictures and our own words are made PDF/A: whether fonts that others embedded are
right to the last glyph's width can only be told by a validator, and what cannot be told is not claimed. The checks
follow the clauses of the standard named beside them; no validator is run (veraPDF is a Java program of its own).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from extractor.searchable.layer import FONT

if TYPE_CHECKING:
    import pikepdf

_FORBIDDEN_KEYS = {"/OPI": "OPI", "/Ref": "a reference to another file", "/Alternates": "alternate pictures",
                   "/PS": "PostScript"}  # fmt: skip
_DROPPED = ("/AcroForm", "/NeedsRendering", "/Perms", "/Requirements")  # 6.4, 6.11: empty forms, what XFA asks for
_ACTIONS = ("/AA", "/OpenAction", "/PZ", "/PresSteps", "/Trans")  # 6.5: of file and pages; none belong to a scan
_HARMLESS = frozenset({"/GoTo", "/GoToR", "/URI"})  # of those that 6.5.1 allows
_DEEPEST = 8
_LARGEST, _SMALLEST = 14_400, 3  # 6.1.13: sides of a page in its own units


def obstacles(pdf: pikepdf.Pdf) -> list[str]:
    """Why `pdf`, with our layer in it, cannot be made PDF/A-2b; empty where it can."""
    import pikepdf

    found: list[str] = []
    root, names = pdf.Root, pdf.Root.get("/Names")
    if "/OCProperties" in root:
        found.append("it has layers that can be switched")
    if "/AF" in root or (isinstance(names, pikepdf.Dictionary) and "/EmbeddedFiles" in names):
        found.append("it has attached files")
    if "/Outlines" in root and any(_acts(thing.get("/A")) for thing in pdf.objects if _is_dictionary(thing)):
        found.append("it has actions that do more than lead somewhere")
    for number, page in enumerate(pdf.pages, 1):
        found += [f"page {number}: {why}" for why in dict.fromkeys(_page(page))]
    return found


def make(pdf: pikepdf.Pdf) -> None:
    """Add what PDF/A-2b asks for and take away what it forbids, of a file without `obstacles`."""
    import pikepdf

    root, name = pdf.Root, pikepdf.Name
    for key in (*_DROPPED, *_ACTIONS):
        if key in root:
            del root[key]
    if isinstance(root.get("/Names"), pikepdf.Dictionary) and "/JavaScript" in root.Names:
        del root.Names["/JavaScript"]
    for page in pdf.pages:
        for key in _ACTIONS:
            if key in page.obj:
                del page.obj[key]
        for link in page.obj.get("/Annots", ()):
            link["/F"] = 4  # 6.3.2: printed, not hidden
            if _acts(link.get("/A")):
                del link["/A"]
            if "/AA" in link:
                del link["/AA"]
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and "/Interpolate" in thing:
            del thing["/Interpolate"]  # 6.2.8: never true; a hint for enlarging, no part of the picture
    if "/OutputIntents" not in root:  # 6.2.3: what the colours of the device mean
        data = (files("extractor") / "data" / "srgb.icc").read_bytes()
        intent = pikepdf.Dictionary(
            Type=name.OutputIntent, S=name("/GTS_PDFA1"), OutputConditionIdentifier="sRGB", Info="sRGB",
            DestOutputProfile=pdf.make_stream(data, N=3),
        )  # fmt: skip
        root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])
    _describe(pdf)


def _is_dictionary(thing: Any) -> bool:
    import pikepdf

    return isinstance(thing, pikepdf.Dictionary)


def _acts(action: Any) -> bool:
    """True where an action does more than lead somewhere."""
    return _is_dictionary(action) and ("/Next" in action or str(action.get("/S")) not in _HARMLESS)


def _describe(pdf: pikepdf.Pdf) -> None:
    """XMP metadata written anew (6.6): old ones may hold what needs a schema of its own."""
    if "/Metadata" in pdf.Root:
        del pdf.Root["/Metadata"]
    with (
        pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta,
        warnings.catch_warnings(action="ignore"),
    ):
        meta.load_from_docinfo(pdf.docinfo)
        for key, same in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
            if key in pdf.docinfo and same not in meta:
                del pdf.docinfo[key]  # a date that is none: both must say the same
        meta["pdfaid:part"] = "2"
        meta["pdfaid:conformance"] = "B"


def _page(page: pikepdf.Page) -> Iterator[str]:
    import pikepdf

    box = [float(v) for v in page.mediabox]
    if not all(_SMALLEST <= side <= _LARGEST for side in (abs(box[2] - box[0]), abs(box[3] - box[1]))):
        yield "its size is outside what is allowed"
    for note in page.obj.get("/Annots", ()):
        kind = note.get("/Subtype") if isinstance(note, pikepdf.Dictionary) else None
        if kind != "/Link":
            yield f"an annotation ({str(kind).lstrip('/')}), whose looks cannot be checked"
    yield from _instructions(page)
    yield from _resources(page.obj.get("/Resources"), 0)


def _instructions(thing: Any) -> Iterator[str]:
    """6.2.4.3: colours for printing inks have no meaning beside an sRGB profile; 6.1.10: no LZW in inline pictures."""
    import pikepdf

    one: Any
    for one in pikepdf.parse_content_stream(thing):
        operator = str(one.operator)
        if operator in ("k", "K") or (operator in ("cs", "CS") and one.operands[0] == "/DeviceCMYK"):
            yield "colours given as printing inks (CMYK)"
        elif operator == "INLINE IMAGE":
            said = {str(v) for v in one.iimage.obj.values()}
            if said & {"/CMYK", "/DeviceCMYK", "/LZW", "/LZWDecode"} or one.iimage.obj.get("/F") is not None:
                yield "a picture inside the page's instructions of a kind that is not checked"


def _resources(resources: Any, depth: int) -> Iterator[str]:
    import pikepdf

    if not isinstance(resources, pikepdf.Dictionary):
        return
    if depth > _DEEPEST:
        yield "forms lie too deep in one another"
        return
    for key, font in resources.get("/Font", {}).items():
        if key != FONT:
            yield f"text in the file's own font {str(font.get('/BaseFont', key)).lstrip('/')}, which cannot be checked"
    for state in resources.get("/ExtGState", {}).values():
        if "/TR" in state or "/HTP" in state or state.get("/TR2", "/Default") != "/Default":
            yield "a transfer function"  # 6.2.5
    for space in resources.get("/ColorSpace", {}).values():
        yield from _colours(space)
    for kind in ("/Shading", "/Pattern"):
        if kind in resources and len(resources[kind].keys()):
            yield "shadings or patterns, which are not checked"
    for thing in resources.get("/XObject", {}).values():
        yield from _thing(thing, depth)


def _thing(thing: Any, depth: int) -> Iterator[str]:
    """A picture or form that a page shows."""
    import pikepdf

    for key, what in _FORBIDDEN_KEYS.items():
        if key in thing:
            yield what
    if "/F" in thing:
        yield "a part that lies in another file"
    if thing.get("/Subtype") == "/Image":
        filters = thing.get("/Filter", pikepdf.Array())
        if "/JPXDecode" in ([filters] if isinstance(filters, pikepdf.Name) else list(filters)):
            yield "a JPEG 2000 picture, which is not checked"
        yield from _colours(thing.get("/ColorSpace"))
        if "/SMask" in thing:
            yield from _thing(thing["/SMask"], depth)
    else:
        yield from _instructions(thing)
        yield from _resources(thing.get("/Resources"), depth + 1)


def _colours(space: Any) -> Iterator[str]:
    """Colour spaces that come down to CMYK; those with a profile of their own mean what it says."""
    import pikepdf

    if space is None or isinstance(space, pikepdf.Stream):
        return
    if isinstance(space, pikepdf.Array):
        if len(space) and space[0] in ("/ICCBased", "/CalRGB", "/CalGray", "/Lab"):
            return
        for part in space:
            if isinstance(part, pikepdf.Array | pikepdf.Name):
                yield from _colours(part)
    elif space == "/DeviceCMYK":
        yield "colours given as printing inks (CMYK)"
