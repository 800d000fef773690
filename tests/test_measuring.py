"""What recognition is measured by: real pages kept as hashed words, the choice of what new weights are read with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from extractor.reading import open_source
from extractor.recognising.interface import RecognisedWord
from extractor.recognising.line_reader import LineReader
from tests import bars
from training import corpus, kit
from training.corpus import SHARED

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import choose_doubtful  # noqa: E402
import real_pages  # noqa: E402
from bench_ocr import scan_of  # noqa: E402
from scans.measure import laid_text  # noqa: E402

TEXT = "Số: [viết tay] /QĐ-UBND\ngiảm 10.463 hộ nghèo, đạt 98,5 %\n"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Transcripts of two pages of a scan, kept."""
    for number, text in ((1, TEXT), (2, "hộ nghèo\n"), (10, "hết\n")):
        (tmp_path / f"a_scan-{number}.txt").write_text(text, encoding="utf8")
    monkeypatch.setattr(sys, "argv", ["real_pages.py", str(tmp_path), "--out", str(tmp_path / "kept")])
    real_pages.main()
    return tmp_path / "kept"


def test_transcripts_are_kept_without_their_words(kept: Path) -> None:
    written = (kept / "a_scan.txt").read_text(encoding="ascii")
    assert written.count("\n") == 3 + 4
    assert "10.463" not in written
    pages = list(real_pages.transcribed(kept))
    assert [(page.file, page.number, len(page.words)) for page in pages] == [
        ("a_scan.pdf", 1, 9), ("a_scan.pdf", 2, 2), ("a_scan.pdf", 10, 1),
    ]  # fmt: skip
    assert pages[0].words[4] == pages[1].words[0]  # the same word of a scan, the same mark


@pytest.mark.parametrize(
    ("read", "wrong", "unordered", "numbers"),
    [
        ("Số: /QĐ-UBND giảm 10.463 hộ nghèo, đạt 98,5 %", 0, 0, 2),
        ("Số: /QĐ-UBND giảm 10.468 hộ nghèo, đạt 98,5 %", 1, 1, 1),
        ("Số: 46 /QĐ-UBND giảm 10.463 hộ nghèo, đạt 98,5 %", 1, 1, 2),  # handwriting is not to be read
        ("giảm 10.463 hộ nghèo, đạt 98,5 % Số: /QĐ-UBND", 4, 0, 2),
        ("", 9, 9, 0),
    ],
)
def test_errors_are_counted_in_words(kept: Path, read: str, wrong: int, unordered: int, numbers: int) -> None:
    page = next(real_pages.transcribed(kept))
    found = real_pages.errors(page.words, real_pages.marks(read, "a_scan"))
    assert (found.words, found.wrong, found.wrong_unordered) == (9, wrong, unordered)
    assert (found.numbers, found.numbers_right) == (2, numbers)


def test_the_real_pages_of_the_issue_are_kept() -> None:
    counts = {(page.file, page.number): len(page.words) for page in real_pages.transcribed()}
    assert [key for key, _ in counts.items()] == [
        *(("danang_1_2019_scan_kodak.pdf", number) for number in (1, 2)),
        *(("tb79_vpcp.pdf", number) for number in range(1, 6)),
    ]
    assert min(counts.values()) > 100


def test_no_transcribed_scan_is_trained_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of sixteen words in a row none is in what is drawn from; eight are, where both name the same resolution."""
    monkeypatch.setattr(kit, "KIT", tmp_path / "no kit")

    def runs(words: Sequence[str]) -> set[tuple[str, ...]]:
        return {tuple(words[k : k + 16]) for k in range(len(words) - 15)}

    held: dict[str, set[tuple[str, ...]]] = {}
    for page in real_pages.transcribed():
        held.setdefault(Path(page.file).stem, set()).update(runs(page.words))
    assert sum(map(len, held.values())) > 3000
    for words in corpus.load().paragraphs:
        for scan, some in held.items():
            assert some.isdisjoint(runs(real_pages.marks(" ".join(words), scan)))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_the_marks_are_those_of_the_page() -> None:
    page = next(page for page in real_pages.transcribed() if page.file == "tb79_vpcp.pdf")
    read = next(iter(open_source(SHARED / "reports/pdf" / page.file, "force").pages))
    found = real_pages.errors(page.words, real_pages.marks(laid_text(read), "tb79_vpcp"))
    assert 0 < found.wrong < 0.04 * found.words
    assert found.numbers_right == found.numbers == 20


def found(doubtful: float, asked: float, words: float, numbers: float, cells: float = 90) -> choose_doubtful.Found:
    return choose_doubtful.Found(doubtful, asked, words, numbers, cells)


def test_the_threshold_with_fewest_wrong_words_is_chosen() -> None:
    few, often, same = found(0.5, 2, 1.3, 99), found(0.9, 20, 1.1, 99), found(0.95, 40, 1.12, 99)
    assert choose_doubtful.chosen([few, often, same]) == often
    assert choose_doubtful.chosen([few, often, found(0.98, 60, 1.1, 99.5)]).doubtful == 0.98


def test_the_digit_reader_has_to_help() -> None:
    assert choose_doubtful.helps(found(0.5, 2, 1, 99.6), found(0.5, 2, 1, 99.5))
    assert choose_doubtful.helps(found(0.5, 2, 1, 99.6, 91), found(0.5, 2, 1, 99.6, 90))
    assert not choose_doubtful.helps(found(0.5, 2, 1, 99.6), found(0.5, 2, 1, 99.6))


def test_a_threshold_decides_how_many_lines_are_read_again(tmp_path: Path) -> None:
    """The pictures of lines are read once each, however many thresholds there are."""
    name, shown = "kiem-thu-02-thong-bao-ket-luan", ([], [])
    reader = LineReader(bars.write(tmp_path / "eye", gain=1))

    def ours(picture: Any) -> Any:
        shown[0].append(picture.tobytes())
        return reader.read(picture)

    def other(picture: Any, dpi: float) -> list[RecognisedWord]:
        shown[1].append(picture.tobytes())
        return []

    pages = [(ROOT / "corpus" / f"{name}.pdf", scan_of(name, "scan150", tmp_path))]
    first, second = choose_doubtful.Kept(ours), choose_doubtful.Kept(other)
    never, always = (choose_doubtful.read(pages, first, second, doubtful, digits=False) for doubtful in (0.0, 1.01))
    assert (never.asked, always.asked) == (0, 100)
    assert never.words == always.words > 90  # a network that reads bars alone, and no other reading
    assert 40 < len(shown[0]) == len(set(shown[0])) == len(shown[1])
