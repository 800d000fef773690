"""Memory over many small files: that of the supervisor, and of whichever worker holds most."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from broken_pdf import TEXT, document, stream
from faulty_reader import batch

from extractor.batch.run import run
from extractor.batch.summary import Observer
from extractor.batch.work import Outcome
from extractor.batch.worker import memory

REPORT = """ỦY BAN NHÂN DÂN
XÃ MINH SƠN

Số: {n}/BC-UBND
Minh Sơn, ngày 05 tháng 12 năm 2023

BÁO CÁO
Kết quả công tác giảm nghèo năm 2023

I. KẾT QUẢ THỰC HIỆN
1. Công tác giảm nghèo
Thực hiện Nghị quyết số {n}-NQ/ĐU, trong năm toàn xã giảm được {n} hộ nghèo, tỷ lệ hộ nghèo còn 8,15%.
2. Kinh phí
Tổng kinh phí hỗ trợ là 1.{n} triệu đồng.
"""
MEGABYTE = 1024 * 1024


class Meter(Observer):
    """The largest memory of the supervisor and of a worker, among the first so many files and among the others."""

    def __init__(self, first: int) -> None:
        self._first, self.seen = first, 0
        self.most = {"supervisor": [0, 0], "worker": [0, 0]}

    def outcome(self, outcome: Outcome) -> None:
        self.seen += 1
        late = int(self.seen > self._first)
        children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
        held = {"supervisor": memory(), "worker": max((memory(int(child)) for child in children), default=0)}
        for what, size in held.items():
            self.most[what][late] = max(self.most[what][late], size)

    def growth(self) -> dict[str, float]:
        """MB by which the largest grew after the first files."""
        return {what: (late - early) / MEGABYTE for what, (early, late) in self.most.items()}


def test_the_supervisor_keeps_little_of_what_is_over(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    for n in range(600):
        (inside / f"{n}.txt").write_text(f"page of {n}\n")
    batch(inside, tmp_path / "warm")
    meter = Meter(100)
    from faulty_reader import read

    run([inside], tmp_path / "out", read=read, workers=2, observer=meter)
    assert meter.seen == 600
    assert meter.growth()["supervisor"] < 5


@pytest.mark.long
def test_five_thousand_small_files(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    for n in range(5000):
        if n % 5:
            (inside / f"{n}.txt").write_text(REPORT.format(n=n), encoding="utf8")
        else:
            (inside / f"{n}.pdf").write_bytes(document(o4=stream(TEXT.replace(b"42", b"%d" % n))))
    meter = Meter(500)
    summary = run([inside], tmp_path / "out", workers=2, observer=meter)
    assert summary.status == {"read": 5000}
    megabytes = {what: [round(size / MEGABYTE, 1) for size in sizes] for what, sizes in meter.most.items()}
    print(f"5,000 files in {summary.seconds:.0f} s; most MB among the first 500 and after them: {megabytes}")
    assert sum(meter.growth().values()) <= 20
