"""Training's parts that need no PyTorch: text, drawing, wear, samples, the network's file. And with it, 50 steps."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extractor.recognising.alphabet import CHARACTERS, CLASSES, classes, folded
from extractor.recognising.line_picture import HEIGHT
from extractor.recognising.line_reader import LineReader
from extractor.recognising.weights import checked
from tests.lines_drawn import font
from training import corpus, feeding, fonts, kit, lines
from training.corpus import ROOT, SHARED, Corpus
from training.drawing import draw
from training.evaluate import evaluate
from training.fonts import Font, Fonts, MissingFonts
from training.install import install
from training.networks import SIZES, frames
from training.onnx_network import model, random_weights
from training.phrases import LONGEST, Phrases
from training.wearing import KINDS, wear

SMALL = Corpus((("Trong", "kỳ", "báo", "cáo,", "huyện"), ("hỗ", "trợ", "1.240", "hộ", "nghèo;")), ("Mù Cang Chải",))
NO_TORCH = "PyTorch is not installed: make test-training runs this"


@pytest.fixture(autouse=True)
def no_kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever kit a developer has made says nothing here."""
    monkeypatch.setattr(kit, "KIT", tmp_path / "no kit")


@pytest.fixture
def faces() -> Fonts:
    """The fonts that the tests of this project have: the list's own are not installed for tests."""
    drawn = frozenset(CHARACTERS)
    made = [("Regular", "regular"), ("Bold", "bold"), ("Italic", "italic"), ("BoldItalic", "bold italic")]
    return Fonts(tuple(Font(str(font(style=name).path), "times", style, drawn) for name, style in made), {"times": 1.0})


def test_no_text_of_evaluation_is_trained_on() -> None:
    held = corpus.runs(corpus.evaluation_texts())
    assert len(held) > 10_000
    paragraphs = corpus.load().paragraphs
    assert sum(map(len, paragraphs)) > 50_000
    for words in paragraphs:
        assert held.isdisjoint(corpus.runs([" ".join(words)]))


def test_every_report_that_is_measured_on_is_held_back() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    from bench_ocr import HELD_BACK, TUNED_ON

    assert set(corpus.evaluated()) == {*TUNED_ON, *HELD_BACK}
    texts = set(corpus.training_texts())
    assert texts.isdisjoint(corpus.evaluation_texts())


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_the_real_page_that_is_measured_on_is_held_back() -> None:
    truth = (SHARED / "reports/pdf/danang_4_1_gt.txt").read_text(encoding="utf8")
    assert truth in corpus.evaluation_texts()


def test_without_shared_there_is_text_still(tmp_path: Path) -> None:
    assert len(corpus.load(tmp_path).paragraphs) > 1000


def test_phrases_are_readable_and_the_same_again() -> None:
    first, again = (list(islice(iter(Phrases(SMALL, np.random.default_rng(5)).line, None), 400)) for _ in range(2))
    assert first == again
    for text in first:
        assert text == folded(text)
        assert 0 < len(text) <= LONGEST
        assert classes(text)
    whole = " ".join(first)
    assert "Mù Cang Chải" in whole
    assert set("0123456789%/-.,;()") < set(whole)
    assert sum(any(c.isdigit() for c in text) for text in first) > 100


def drawn(faces: Fonts, text: str, seed: int = 1) -> Any:
    line = draw(text, faces, np.random.default_rng(seed), lambda: "dòng trên và dòng dưới")
    assert line is not None
    return line


def test_a_drawn_line_holds_its_ink(faces: Fonts) -> None:
    for seed in range(12):
        line = drawn(faces, "giảm 10.463 hộ nghèo", seed)
        x0, top, x1, bottom = line.box
        assert 0 <= x0 < x1 <= line.picture.shape[1]
        assert top < line.baseline <= bottom + 1
        assert (line.picture[top:bottom, x0:x1] < 128).mean() > 0.03
        assert 5 * line.em < x1 - x0 < 20 * line.em


@pytest.mark.parametrize("kind", KINDS)
def test_wear_keeps_the_line_where_it_is(faces: Fonts, kind: str) -> None:
    line = drawn(faces, "Nghị quyết số 27/2022/NĐ-CP")
    for seed in range(6):
        worn = wear(line.picture, line.em, np.random.default_rng(seed), kind)
        assert worn.shape == line.picture.shape
        assert worn.dtype == np.uint8
        ink = line.picture < 100
        assert worn[ink].mean() < worn[~ink].mean() - 15
    again = [wear(line.picture, line.em, np.random.default_rng(3), kind) for _ in range(2)]
    assert (again[0] == again[1]).all()


def test_a_fax_is_of_one_bit_but_for_what_turning_makes_of_it(faces: Fonts) -> None:
    line = drawn(faces, "Nghị quyết số 27/2022/NĐ-CP")
    greys = [len(np.unique(wear(line.picture, line.em, np.random.default_rng(seed), "fax"))) for seed in range(12)]
    assert sum(number <= 3 for number in greys) >= 3  # black, white, and the grey of a speck taken out


def test_samples_are_the_same_again_and_have_room(faces: Fonts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "load", lambda: faces)
    monkeypatch.setattr(corpus, "load", lambda: SMALL)
    first, again = (list(islice(lines.samples(9), 60)) for _ in range(2))
    for one, other in zip(first, again, strict=True):
        assert one.classes == other.classes
        assert (one.picture == other.picture).all()
        assert one.picture.shape[0] == HEIGHT
        assert frames(one.picture.shape[1]) > len(one.classes)
    assert len({one.classes for one in first}) >= 25
    shares = [float((one.picture > lines.ZERO + lines.STEP // 2).mean()) for one in first]
    assert 0.02 < float(np.median(shares)) < 0.5


def dies(seed: int, shards: Any) -> None:
    """A worker that fails before it has drawn a line."""
    raise MissingFonts(f"worker {seed}")


def test_a_worker_that_dies_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeding, "_draw", dies)
    feeder = feeding.Feeder(1, workers=1, pixels=1000)
    with pytest.raises(RuntimeError, match="has died"):
        feeder.batch()
    feeder.close()


@pytest.mark.parametrize("name", SIZES)
def test_a_network_becomes_a_file_that_the_reader_reads(name: str, tmp_path: Path) -> None:
    import onnx

    path = tmp_path / f"{name}.onnx"
    onnx.save(model(name, random_weights(name, np.random.default_rng(1))), str(path))
    reader = LineReader(path)
    assert reader.characters == CHARACTERS
    for width in (64, 333):
        (output,) = reader._session.run(None, {"x": np.zeros((1, 1, HEIGHT, width), np.float32)})
        assert output.shape == (1, 2 * CLASSES, 1, frames(width) // 2)
    megabytes = path.stat().st_size / 1e6
    assert {"S": 4 < megabytes < 6, "M": 9 < megabytes < 12, "tiny": megabytes < 1.2}[name]


def test_fonts_that_are_missing_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FOLDERS", (tmp_path,))
    fonts.load.cache_clear()
    with pytest.raises(MissingFonts, match=r"fonts-freefont-ttf.*apt-get install"):
        fonts.load()
    names = " ".join(name for _, _, name in fonts.listed())
    assert not any(held in names for held in ("Liberation", "Tinos", "Arimo", "Cousine"))  # of the evaluation pages


def test_a_kit_is_all_that_drawing_needs(faces: Fonts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "KIT", tmp_path / "kit")
    kit.write(kit.KIT, {"paragraphs": SMALL.paragraphs, "places": SMALL.places}, [face.path for face in faces.fonts])
    monkeypatch.setattr(fonts, "listed", lambda: [("a package", "times", Path(face.path).stem) for face in faces.fonts])
    fonts.load.cache_clear()
    assert corpus.load() == SMALL
    found = fonts.load()
    assert {Path(face.path).parent for face in found.fonts} == {kit.KIT / kit.FONTS}
    assert {face.style for face in found.fonts} == set(fonts.STYLES)
    assert all(set("ậỗữ0₫"[:4]) <= face.draws for face in found.fonts)
    fonts.load.cache_clear()


def test_only_measured_weights_are_installed(tmp_path: Path) -> None:
    from tests import bars

    made, package = tmp_path / "made", tmp_path / "package"
    bars.write(made, "S")
    bars.write(made, "M")
    rows = [
        {"reader": reader, "condition": condition, "words": words}
        for condition, readers in {"scan200": (2.0, 1.25), "tb79_vpcp.pdf 3": (1.57, 1.74)}.items()
        for reader, words in zip(("Tesseract", "S"), readers, strict=True)
    ]
    (tmp_path / "pages.json").write_text(json.dumps(rows))
    assert install(made, tmp_path / "pages.json", package) == [package / "S.onnx", package / "MODEL_CARD.md"]
    path = checked(package / "S.onnx")
    assert [row["words"] for row in json.loads(path.with_suffix(".json").read_text())["pages"]] == [1.25, 1.74]
    card = (package / "MODEL_CARD.md").read_text()
    assert json.loads(path.with_suffix(".json").read_text())["sha256"] in card
    assert "| scan200 | S | 1.25 |" in card
    assert "S reads more words wrong than Tesseract on: tb79_vpcp.pdf 3." in card
    assert "$" not in card


def test_a_network_is_evaluated_by_kind_of_wear(
    faces: Fonts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import onnx

    monkeypatch.setattr(fonts, "load", lambda: faces)
    monkeypatch.setattr(corpus, "load", lambda: SMALL)
    onnx.save(model("tiny", random_weights("tiny", np.random.default_rng(1))), str(tmp_path / "tiny.onnx"))
    found = evaluate(tmp_path / "tiny.onnx", 4)
    assert set(found) == set(KINDS)
    for row in found.values():
        assert row["lines"] == 100  # its weights mean nothing
        assert row["characters"] > 50


# with PyTorch


@pytest.fixture
def checkout(faces: Fonts, tmp_path: Path) -> Path:
    """A copy of what training runs in, whose kit holds the fonts that the tests have."""
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / "training", root / "training", ignore=shutil.ignore_patterns("kit", "pieces", "__pycache__"))
    (root / "extractor").symlink_to(ROOT / "extractor")
    files = [face.path for face in faces.fonts]
    text = {"paragraphs": SMALL.paragraphs, "places": SMALL.places}
    kit.write(root / "training" / "kit", text, files)
    named = ", ".join(f'"{Path(path).stem}"' for path in files)
    (root / "training" / "fonts.toml").write_text(
        f'[share]\ntimes = 1.0\n\n[[font]]\npackage = "a package"\nstyle = "times"\nfiles = [{named}]\n'
    )
    return root


SMALL_RUN = ("--networks", "tiny", "--workers", "0", "--narrow-share", "1", "--pixels", "1152", "--seed", "3")


def told(folder: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]


@pytest.mark.skipif(find_spec("torch") is None, reason=NO_TORCH)
def test_fifty_steps_lower_the_loss_and_a_second_run_goes_on(checkout: Path) -> None:
    out = checkout / "out"

    def run(*more: str) -> str:
        command = [sys.executable, "-m", "training.train", "--out", str(out), *SMALL_RUN, "--steps", "50", *more]
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "paused" in run("--pause-after", "0.03")
    assert not (out / "tiny.onnx").exists()
    run()
    log = told(out)
    assert log[-1]["steps"] == 50
    assert log[-1]["loss tiny"] < 0.9 * log[0]["loss tiny"]
    LineReader(checked(out / "tiny.onnx"))


@pytest.mark.skipif(find_spec("torch") is None, reason=NO_TORCH)
def test_a_lent_machine_goes_on_from_the_pieces_of_another(checkout: Path, tmp_path: Path) -> None:
    def lent(name: str, *more: str) -> Path:
        home, temporary = tmp_path / name, tmp_path / f"{name} tmp"
        home.mkdir()
        temporary.mkdir()
        python = temporary / "python3"
        python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        python.chmod(0o755)
        there = {**os.environ, "OUT": str(home), "TMPDIR": str(temporary), "PATH": f"{temporary}:{os.environ['PATH']}"}
        command = ["bash", str(checkout / "training/on_device.sh"), *SMALL_RUN, "--steps", "4", *more]
        done = subprocess.run(command, env=there, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return home

    first = lent("first", "--pause-after", "0.0001")
    assert [path.name for path in sorted(first.iterdir())] == ["checkpoint.aa", "log.jsonl"]
    before = torch_steps(first / "checkpoint.aa")
    assert 0 < before < 4
    shutil.copytree(first, checkout / "training" / "pieces")
    second = lent("second")
    assert {path.name for path in second.iterdir()} == {"checkpoint.aa", "log.jsonl", "tiny.json", "tiny.onnx"}
    assert torch_steps(second / "checkpoint.aa") == 4
    assert told(second)[-1]["steps"] == 4
    LineReader(checked(second / "tiny.onnx"))


def torch_steps(checkpoint: Path) -> int:
    import torch

    return int(torch.load(checkpoint, weights_only=True)["progress"]["steps"])


@pytest.mark.skipif(find_spec("torch") is None, reason=NO_TORCH)
def test_the_exported_network_computes_what_the_trained_one_does(tmp_path: Path) -> None:
    import onnxruntime
    import torch

    from training.export import export
    from training.torch_network import Network

    torch.manual_seed(1)
    network = Network("tiny")
    for norm in network.modules():
        if isinstance(norm, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(norm.running_mean, -0.5, 0.5)
            torch.nn.init.uniform_(norm.running_var, 0.5, 2)
            torch.nn.init.uniform_(norm.weight, 0.5, 2)
    network.eval()
    picture = torch.rand(1, 1, HEIGHT, 200)
    path = export("tiny", network, tmp_path, {"seed": 1})
    (scores,) = onnxruntime.InferenceSession(str(path)).run(None, {"x": picture.numpy()})
    frames_first = scores[0, :, 0].reshape(2, CLASSES, -1).transpose(2, 0, 1).reshape(-1, CLASSES)
    with torch.no_grad():
        wanted = network(picture)[:, 0].numpy()
    shifted = frames_first - np.log(np.exp(frames_first).sum(1, keepdims=True))
    assert np.abs(shifted - wanted).max() < 1e-3
