"""Takes the text of a page whose text layer lies out of search and copy, without changing how the page looks.

Invisible words (render mode 3, what recognition programs write) are removed. Words that are seen, or painted over by
the scan, stay as they are, but the fonts in which they are set are told that every code means a space: viewers take a
font's ToUnicode map before all else (poppler and pdfium were tried), and drop the spaces.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from extractor.searchable.font import to_unicode_map

if TYPE_CHECKING:
    import pikepdf

_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_DEEPEST = 8  # forms inside forms


class OldText:
    """Hides old text on pages of one PDF."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._maps: dict[int, pikepdf.Object] = {}

    def hide(self, page: pikepdf.Page) -> str:
        """Hide the text of `page`. Returns why a part of it can still be found, "" where none can."""
        import pikepdf

        self._doubts: list[str] = []
        resources = _resources(page.obj)
        kept, changed = self._without(pikepdf.parse_content_stream(page))
        if changed:
            page.obj.Contents = self._pdf.make_stream(pikepdf.unparse_content_stream(kept))
        page.obj.Resources = self._blanked(resources, shows=_any_shown(kept), depth=0)
        for note in page.obj.get("/Annots", ()):  # what a note or stamp shows was recognised with the page
            looks = note.get("/AP") if isinstance(note, pikepdf.Dictionary) else None
            if isinstance(looks, pikepdf.Dictionary) and isinstance(looks.get("/N"), pikepdf.Stream):
                looks["/N"] = self._form(looks["/N"], 0)
        return "; ".join(dict.fromkeys(self._doubts))

    def _without(self, instructions: Sequence[Any]) -> tuple[list[Any], bool]:
        """The instructions without text objects in which all is invisible, and without texts that stand for others
        (ActualText); and whether anything was taken away."""
        kept: list[Any] = []
        block: list[Any] = []
        mode, saved = 0, [0]
        inside = seen = changed = False
        for one in instructions:
            operator = str(one.operator)
            if operator == "q":
                saved.append(mode)
            elif operator == "Q" and len(saved) > 1:
                mode = saved.pop()
            elif operator == "Tr" and one.operands:
                mode = int(one.operands[0])
            elif operator == "BDC" and _drop_actual_text(one):
                changed = True
            if operator == "BT":
                inside, seen, block = True, False, []
            if not inside:
                kept.append(one)
                continue
            block.append(one)
            seen |= operator in _SHOWS and mode != 3
            if operator == "ET":
                inside = False
                invisible = not seen and any(str(i.operator) in _SHOWS for i in block)
                changed |= invisible
                kept += [i for i in block if str(i.operator) not in _SHOWS] if invisible else block
        kept += block if inside else []
        if not _any_shown(kept):  # then the fonts go too, and nothing may name them
            kept = [one for one in kept if str(one.operator) != "Tf"]
        return kept, changed

    def _blanked(self, resources: pikepdf.Object, *, shows: bool, depth: int) -> pikepdf.Object:
        """A copy of a page's or form's resources whose fonts mean only spaces; without fonts where nothing is shown."""
        import pikepdf

        made = pikepdf.Dictionary(dict(resources.items()))
        fonts, things = resources.get("/Font"), resources.get("/XObject")
        if isinstance(fonts, pikepdf.Dictionary):
            del made["/Font"]
            if shows or _borrowed(things):
                made["/Font"] = pikepdf.Dictionary({key: self._blank(font) for key, font in fonts.items()})
        if isinstance(things, pikepdf.Dictionary):
            made["/XObject"] = pikepdf.Dictionary({key: self._form(thing, depth) for key, thing in things.items()})
        return made

    def _blank(self, font: pikepdf.Object) -> pikepdf.Object:
        """A copy of `font` in which every code means a space."""
        import pikepdf

        if not isinstance(font, pikepdf.Dictionary):
            return font
        composite = font.get("/Subtype") == "/Type0"
        if composite and font.get("/Encoding") not in ("/Identity-H", "/Identity-V"):
            self._doubts.append(f"its font {font.get('/BaseFont')} is encoded in an unusual way")
        copy = pikepdf.Dictionary(dict(font.items()))
        copy["/ToUnicode"] = self._map(2 if composite else 1)
        return self._pdf.make_indirect(copy)

    def _map(self, length: int) -> pikepdf.Object:
        if length not in self._maps:
            spaces = b"<0020>" * 256
            if length == 1:
                rows = [b"<00> <FF> [%s]" % spaces]
            else:
                rows = [b"<%02X00> <%02XFF> [%s]" % (high, high, spaces) for high in range(256)]
            self._maps[length] = self._pdf.make_stream(to_unicode_map(length, b"bfrange", rows))
        return self._maps[length]

    def _form(self, thing: pikepdf.Object, depth: int) -> pikepdf.Object:
        """A copy of a form with its text hidden; pictures, and forms that can hold no text, as they are."""
        import pikepdf

        if not isinstance(thing, pikepdf.Stream) or thing.get("/Subtype") != "/Form":
            return thing
        own = thing.get("/Resources")
        if not isinstance(own, pikepdf.Dictionary) or not ("/Font" in own or "/XObject" in own):
            return thing
        if depth >= _DEEPEST:
            self._doubts.append("forms lie too deep in one another")
            return thing
        kept, _ = self._without(pikepdf.parse_content_stream(thing))
        copy = self._pdf.make_stream(pikepdf.unparse_content_stream(kept))
        for key, value in thing.items():
            if key not in ("/Length", "/Filter", "/DecodeParms", "/Resources"):
                copy[key] = value
        copy["/Resources"] = self._blanked(own, shows=_any_shown(kept), depth=depth + 1)
        return copy


def _any_shown(instructions: Sequence[Any]) -> bool:
    return any(str(one.operator) in _SHOWS for one in instructions)


def _borrowed(things: Any) -> bool:
    """True where one of the forms has no resources of its own, and so draws with the fonts of what it stands on."""
    import pikepdf

    forms = things.values() if isinstance(things, pikepdf.Dictionary) else ()
    return any(
        isinstance(f, pikepdf.Stream) and f.get("/Subtype") == "/Form" and "/Resources" not in f for f in forms
    )


def _drop_actual_text(instruction: Any) -> bool:
    import pikepdf

    properties = instruction.operands[-1] if len(instruction.operands) else None
    if isinstance(properties, pikepdf.Dictionary) and "/ActualText" in properties:
        del properties["/ActualText"]
        return True
    return False


def _resources(page: pikepdf.Object) -> Any:
    """The page's resources, its own or those of the nodes above it."""
    import pikepdf

    node: Any = page
    for _ in range(64):
        if "/Resources" in node:
            return node["/Resources"]
        if not isinstance(node.get("/Parent"), pikepdf.Dictionary):
            break
        node = node["/Parent"]
    return pikepdf.Dictionary()
