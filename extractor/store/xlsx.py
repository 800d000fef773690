"""Workbooks written row by row with openpyxl, every text a text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractor.store.store import NeedsExtra

_LONGEST = 32_767  # characters that a cell may hold


class Sheets:
    """A workbook that is written as it is filled. Raises `NeedsExtra` without openpyxl."""

    def __init__(self) -> None:
        try:
            import openpyxl
            from openpyxl.cell import WriteOnlyCell
            from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
            from openpyxl.styles import Font, PatternFill
        except ImportError as error:
            raise NeedsExtra("openpyxl is not installed") from error
        self._book = openpyxl.Workbook(write_only=True)
        self._cell, self._illegal = WriteOnlyCell, ILLEGAL_CHARACTERS_RE
        self._bold, self._fill = Font(bold=True), PatternFill("solid", fgColor="E8ECF1")

    def add(self, name: str, columns: Sequence[str], widths: Sequence[float] = ()) -> Any:
        """A new sheet with a head that stays in sight and filters."""
        sheet = self._book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        for at, width in enumerate(widths):
            sheet.column_dimensions[_letter(at)].width = width
        head = []
        for column in columns:
            cell = self.cell(sheet, column)
            cell.font, cell.fill = self._bold, self._fill
            head.append(cell)
        sheet.append(head)
        return sheet

    def cell(self, sheet: Any, value: Any, number_format: str | None = None, link: str | None = None) -> Any:
        """A cell; what begins with '=' is no formula unless it is a `Formula`."""
        if isinstance(value, Formula):
            made = self._cell(sheet, value=value.text)
        elif isinstance(value, str | bytes):
            text = value.decode("utf8", "replace") if isinstance(value, bytes) else value
            made = self._cell(sheet, value=self._illegal.sub("\ufffd", text)[:_LONGEST])
            made.data_type = "s"
        else:
            made = self._cell(sheet, value=value)
        if number_format:
            made.number_format = number_format
        if link:
            made.hyperlink = link
        return made

    def save(self, path: Path) -> None:
        """Write the file. Raises OSError."""
        self._book.save(path)


class Formula:
    """A formula of a cell, in English names: `=B2-A2`."""

    def __init__(self, text: str) -> None:
        self.text = text


def _letter(at: int) -> str:
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
