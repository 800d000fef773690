"""`Report` to JSON and back: exact, laid out by lines, and clear about what is no report."""

from __future__ import annotations

import dataclasses
import json
import tracemalloc
from dataclasses import replace
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import large, sample

from extractor.errors import WrongFormat
from extractor.model import Report
from extractor.serial import from_json, plain, to_bytes, to_json

FLOATS = st.floats(allow_nan=False, allow_infinity=False).map(lambda x: x + 0.0)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40)


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Every value of a type of the model."""
    origin, args = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{f.name: values(hints[f.name]) for f in dataclasses.fields(kind)})  # type: ignore[arg-type]
    if origin in (Union, UnionType):
        return st.one_of([st.none() if a is NoneType else values(a) for a in args])
    if origin is Literal:
        return st.sampled_from(args)
    if origin is tuple and args[-1] is Ellipsis:
        return st.lists(values(args[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, args))
    return {str: st.text(), bool: st.booleans(), int: st.integers(), float: FLOATS, Decimal: DECIMALS}[kind]


REPORTS = values(Report).map(lambda r: replace(r, schema_version="1.3"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(REPORTS)
def test_round_trip_is_exact(report: Report) -> None:
    text = to_json(report)
    assert from_json(text) == report
    assert from_json(text.encode()) == report
    assert to_json(from_json(text)) == text
    assert to_bytes(report) == text.encode()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("630", "630"),
        ("6.3E+2", "630"),
        ("10.41", "10.41"),
        ("10.50", "10.5"),
        ("100", "100"),
        ("1E-7", "0.0000001"),
        ("-0.0", "0"),
        ("0E+5", "0"),
        ("-3.20", "-3.2"),
        ("12345678901234567890123456789012345.6789", "12345678901234567890123456789012345.6789"),
    ],
)
def test_numbers_are_plain_literals(value: str, written: str) -> None:
    assert plain(Decimal(value)) == written
    report = sample()
    report = replace(report, figures=(replace(report.figures[0], value=Decimal(value)),))
    assert f'"value":{written},' in to_json(report)
    assert from_json(to_json(report)).figures[0].value == Decimal(value)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_cannot_hold_are_refused(value: str) -> None:
    with pytest.raises(ValueError):
        plain(Decimal(value))


def test_an_amount_beyond_64_bits_is_kept() -> None:
    report = sample()
    report = replace(report, figures=(replace(report.figures[0], amount=10**30 + 1),))
    assert '"amount":1000000000000000000000000000001,' in to_json(report)
    assert from_json(to_json(report)) == report


def test_decimal_values_read_are_decimals() -> None:
    figure = from_json(to_json(sample())).figures[0]
    assert type(figure.value) is Decimal
    assert type(figure.confidence) is float
    assert type(figure.boxes[0][0]) is float


def test_layout_has_one_item_a_line_and_keys_in_the_contract_s_order() -> None:
    report = sample()
    report = replace(report, figures=report.figures * 3)
    text = to_json(report)
    lines = text.split("\n")
    assert lines[0] == "{"
    assert lines[1] == '"schema_version": "1.4",'
    assert lines[2].startswith('"document": {"id":')
    assert sum(line.startswith('{"id":"f1"') for line in lines) == 3
    assert text.endswith("}\n")
    keys = list(json.loads(text))
    assert keys[0] == "schema_version"
    assert keys[1:] == [f.name for f in dataclasses.fields(Report)][:-1]
    assert list(json.loads(text)["figures"][0]) == [f.name for f in dataclasses.fields(report.figures[0])]


def test_unknown_is_null_and_letters_stand_as_they_are() -> None:
    text = to_json(sample())
    assert '"of":null' in text
    assert '"title":null' in text
    assert "Công tác giảm nghèo" in text


def test_keys_of_a_later_minor_version_are_passed_over() -> None:
    data = json.loads(to_json(sample()))
    data["schema_version"] = "1.9"
    data["new"] = {"a": 1}
    data["figures"][0]["newer"] = [1.5]
    assert from_json(json.dumps(data)) == replace(sample(), schema_version="1.9")


def test_keys_that_an_earlier_minor_version_lacks_get_their_defaults() -> None:
    data = json.loads(to_json(sample()))
    data["schema_version"] = "1.0"
    del data["furniture"], data["word_boxes"], data["tables"][0]["cell_spans"]
    assert from_json(json.dumps(data)) == replace(sample(), schema_version="1.0", furniture=())


def changed(path: list[Any], value: Any) -> str:
    data = json.loads(to_json(sample()))
    target = data
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not valid JSON"),
        ("[]", "no schema_version"),
        ("7", "no schema_version"),
        ('{"a": 1}', "no schema_version"),
        ("[" * 100_000, "not valid JSON"),
        (b"\xff\xfe{}", "not valid JSON"),
        ('{"schema_version": "1.3"}', "document: expected a value, found nothing"),
        (changed(["schema_version"], 1), "no schema_version"),
        (changed(["schema_version"], "2.0"), "'2.0' cannot be read"),
        (changed(["text"], None), "text: expected a text, found None"),
        (changed(["document"], []), "document: expected an object"),
        (changed(["document", "page_count"], "12"), "document.page_count: expected a whole number, found '12'"),
        (changed(["document", "page_count"], True), "document.page_count: expected a whole number, found True"),
        (changed(["figures"], {}), "figures: expected a list"),
        (changed(["figures", 0, "value"], "630"), "figures[0].value: expected a number, found '630'"),
        (changed(["figures", 0, "value"], None), "figures[0].value: expected a number, found None"),
        (changed(["figures", 0, "kind"], "hộ"), "figures[0].kind: expected one of"),
        (changed(["figures", 0, "kind"], ["household"]), "figures[0].kind: expected one of"),
        (changed(["figures", 0, "boxes", 1], [1, 2, 3]), "figures[0].boxes[1]: expected a list of 4"),
        (changed(["figures", 0, "confidence"], 10**400), "figures[0].confidence: expected a number that a double"),
        (changed(["pages", 0, "start"], 1.5), "pages[0].start: expected a whole number"),
        (to_json(sample()).replace('"value":630', '"value":NaN'), "NaN is not JSON"),
        (to_json(sample())[:-40], "not valid JSON"),
    ],
)
def test_what_is_no_report_is_named(text: str | bytes, says: str) -> None:
    with pytest.raises(WrongFormat) as caught:
        from_json(text)
    assert says in str(caught.value)


def test_long_numbers_are_read() -> None:
    digits = "9" * 5000
    text = to_json(sample()).replace('"value":630', f'"value":{digits}')
    assert from_json(text).figures[0].value == Decimal(digits)


def test_writing_takes_little_more_memory_than_the_text() -> None:
    report = large()
    size = len(to_bytes(report))
    tracemalloc.start()
    to_bytes(report)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2.5 * size


def test_a_long_report_is_read_as_it_was_written() -> None:
    report = large()
    assert from_json(to_json(report)) == report
