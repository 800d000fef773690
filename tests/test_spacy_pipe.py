"""The spaCy component: span groups over any tokenizer, with the records behind them."""

from __future__ import annotations

from decimal import Decimal

import pytest

spacy = pytest.importorskip("spacy", reason="the extra `nlp` is not installed")

TEXT = (
    "I. KẾT QUẢ\n"
    "1. Giảm nghèo\n"
    "Năm 2023, xã Púng Luông, huyện Mù Cang Chải giảm 118 hộ nghèo, đạt 104,5% kế hoạch "
    "theo Quyết định số 353/QĐ-TTg ngày 15/3/2022."
)


@pytest.fixture(scope="module")
def doc():
    nlp = spacy.blank("xx")
    nlp.add_pipe("vn_report")
    return nlp(TEXT)


@pytest.mark.parametrize(
    ("group", "texts"),
    [
        ("figures", ["118 hộ nghèo", "104,5%"]),
        ("references", ["Quyết định số 353/QĐ-TTg"]),
        ("places", ["Púng Luông", "Mù Cang Chải"]),
    ],
)
def test_a_group_holds_the_spans_of_its_records(doc, group, texts):
    assert [span.text for span in doc.spans[group]] == texts
    assert [span._.record.text for span in doc.spans[group]] == texts


def test_labels_and_records_carry_what_was_found(doc):
    households, percent = doc.spans["figures"]
    assert (households.label_, percent.label_) == ("household", "percent")
    assert households._.record.value == Decimal("118")
    assert doc.spans["references"][0]._.record.key == "353/QĐ-TTg"
    assert [s.label_ for s in doc.spans["sections"]] == ["I", "1"]


def test_it_is_found_by_name_without_importing_the_package():
    # the entry point in pyproject.toml is what makes `add_pipe("vn_report")` work in other people's code
    assert "vn_report" in spacy.registry.factories.get_all()


def test_an_empty_text_gives_empty_groups():
    nlp = spacy.blank("xx")
    nlp.add_pipe("vn_report")
    assert [len(nlp("").spans[g]) for g in ("figures", "references", "places", "sections")] == [0, 0, 0, 0]
