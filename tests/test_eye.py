"""Our own recogniser about its weights: decoding, words and boxes, confidences, the second opinion, what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from extractor import extract
from extractor.errors import MissingProgram, UsageError
from extractor.reading import open_source
from extractor.recognising import models, weights
from extractor.recognising.alphabet import CHARACTERS, CLASSES, classes, folded
from extractor.recognising.cutting import cut
from extractor.recognising.decoding import Character, decoded
from extractor.recognising.engines import recogniser
from extractor.recognising.eye import Eye
from extractor.recognising.eye_words import words_on
from extractor.recognising.interface import RecognisedWord
from extractor.recognising.line_reader import LineReader
from extractor.recognising.tesseract import Tesseract
from extractor.recognising.weights import DamagedWeights, MissingWeights, checked, eye_weights
from tests import bars
from tests.lines_drawn import DPI, page
from tests.scans_made import scan

WORDS = "HTH LHH HHTH"


def paper() -> Any:
    return np.full((300, 1200), 245, np.uint8)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> LineReader:
    return LineReader(bars.write(tmp_path_factory.mktemp("eye")))


def test_the_alphabet() -> None:
    assert len(set(CHARACTERS)) == len(CHARACTERS) == CLASSES - 1
    assert folded("Số  —\u00a0“1.240”\tđ/ha ⇒ m2 ☃") == "Số – “1.240” đ/ha → m2"
    assert folded("ê\u0323") == "ệ"
    assert [CHARACTERS[n - 1] for n in classes("Nghị quyết số 5")] == list("Nghị quyết số 5")


def test_decoding_takes_repeats_for_one_and_blanks_for_none() -> None:
    shares = np.full((8, 3), 0.05, np.float32)
    seen = [(1, 0.6), (1, 0.9), (0, 0.9), (1, 0.8), (2, 0.7), (2, 0.5), (0, 0.9), (0, 0.9)]
    for frame, (kind, share) in enumerate(seen):
        shares[frame, kind] = share
    found = decoded(shares, "ab")
    assert [(c.text, c.start, c.stop) for c in found] == [("a", 0, 2), ("a", 3, 4), ("b", 4, 6)]
    assert [c.confidence for c in found] == pytest.approx([0.9, 0.8, 0.7])


def test_words_boxes_and_confidences(reader: LineReader) -> None:
    image = paper()
    wanted = bars.draw(image, 100, 90, WORDS) + bars.draw(image, 160, 200, "HT HLHH")
    found = Eye(reader, None).recognise(image, DPI)
    assert [word.text for word in found.words] == [*WORDS.split(), "HT", "HLHH"]
    assert [word.line for word in found.words] == [0, 0, 0, 1, 1]
    for word, box in zip(found.words, wanted, strict=True):
        assert word.ink == pytest.approx(box, abs=2)
        assert word.confidence > 0.98
        assert not word.raised
    assert [word.baseline for word in found.words] == pytest.approx([90, 90, 90, 200, 200], abs=2)


def test_cells_are_read_by_themselves(reader: LineReader) -> None:
    image = paper()
    bars.draw(image, 100, 90, "HT")
    bars.draw(image, 190, 90, "LH")
    bars.draw(image, 100, 250, "HH")
    found = Eye(reader, None).recognise(image, DPI, [(90, 40, 175, 110), (176, 40, 300, 110), (400, 40, 500, 110)])
    assert [word.text for word in found.words] == ["HH"]
    assert [[word.text for word in cell] for cell in found.cells] == [["HT"], ["LH"], []]


def test_a_confidence_is_that_of_the_least_sure_character(tmp_path: Path) -> None:
    image = paper()
    bars.draw(image, 100, 90, "HT HHL")
    sure, unsure = (Eye(LineReader(bars.write(tmp_path, gain=gain)), None).recognise(image, DPI) for gain in (30, 3))
    assert [word.text for word in unsure.words] == [word.text for word in sure.words] == ["HT", "HHL"]
    assert max(word.confidence for word in unsure.words) < 0.9 < min(word.confidence for word in sure.words)


def characters(text: str) -> list[Character]:
    """A character every ten frames, each seen in four of them."""
    return [Character(c, 0.5 if c == "ờ" else 0.9, 10 * k + 3, 10 * k + 7) for k, c in enumerate(text)]


def test_a_footnotes_mark_is_a_word_apart_and_a_power_is_not() -> None:
    line = cut(page([(90, 100, "người hộ 15 km")]), DPI).lines[0]
    found = words_on(line, characters("người¹² 15km² ²hộ"), line.picture.shape[1] / 180, 0)
    assert [(word.text, word.raised) for word in found] == [
        ("người", False), ("12", True), ("15km²", False), ("2", True), ("hộ", False),
    ]  # fmt: skip
    assert found[0].confidence == 0.5
    assert found[2].confidence == 0.9


class Second:
    """A second opinion that says what it is told, and keeps what it was shown."""

    def __init__(self, text: str, confidence: float) -> None:
        self.word = RecognisedWord(text, (5, 4, 60, 40), 38.0, confidence, 0)
        self.shown: list[Any] = []

    def read_line(self, picture: Any, dpi: float) -> list[RecognisedWord]:
        self.shown.append(picture)
        return [self.word]


@pytest.mark.parametrize(
    ("gain", "sure", "asked", "text"), [(30, 0.99, 0, "HH"), (1.5, 0.9, 1, "hai"), (1.5, 0.1, 1, "HH")]
)
def test_the_second_opinion(tmp_path: Path, gain: float, sure: float, asked: int, text: str) -> None:
    image = paper()
    bars.draw(image, 100, 90, "HH")
    second = Second("hai", sure)
    (word,) = Eye(LineReader(bars.write(tmp_path, gain=gain)), second).recognise(image, DPI).words
    assert len(second.shown) == asked
    assert word.text == text
    if text == "hai":  # placed on the page
        (line,) = cut(image, DPI).lines
        assert word.ink == (line.box[0] + 5, line.box[1] + 4, line.box[0] + 60, line.box[1] + 40)
        assert word.baseline == line.box[1] + 38


def test_tesseract_gives_a_second_opinion_on_a_line() -> None:
    (line,) = cut(page([(90, 100, "giảm 10.463 hộ nghèo")]), DPI).lines
    found = Tesseract().read_line(line.picture, DPI)
    assert [word.text for word in found] == ["giảm", "10.463", "hộ", "nghèo"]
    assert found[1].ink[0] > found[0].ink[2] > 0


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of weights in the place of the package's."""
    monkeypatch.setattr(weights, "FOLDER", tmp_path / "eye")
    monkeypatch.delenv(weights.VARIABLE, raising=False)
    return tmp_path / "eye"


def bars_scan(target: Path) -> Path:
    image = paper()
    bars.draw(image, 100, 90, WORDS)
    return scan(target, [Image.fromarray(image)])


def test_weights_in_the_package_read_the_pages(installed: Path, tmp_path: Path) -> None:
    path = bars_scan(tmp_path / "a.pdf")
    before = models.identity()
    bars.write(installed)
    weights._found.cache_clear()
    (made,) = open_source(path).pages
    assert made.words == tuple(WORDS.split())
    assert made.source == "ocr"
    assert models.identity() not in ("", before)


def test_without_weights_tesseract_reads(installed: Path, caplog: pytest.LogCaptureFixture) -> None:
    weights._found.cache_clear()
    with caplog.at_level("INFO", logger=weights.__name__):
        assert isinstance(recogniser(), Tesseract)
        assert isinstance(recogniser(), Tesseract)
    assert [record.message for record in caplog.records] == [
        "the package has no weights of our own recogniser: Tesseract reads"
    ]


def test_weights_read_where_tesseract_is_missing(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise models.MissingRecognition("no vie.traineddata")

    bars.write(installed)
    monkeypatch.setattr("extractor.recognising.tesseract.tesseract", missing)
    monkeypatch.setattr(models, "tessdata", missing)
    (made,) = open_source(bars_scan(tmp_path / "a.pdf")).pages
    assert made.words == tuple(WORDS.split())


def test_damaged_weights_are_named(installed: Path) -> None:
    path = bars.write(installed)
    assert checked(path) == path
    with path.open("ab") as file:
        file.write(b"\0")
    with pytest.raises(DamagedWeights, match=r"S\.onnx.*install extractor again"):
        eye_weights()
    path.with_suffix(".json").unlink()
    with pytest.raises(DamagedWeights, match="no card"):
        checked(path)


def test_the_network_that_is_asked_for(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bars.write(installed)
    monkeypatch.setenv(weights.VARIABLE, "M")
    with pytest.raises(MissingWeights, match=r"M\.onnx.*training/README\.md") as raised:
        recogniser()
    assert isinstance(raised.value, MissingProgram)
    assert raised.value.exit_code == 4
    bars.write(installed, "M")
    assert eye_weights() == installed / "M.onnx"
    monkeypatch.setenv(weights.VARIABLE, "L")
    with pytest.raises(UsageError, match="EXTRACTOR_EYE=L"):
        eye_weights()


def test_handwriting_is_said_in_the_report(installed: Path, tmp_path: Path) -> None:
    from tests.test_cutting import scrawled

    bars.write(installed)
    image = scrawled(page([(90, 200, "Số:"), (290, 200, "/QĐ-UBND ngày 12 tháng 3")]), 170, 185, 110)
    report = extract(scan(tmp_path / "a.pdf", [Image.fromarray(image)]))
    assert "page 1: handwriting among the print was not read, in 1 place(s)" in report.warnings
