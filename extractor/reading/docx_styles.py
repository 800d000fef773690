"""What the styles of a DOCX say about a run or paragraph: its font, whether it is hidden, raised, numbered."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import _Element

from extractor.reading.docx_xml import attribute, child, children, is_on, local, number_of

_UPRIGHT = ("left", "right", "start", "end", "insideV")


@dataclass(frozen=True, slots=True)
class Look:
    """Properties that change what a reader sees; None where nothing is said."""

    font: str | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    raised: bool | None = None

    def over(self, base: Look) -> Look:
        """These properties where they are said, those of `base` else."""
        return Look(
            self.font if self.font is not None else base.font,
            self.hidden if self.hidden is not None else base.hidden,
            self.capitals if self.capitals is not None else base.capitals,
            self.raised if self.raised is not None else base.raised,
        )


PLAIN = Look()


def look_of(properties: _Element | None) -> Look:
    """What a w:rPr says itself."""
    font: str | None = None
    hidden = capitals = raised = None
    for node in properties if properties is not None else ():
        name = local(node)
        if name == "rFonts":
            font = attribute(node, "ascii") or attribute(node, "hAnsi")
        elif name == "vanish":
            hidden = is_on(node)
        elif name == "caps":
            capitals = is_on(node)
        elif name == "vertAlign":
            raised = attribute(node, "val") == "superscript"
    return Look(font, hidden, capitals, raised)


def has_upright_borders(properties: _Element | None, holder: str) -> bool | None:
    """Whether the w:tblBorders or w:tcBorders in `properties` draws lines between columns; None: nothing is said."""
    borders = child(properties, holder)
    if borders is None:
        return None
    return any(local(n) in _UPRIGHT and attribute(n, "val") not in (None, "nil", "none") for n in borders)


class Styles:
    """styles.xml, each style with what it is based on."""

    def __init__(self, root: _Element | None) -> None:
        self._nodes = {attribute(n, "styleId") or "": n for n in children(root, "style")}
        self.default = look_of(child(root, "docDefaults", "rPrDefault", "rPr"))
        defaults = (i for i, n in self._nodes.items() if attribute(n, "default") == "1")
        self.default_paragraph = next((i for i in defaults if attribute(self._nodes[i], "type") == "paragraph"), "")
        self._looks: dict[str, Look] = {}

    def _chain(self, style: str | None) -> list[_Element]:
        """The style and those that it is based on, nearest first."""
        found: list[_Element] = []
        while style and style in self._nodes and len(found) < 20:
            node = self._nodes[style]
            if node in found:
                break
            found.append(node)
            style = attribute(child(node, "basedOn"), "val")
        return found

    def look(self, style: str | None) -> Look:
        """What the character or paragraph style `style` says."""
        key = style or ""
        if key not in self._looks:
            made = PLAIN
            for node in reversed(self._chain(style)):
                made = look_of(child(node, "rPr")).over(made)
            self._looks[key] = made
        return self._looks[key]

    def numbering(self, style: str | None) -> tuple[str, str, int | None] | None:
        """(numId, the style that says it, level or None) where the paragraph style is numbered."""
        for node in self._chain(style):
            found = child(node, "pPr", "numPr")
            number = attribute(child(found, "numId"), "val")
            if number is not None:
                level = child(found, "ilvl")
                return number, attribute(node, "styleId") or "", None if level is None else number_of(level, 0)
        return None

    def lists(self) -> dict[str, str]:
        """numId by the id of each list style."""
        found = {i: attribute(child(n, "pPr", "numPr", "numId"), "val") for i, n in self._nodes.items()}
        return {i: number for i, number in found.items() if number}

    def bordered(self, style: str | None) -> bool:
        """True where the table style draws lines between columns."""
        for node in self._chain(style):
            said = has_upright_borders(child(node, "tblPr"), "tblBorders")
            if said is not None:
                return said
        return False
