"""A user adds a unit, an indicator and a document type in files of their own, without touching Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from extractor.model import Report

OWN = {
    "units": """
        [[unit]]
        name = "lặc of salt"
        words = ["lặc muối"]
        measured = true
        examples = ["Thu được ⟦12,5 lặc muối⟧."]
        counter_examples = ["Thu được nhiều lặc."]""",
    "indicators": """
        [[indicator]]
        name = "salt_yield"
        label = "Sản lượng muối trải bạt"
        units = ["other"]
        additive = true
        names = ["sản lượng muối trải bạt"]
        examples = ["Sản lượng muối trải bạt đạt ⟦12,5 tấn⟧."]
        counter_examples = ["Sản lượng lúa đạt 12,5 tấn."]""",
    "document_types": """
        [[type]]
        name = "Thư ngỏ"
        codes = ["TNG"]
        examples = ["Thực hiện ⟦Thư ngỏ số 12/TNG-UBND⟧ ngày 3/4/2023"]
        counter_examples = ["Thư ngỏ này gửi đến mọi nhà"]""",
}


def test_own_units_indicators_and_document_types_are_read(tmp_path: Path) -> None:
    for name, entry in OWN.items():
        lines = "\n".join(line.strip() for line in entry.splitlines())
        (tmp_path / f"{name}.toml").write_text(f'[provenance]\nsource = "a user"\n{lines}\n', encoding="utf8")
    text = tmp_path / "report.txt"
    said = "Năm 2023, sản lượng muối trải bạt đạt 48,2 lặc muối, theo Thư ngỏ số 12/TNG-UBND ngày 3/4/2023."
    text.write_text(said, encoding="utf8")
    run = [sys.executable, "-c", "import sys; from extractor.cli import main; sys.exit(main())"]
    environment = {**os.environ, "EXTRACTOR_PATTERNS": str(tmp_path)}

    subprocess.run([*run, "run", str(text), "--out", str(tmp_path / "out"), "--quiet"], env=environment, check=True)

    report = Report.from_json((tmp_path / "out" / "reports" / "report.txt.json").read_bytes())
    (figure,) = report.figures
    assert (figure.text, figure.unit, figure.indicator_id) == ("48,2 lặc muối", "lặc muối", "salt_yield")
    assert [(r.key, r.type, r.date) for r in report.references] == [("12/TNG-UBND", "Thư ngỏ", "2023-04-03")]
    subprocess.run([*run, "patterns", "check"], env=environment, check=True)
