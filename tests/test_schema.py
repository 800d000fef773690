"""The published JSON Schema says what `extractor.serial` writes."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from samples import sample
from test_serial import REPORTS

from extractor.model import Report
from extractor.schema import fields, schema
from extractor.serial import to_json

VALIDATOR = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker())


def test_it_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_a_report_is_valid() -> None:
    VALIDATOR.validate(json.loads(to_json(sample())))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(REPORTS)
def test_types_agree_with_what_is_written(report: Report) -> None:
    """Values out of bounds are made here on purpose; only a wrong type or a missing key is a fault of the schema."""
    wrong = [e for e in VALIDATOR.iter_errors(json.loads(to_json(report))) if e.validator in {"type", "required"}]
    assert not wrong


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["schema_version"], "2.0"),
        (["document", "sha256"], "abc"),
        (["document", "issued_on"], "2023-13-41"),
        (["figures", 0, "kind"], "hộ"),
        (["figures", 0, "value"], None),
        (["figures", 0, "value"], "630"),
        (["figures", 0, "page"], 0),
        (["figures", 0, "confidence"], 1.5),
        (["figures", 0, "boxes", 0], [1, 2, 3]),
        (["figures", 0, "comparator"], "≥"),
        (["places", 0, "level"], "hamlet"),
        (["tables", 0, "cell_boxes", 0, 0], "x"),
        (["findings", 0, "severity"], "fatal"),
    ],
)
def test_what_breaks_the_contract_is_invalid(path: list[Any], value: Any) -> None:
    data = json.loads(to_json(sample()))
    target = data
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    assert not VALIDATOR.is_valid(data)


def test_a_missing_key_is_invalid() -> None:
    data = json.loads(to_json(sample()))
    del data["figures"][0]["unit"]
    assert not VALIDATOR.is_valid(data)


def test_rows_for_people_name_every_key() -> None:
    rows = fields()
    assert {"object": "Figure", "key": "value", "type": "number"} in rows
    assert {"object": "Figure", "key": "boxes", "type": "list of list of 4 numbers"} in rows
    assert {"object": "Table", "key": "cell_boxes", "type": "list of list of list of 4 numbers or null"} in rows
    assert {"object": "Document", "key": "place", "type": "PlaceName or null"} in rows
