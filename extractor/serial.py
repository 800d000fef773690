"""`Report` to the contract's JSON and back, exactly.

The layout is meant for people and diffs: every top-level key and every item of a list (a page, a figure, a finding)
on a line of its own, keys in the contract's order. Numbers are plain decimal literals made from `Decimal`s
(`630`, `10.41`, never `6.3E+2`) and read back as `Decimal`s: no binary float stands on the way.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from io import SEEK_END, BytesIO
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import orjson

from extractor.errors import WrongFormat
from extractor.model import SCHEMA_VERSION, Report

Decoder = Callable[[Any], Any]


class NotAReport(WrongFormat):
    """The text is not a report of this contract."""

    remedy = "make it again with 'extractor run', or read it with the version of Extractor that wrote it"


# --- writing ---------------------------------------------------------------------------------------------------------


def to_json(report: Report) -> str:
    """The report as JSON text that ends with a newline."""
    return to_bytes(report).decode()


def to_bytes(report: Report) -> bytes:
    """`to_json` in UTF-8, without the text in between: what is written to files."""
    text = BytesIO()  # one growing buffer: a list of all items' texts would take many times the memory of a long report
    text.write(b"{\n")
    for name in ["schema_version", *(f.name for f in dataclasses.fields(report) if f.name != "schema_version")]:
        value = getattr(report, name)
        text.write(b'"%s": ' % name.encode())
        if isinstance(value, tuple) and value:
            before = b"[\n"
            for item in value:
                text.write(before)
                text.write(_dump(item))
                before = b",\n"
            text.write(b"\n]")
        else:
            text.write(_dump(value))
        text.write(b",\n")
    text.seek(-2, SEEK_END)  # the comma after the last
    text.write(b"\n}\n")
    return text.getvalue()


def _dump(value: Any) -> bytes:
    try:
        return orjson.dumps(value, default=_number)
    except TypeError:  # an integer beyond 64 bits, which orjson refuses
        return orjson.dumps(_with_large_integers(value), default=_number)


def _number(value: object) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(plain(value))
    raise TypeError(f"{type(value).__name__} is not part of the contract")


def _with_large_integers(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {f.name: _with_large_integers(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_with_large_integers(v) for v in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value


def plain(value: Decimal) -> str:
    """`value` as a JSON number without exponent and without trailing zeros. Raises ValueError for NaN and infinity."""
    if not value.is_finite():
        raise ValueError(f"{value} is not a number that JSON can hold")
    if not value:
        return "0"  # also for -0 and 0E+3
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- reading ---------------------------------------------------------------------------------------------------------


class _MismatchError(Exception):
    """What was expected where; the place is put together while the exception passes outwards."""

    def __init__(self, expected: str, found: Any) -> None:
        self.expected, self.found, self.place = expected, found, ""

    def inside(self, step: str) -> _MismatchError:
        self.place = step + self.place
        return self

    def __str__(self) -> str:
        place = self.place.lstrip(".") or "the whole"
        found = "nothing" if self.found is dataclasses.MISSING else repr(self.found)
        return f"{place}: expected {self.expected}, found {found if len(found) < 60 else found[:57] + '…'}"


def from_json(text: str | bytes) -> Report:
    """The report that `text` holds. Keys that this version does not know are passed over.

    Raises `WrongFormat` where the text is not JSON, not a report, or of another major version of the contract.
    """
    try:
        data = parsed(text.decode("utf-8-sig") if isinstance(text, bytes) else text)
    except ValueError as error:
        raise NotAReport(f"not valid JSON: {error}") from error
    check_version(data)
    try:
        report = _decoder(Report)(data)
    except _MismatchError as mismatch:
        raise NotAReport(f"not a report: {mismatch}") from None
    assert isinstance(report, Report)
    return report


def check_version(data: Any) -> None:
    """Raise `WrongFormat` unless `data`, parsed JSON, calls itself a report of this major version of the contract."""
    version = data.get("schema_version") if isinstance(data, dict) else None
    if not isinstance(version, str):
        raise NotAReport("not a report: it has no schema_version")
    if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise NotAReport(f"schema_version {version[:20]!r} cannot be read, only {SCHEMA_VERSION.split('.')[0]}.x")


def decoded(kind: Any, value: Any) -> Any:
    """Parsed JSON as the type `kind` of a field of the contract (`Decimal | None`). Raises ValueError, with the reason.

    Numbers have to be parsed as in `from_json`, by `parsed`.
    """
    try:
        return _decoder(kind)(value)
    except _MismatchError as mismatch:
        raise ValueError(f"expected {mismatch.expected}, found {mismatch.found!r}") from None


def parsed(text: str) -> Any:
    """JSON text with exact numbers. Raises ValueError, also where it is nested too deep."""
    try:
        return json.loads(text, parse_float=Decimal, parse_int=_integer, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def encoded(value: Any) -> bytes:
    """Data of the contract's types (dataclasses, tuples, `Decimal`s, dictionaries of them) as JSON on one line."""
    return _dump(value)


def _integer(text: str) -> int:
    return int(text) if len(text) < 4000 else int(Decimal(text))  # int() refuses more than 4,300 digits


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is not JSON")


@cache
def _decoder(kind: Any) -> Decoder:
    """A function that checks a parsed JSON value against the type `kind` and returns it as that type."""
    origin, args = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _dataclass_decoder(kind)
    if origin in (Union, UnionType):
        (inner,) = (a for a in args if a is not NoneType)
        return _optional_decoder(_decoder(inner))
    if origin is Literal:
        return _literal_decoder(frozenset(args))
    if origin is tuple and args[-1] is Ellipsis:
        return _list_decoder(_decoder(args[0]))
    if origin is tuple:
        return _fixed_decoder(tuple(map(_decoder, args)))
    return {str: _string, bool: _boolean, int: _whole, float: _float, Decimal: _decimal}[kind]


def _dataclass_decoder(cls: Any) -> Decoder:
    hints = get_type_hints(cls)
    fields = [(f.name, f.default, _decoder(hints[f.name])) for f in dataclasses.fields(cls)]
    missing = dataclasses.MISSING

    def decode(value: Any) -> Any:
        if type(value) is not dict:
            raise _MismatchError("an object", value)
        arguments = []
        for name, default, inner in fields:
            found = value.get(name, missing)
            if found is missing:
                if default is missing:
                    raise _MismatchError("a value", missing).inside(f".{name}")
                arguments.append(default)
                continue
            try:
                arguments.append(inner(found))
            except _MismatchError as mismatch:
                raise mismatch.inside(f".{name}") from None
        return cls(*arguments)

    return decode


def _optional_decoder(inner: Decoder) -> Decoder:
    return lambda value: None if value is None else inner(value)


def _literal_decoder(allowed: frozenset[str]) -> Decoder:
    def decode(value: Any) -> Any:
        if type(value) is not str or value not in allowed:
            raise _MismatchError("one of " + ", ".join(sorted(allowed)), value)
        return value

    return decode


def _list_decoder(inner: Decoder) -> Decoder:
    def decode(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise _MismatchError("a list", value)
        try:
            return tuple([inner(v) for v in value])
        except _MismatchError as mismatch:
            raise mismatch.inside(f"[{_first_wrong(inner, value)}]") from None

    return decode


def _first_wrong(inner: Decoder, values: list[Any]) -> int:
    for i, value in enumerate(values):
        try:
            inner(value)
        except _MismatchError:
            return i
    raise AssertionError("called only where one is wrong")


def _fixed_decoder(inner: tuple[Decoder, ...]) -> Decoder:
    def decode(value: Any) -> tuple[Any, ...]:
        if type(value) is not list or len(value) != len(inner):
            raise _MismatchError(f"a list of {len(inner)}", value)
        return tuple([d(v) for d, v in zip(inner, value, strict=True)])

    return decode


def _string(value: Any) -> str:
    if type(value) is not str:
        raise _MismatchError("a text", value)
    return value


def _boolean(value: Any) -> bool:
    if type(value) is not bool:
        raise _MismatchError("true or false", value)
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:  # bool is an int to Python, not to JSON
        raise _MismatchError("a whole number", value)
    return value


def _float(value: Any) -> float:
    if type(value) is not Decimal and type(value) is not int:
        raise _MismatchError("a number", value)
    try:
        return float(value)
    except OverflowError:
        raise _MismatchError("a number that a double can hold", value) from None


def _decimal(value: Any) -> Decimal:
    if type(value) is Decimal:
        return value
    if type(value) is int:
        return Decimal(value)
    raise _MismatchError("a number", value)
