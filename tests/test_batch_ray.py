"""The other engine: files of any file system in, Parquet parts out. Skipped where the extra `ray` is not installed."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.batch.engines import run_with
from extractor.batch.run import run
from extractor.batch.settings import Settings
from extractor.batch.tool import fingerprint
from extractor.errors import MissingProgram, UsageError

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
MARK = "EXTRACTOR_TEST_CLUSTER"
NAMES = ["my-hoi-6-thang-2024.txt", "yen-bai-giam-ngheo-2022.pdf", "lac-son-nong-dan-2023.docx"]


@pytest.mark.parametrize(
    ("engine", "arguments", "says"),
    [
        ("local", {"inputs": ["s3://bucket/in"]}, "add --engine ray"),
        ("local", {"out": "s3://bucket/out"}, "add --engine ray"),
        ("local", {"address": "auto"}, "add --engine ray"),
        ("ray", {"workers": 2}, "--workers"),
    ],
)
def test_what_belongs_to_the_other_engine_is_refused(engine: Any, arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        run_with(engine, **({"inputs": ["in"], "out": "out"} | arguments))


def test_without_ray_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingProgram, match=r"pip install 'extractor\[ray\]'"):
        run_with("ray", ["in"], "out")


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Three reports, a broken one, one that is not read."""
    inside = tmp_path / "in"
    (inside / "deep").mkdir(parents=True)
    for name in NAMES:
        shutil.copyfile(CORPUS / name, inside / "deep" / name)
    (inside / "broken.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    (inside / "table.xlsx").write_bytes(b"PK")
    return inside


def rows(out: str) -> dict[str, dict[str, Any]]:
    """The rows of all parts by source; each source is in one only."""
    import fsspec
    import pyarrow.parquet as parquet

    fs, root = fsspec.core.url_to_fs(f"{out}/parts")
    found: dict[str, dict[str, Any]] = {}
    for path in fs.find(root):
        assert path.endswith(".parquet")
        with fs.open(path, "rb") as file:
            for row in parquet.read_table(file).to_pylist():
                assert row["source"] not in found
                found[row["source"]] = row
    return found


def local_jsons(shelf: Path, out: Path) -> dict[str, str]:
    run([shelf], out, workers=1)
    return {f"{shelf}/{p.relative_to(out / 'reports')}"[: -len(".json")]: p.read_text() for p in out.rglob("*.json")}


def test_a_part_of_files_in_memory(shelf: Path, tmp_path: Path) -> None:
    """The function that a cluster's machine runs, with a file system that is neither of this disk nor of a service."""
    pytest.importorskip("pyarrow")
    fsspec = pytest.importorskip("fsspec")
    from extractor.batch.part import RemoteFile, make_part

    memory = fsspec.filesystem("memory")
    files = []
    for path in sorted(p for p in shelf.rglob("*") if p.suffix in {".pdf", ".txt", ".docx"}):
        memory.pipe(f"/in/{path.name}", path.read_bytes())
        files.append(RemoteFile(f"memory://in/{path.name}", str(path), "1", path.stat().st_size))
    files.append(RemoteFile("memory://in/gone.pdf", "gone.pdf", "1", 0))
    made = make_part(files, "memory://out", fingerprint("auto"), Settings())
    assert {row["state"] for row in made} == {"done", "failed"}
    found = rows("memory://out")
    assert {s: row["json"] for s, row in found.items() if row["json"]} == local_jsons(shelf, tmp_path / "local")
    broken = found[f"{shelf}/broken.pdf"]
    assert (broken["error"], broken["message"].partition(": ")[0]) == ("DamagedFile", "memory://in/broken.pdf")
    assert found["gone.pdf"]["error"] == "NotFound"
    pages = found[f"{shelf}/deep/yen-bai-giam-ngheo-2022.pdf"]["pages"]
    assert [page["page"] for page in pages] == list(range(1, len(pages) + 1))
    memory.rm("/in", recursive=True)
    memory.rm("/out", recursive=True)


def test_a_machine_with_another_version_is_refused() -> None:
    pytest.importorskip("pyarrow")
    from extractor.batch.part import make_part

    with pytest.raises(UsageError, match="another version"):
        make_part([], "out", "0" * 64, Settings())


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster of this machine's two cores."""
    ray = pytest.importorskip("ray")
    os.environ[MARK] = str(os.getpid())
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield ray
    ray.shutdown()


def test_a_cluster_makes_what_one_machine_makes(
    cluster: Any, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.batch import cluster as engine

    monkeypatch.setattr(engine, "FILES", 2)
    out = f"file://{tmp_path}/out"
    first = run_with("ray", [str(shelf)], out)
    assert (first.exit_code, first.status) == (2, {"read": 3, "failed": 1})
    assert [s.reason for s in first.skipped] == ["extension .xlsx is not read"]
    local = local_jsons(shelf, tmp_path / "local")
    assert {s: row["json"] for s, row in rows(out).items() if row["json"]} == local
    assert len(list((tmp_path / "out/parts").iterdir())) == 2

    again = run_with("ray", [str(shelf)], out)
    assert again.status == {"unchanged": 3, "failed": 1}
    assert again.counts == first.counts

    text = shelf / "deep" / NAMES[0]
    text.write_text(text.read_text(encoding="utf8") + "\nThêm 7 hộ nghèo.\n", encoding="utf8")
    (shelf / "broken.pdf").unlink()
    third = run_with("ray", [str(shelf)], out)
    assert (third.exit_code, third.status) == (0, {"read": 1, "unchanged": 2})
    assert "Thêm 7 hộ nghèo." in rows(out)[str(text)]["json"]


def test_machines_must_have_the_same_patterns(
    cluster: Any, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/units.toml").write_text("[[unit]]\nname = 'cây'\n", encoding="utf8")
    monkeypatch.setenv("EXTRACTOR_PATTERNS", str(tmp_path / "own"))  # the workers were started without
    with pytest.raises(UsageError, match=r"^another version of extractor or its patterns is on \S+; install the same$"):
        run_with("ray", [str(shelf)], f"{tmp_path}/out")


def test_a_killed_worker_of_the_cluster_is_replaced(cluster: Any, shelf: Path, tmp_path: Path) -> None:
    stop, killed = threading.Event(), []
    mine = f"{MARK}={os.getpid()}".encode()

    def kill_one() -> None:
        while not stop.is_set():
            for entry in Path("/proc").iterdir():
                if entry.name.isdigit():
                    try:
                        name, given = (entry / "cmdline").read_bytes(), (entry / "environ").read_bytes()
                    except OSError:
                        continue
                    if name.startswith(b"ray::make_part") and mine in given.split(b"\0"):
                        os.kill(int(entry.name), signal.SIGKILL)
                        killed.append(entry.name)
                        return
            time.sleep(0.01)

    thread = threading.Thread(target=kill_one)
    thread.start()
    try:
        summary = run_with("ray", [str(shelf)], f"{tmp_path}/out")
    finally:
        stop.set()
        thread.join()
    assert len(killed) == 1
    assert summary.status == {"read": 3, "failed": 1}
    assert len(rows(f"{tmp_path}/out")) == 4
