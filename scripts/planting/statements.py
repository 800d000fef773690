"""Sound statements in the register of Vietnamese administrative reports: all numbers invented, and they fit."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

COMMUNES = (
    "Tân Lập, Phú Thịnh, Minh Sơn, Hòa Bình, Đông Phong, Nậm Lành, Bản Mù, Thượng Lâm, Quảng Lạc, Yên Định, Sơn Thủy, "
    "Cẩm Giàng, Ia Mơ, Đắk Rông, Hải Thịnh, Mỹ Đức"
).split(", ")


@dataclass
class Number:
    """A printed number of a statement. `role`: total, part, percent, or other (never changed)."""

    text: str
    role: str
    unit: str = ""


@dataclass
class Statement:
    """Text and numbers in turn; `name` is its template."""

    name: str
    pieces: list[str | Number]
    money: bool = False
    slack: Decimal = Decimal(0)  # by how much a percentage may be off because its numbers are rounded themselves

    def numbers(self, *roles: str) -> list[Number]:
        """The numbers of these roles."""
        return [p for p in self.pieces if isinstance(p, Number) and p.role in roles]

    def __str__(self) -> str:
        return "".join(p if isinstance(p, str) else p.text + (f" {p.unit}" if p.unit else "") for p in self.pieces)


def whole(value: int) -> str:
    """1234 as 1.234."""
    return f"{value:,}".replace(",", ".")


def small(value: int) -> str:
    """A count as reports print it: 07, 12."""
    return f"{value:02d}" if value < 10 else whole(value)


def decimal(value: Decimal, places: int) -> str:
    """A number with a decimal comma."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:,f}".translate({ord(","): ".", ord("."): ","})


def percent(part: int | Decimal, total: int | Decimal, places: int = 2) -> Number:
    """part of total as a percentage."""
    return Number(decimal(Decimal(100) * part / total, places) + "%", "percent")


def split(chance: random.Random, total: int, parts: int) -> list[int]:
    """`total` in so many parts, none of them tiny."""
    weights = [chance.uniform(0.5, 2) for _ in range(parts)]
    made = [max(1, int(total * w / sum(weights))) for w in weights[:-1]]
    return [*made, total - sum(made)]


def listed(
    chance: random.Random, labels: list[str], values: list[str], unit: str, between: str, colon: str
) -> list[str | Number]:
    """`A: 12 hộ; B: 7 hộ`."""
    pieces: list[str | Number] = []
    for i, (label, value) in enumerate(zip(labels, values, strict=True)):
        pieces += [(between if i else "") + label + colon, Number(value, "part", unit)]
    return pieces


def _with_rest(labels: list[str], cue: str, rest: str) -> list[str]:
    """The labels of a list; after "trong đó", which may leave parts out, the last names what remains."""
    return [*labels[:-1], rest] if "rong đó" in cue else labels


def sum_in_brackets(c: random.Random) -> Statement:
    """Tổ chức 14 hội nghị (xã A: 5 hội nghị; xã B: 9 hội nghị)"""
    noun, unit = c.choice([("tổ chức được", "hội nghị"), ("mở", "lớp"), ("xây dựng mới", "công trình"), ("có", "hộ")])
    total, places = c.randint(40, 900), c.sample(COMMUNES, c.randint(3, 5))
    pieces: list[str | Number] = [f"Trong năm, toàn huyện {noun} ", Number(whole(total), "total", unit), " ("]
    values = [small(v) for v in split(c, total, len(places))]
    return Statement(
        "sum_in_brackets", [*pieces, *listed(c, [f"xã {p}" for p in places], values, unit, "; ", ": "), ")."]
    )


def sum_after_cue(c: random.Random) -> Statement:
    """Tổng số danh mục đầu tư là 187 công trình, gồm: giao thông 71 công trình; …"""
    labels = ["giao thông", "thủy lợi", "trường học", "y tế", "điện", "văn hóa", "môi trường"][: c.randint(3, 7)]
    total = c.randint(60, 400)
    cue = c.choice([", trong đó: ", ", bao gồm: ", ", gồm: ", ", chia ra: ", ", cụ thể: "])
    values = [small(v) for v in split(c, total, len(labels))]
    labels = _with_rest(labels, cue, "lĩnh vực khác")
    head: list[str | Number] = ["Tổng số danh mục đầu tư là ", Number(whole(total), "total", "công trình"), cue]
    return Statement(
        "sum_after_cue", [*head, *listed(c, labels, values, "công trình", "; ", c.choice([" ", ": "])), "."]
    )


def people_by_commas(c: random.Random) -> Statement:
    """Đào tạo nghề cho 1.204 người, gồm: cao đẳng 112 người, trung cấp 295 người, …"""
    total = c.randint(500, 9000)
    values = [whole(v) for v in split(c, total, 3)]
    head: list[str | Number] = [
        "Đào tạo nghề cho ",
        Number(whole(total), "total", "người"),
        c.choice([", gồm: ", " (", ", chia ra: "]),
    ]
    close = ")." if head[-1] == " (" else "."
    return Statement(
        "people_by_commas", [*head, *listed(c, ["cao đẳng", "trung cấp", "sơ cấp"], values, "người", ", ", " "), close]
    )


def money_sources(c: random.Random) -> Statement:
    """Tổng vốn huy động đạt 518.240 triệu đồng, gồm: ngân sách trung ương 447.315 triệu đồng; …"""
    total = c.randint(20_000, 900_000)
    labels = ["ngân sách trung ương", "ngân sách địa phương", "vốn huy động khác"][: c.randint(2, 3)]
    values = [whole(v) for v in split(c, total, len(labels))]
    head: list[str | Number] = [
        c.choice(["Tổng kinh phí thực hiện là ", "Tổng vốn huy động đạt ", "Kinh phí thực hiện chương trình: "]),
        Number(whole(total), "total", "triệu đồng"),
        c.choice([", trong đó: ", ", gồm: ", " (", ", bao gồm "]),
    ]
    close = ")." if head[-1] == " (" else "."
    labels = _with_rest(labels, str(head[-1]), "nguồn khác")
    pieces = listed(c, labels, values, "triệu đồng", "; ", c.choice([" ", ": "]))
    return Statement("money_sources", [*head, *pieces, close], money=True)


def money_lines(c: random.Random) -> Statement:
    """Dự toán chi: 1.256,5 tỷ đồng, gồm:\\n- Chi đầu tư: 533,5 tỷ đồng;\\n…"""
    labels = ["Chi đầu tư phát triển", "Chi thường xuyên", "Dự phòng ngân sách", "Chi chương trình mục tiêu"][
        : c.randint(3, 4)
    ]
    total = c.randint(100_000, 2_000_000)
    values = [decimal(Decimal(v).scaleb(-3), 3) for v in split(c, total, len(labels))]
    head: list[str | Number] = [
        "Tổng chi ngân sách: ",
        Number(decimal(Decimal(total).scaleb(-3), 3), "total", "tỷ đồng"),
        c.choice([", gồm:\\n- ", ". Trong đó:\\n- ", ", bao gồm:\\n- "]).replace("\\n", "\n"),
    ]
    labels = _with_rest(labels, str(head[-1]), "Các khoản chi còn lại")
    return Statement("money_lines", [*head, *listed(c, labels, values, "tỷ đồng", ";\n- ", ": "), "."], money=True)


def area_by_crops(c: random.Random) -> Statement:
    """Diện tích gieo trồng 3.864,5 ha: lúa 1.420,5 ha; ngô 702 ha; …"""
    total = c.randint(20_000, 90_000)
    labels = ["lúa", "ngô", "rau màu", "cây ăn quả"][: c.randint(3, 4)]
    values = [decimal(Decimal(v).scaleb(-1), 1) for v in split(c, total, len(labels))]
    head: list[str | Number] = [
        "Diện tích gieo trồng đạt ",
        Number(decimal(Decimal(total).scaleb(-1), 1), "total", "ha"),
        c.choice([": ", ", gồm: ", ", trong đó: "]),
    ]
    labels = _with_rest(labels, str(head[-1]), "cây trồng khác")
    return Statement("area_by_crops", [*head, *listed(c, labels, values, "ha", "; ", " "), "."])


def enumerated(c: random.Random) -> Statement:
    """Giải quyết việc làm cho 1.274 lao động, cụ thể: (1) Xã A: 163 lao động; (2) …"""
    total, places = c.randint(300, 4000), c.sample(COMMUNES, c.randint(3, 4))
    values = [whole(v) for v in split(c, total, len(places))]
    head: list[str | Number] = ["Giải quyết việc làm cho ", Number(whole(total), "total", "lao động"), ", cụ thể: "]
    labels = [f"({i}) Xã {p}" for i, p in enumerate(places, 1)]
    return Statement("enumerated", [*head, *listed(c, labels, values, "lao động", "; ", ": "), "."])


def ratio(c: random.Random) -> Statement:
    """Đến nay đã hoàn thành 168/182 hồ sơ (đạt 92,31%)."""
    total = c.randint(120, 990)
    part = c.randint(20, total - 1)
    unit = c.choice(["người", "trường", "hồ sơ", "hộ"])
    link, close = c.choice(
        [(" (đạt ", ")"), (", đạt ", ""), (", chiếm ", ""), (" (", ")"), (", tỷ lệ ", ""), (", bằng ", "")]
    )
    return Statement(
        "ratio",
        [
            "Đến nay đã hoàn thành ",
            Number(f"{part}/{total}", "part"),
            f" {unit}{link}",
            percent(part, total, c.choice([1, 2])),
            f"{close}.",
        ],
    )


def equation(c: random.Random) -> Statement:
    """Tỷ lệ học sinh ăn bán trú là: 4.217/16.380 học sinh = 25,74%."""
    total = c.randint(2_000, 40_000)
    part = c.randint(500, total - 1)
    return Statement(
        "equation",
        [
            "Tỷ lệ học sinh ăn bán trú là: ",
            Number(f"{whole(part)}/{whole(total)}", "part"),
            " học sinh = ",
            percent(part, total),
            ".",
        ],
    )


def plan(c: random.Random) -> Statement:
    """Kết quả thực hiện được 8.436 người/KH 7.200 người, đạt 117,17% kế hoạch."""
    planned = c.randint(1_000, 20_000)
    reached = int(planned * c.uniform(0.6, 1.4))
    unit = c.choice(["người", "lao động", "tấn", "triệu đồng"])
    slash = c.choice(["/KH ", "/kế hoạch ", "/"])
    return Statement(
        "plan",
        [
            "Kết quả thực hiện được ",
            Number(whole(reached), "part", unit),
            slash,
            Number(whole(planned), "part", unit),
            ", đạt ",
            percent(reached, planned),
            c.choice([" kế hoạch.", ".", " KH."]),
        ],
        money=unit == "triệu đồng",
        slack=Decimal(300) / planned,
    )


def levels(c: random.Random) -> Statement:
    """Tỷ lệ hộ nghèo giảm 8,17%, từ 47,32% xuống còn 39,15%."""
    first, change = Decimal(c.randint(1500, 6000)), Decimal(c.randint(200, 1200))
    a, b, d = (
        Number(decimal(v.scaleb(-2), 2) + "%", r)
        for v, r in ((first, "part"), (first - change, "part"), (change, "percent"))
    )
    first_form: list[str | Number] = ["Tỷ lệ hộ nghèo giảm ", d, c.choice([", từ ", " (từ "]), a, " xuống còn ", b]
    if first_form[2] == " (từ ":
        first_form.append(")")
    second: list[str | Number] = ["Tỷ lệ hộ nghèo giảm từ ", a, " đầu năm xuống còn ", b, " cuối năm, giảm ", d]
    return Statement("levels", [*c.choice([first_form, second]), "."], slack=Decimal("0.03"))


def share_of_total(c: random.Random) -> Statement:
    """Toàn huyện còn 1.322 hộ nghèo, chiếm 2,58% trên tổng số 51.240 hộ."""
    total = c.randint(9_000, 90_000)
    part = c.randint(300, total // 3)
    return Statement(
        "share_of_total",
        [
            "Cuối năm toàn huyện còn ",
            Number(whole(part), "part", "hộ nghèo"),
            ", chiếm ",
            percent(part, total),
            c.choice([" trên tổng số ", " tổng số "]),
            Number(whole(total), "part", "hộ"),
            ".",
        ],
    )


def share_in_brackets(c: random.Random) -> Statement:
    """Toàn huyện có 460 phòng học, trong đó 251 phòng kiên cố, chiếm 54,57%."""
    total = c.randint(200, 990)
    part = c.randint(60, total - 20)
    form = c.choice([0, 1])
    if form:
        return Statement(
            "share_in_brackets",
            [
                "Số phòng ở bán trú là ",
                Number(whole(total), "part", "phòng"),
                " (trong đó xây kiên cố ",
                Number(whole(part), "part", "phòng"),
                ", chiếm ",
                percent(part, total),
                ").",
            ],
        )
    return Statement(
        "share_in_brackets",
        [
            "Toàn huyện có ",
            Number(whole(total), "part", "phòng"),
            " học, trong đó ",
            Number(whole(part), "part", "phòng"),
            " kiên cố, chiếm ",
            percent(part, total),
            ".",
        ],
    )


def two_shares(c: random.Random) -> Statement:
    """Toàn huyện có 89.610 hộ, trong đó 824 hộ nghèo (0,92%) và 1.963 hộ cận nghèo (2,19%)."""
    total = c.randint(9_000, 90_000)
    poor, near = c.randint(300, 3000), c.randint(300, 3000)
    return Statement(
        "two_shares",
        [
            "Toàn huyện có ",
            Number(whole(total), "other", "hộ"),
            ", trong đó ",
            Number(whole(poor), "part", "hộ nghèo"),
            " (",
            percent(poor, total),
            ") và ",
            Number(whole(near), "part", "hộ cận nghèo"),
            " (",
            percent(near, total),
            ").",
        ],
    )


def disbursed(c: random.Random) -> Statement:
    """Kế hoạch vốn được giao 318.425 triệu đồng; đã giải ngân 241.366 triệu đồng, đạt 75,8% kế hoạch vốn."""
    planned = c.randint(20_000, 600_000)
    spent = int(planned * c.uniform(0.4, 0.99))
    return Statement(
        "disbursed",
        [
            "Tổng kế hoạch vốn đầu tư công được giao là ",
            Number(whole(planned), "part", "triệu đồng"),
            ". Đến hết tháng 11 giải ngân ",
            Number(whole(spent), "part", "triệu đồng"),
            ", bằng ",
            percent(spent, planned),
            " kế hoạch vốn giao.",
        ],
        money=True,
        slack=Decimal(300) / planned,
    )


STATEMENTS: tuple[Callable[[random.Random], Statement], ...] = (
    sum_in_brackets, sum_after_cue, people_by_commas, money_sources, money_lines, area_by_crops, enumerated, ratio,
    equation, plan, levels, share_of_total, share_in_brackets, two_shares, disbursed,
)  # fmt: skip


def neutral(c: random.Random) -> list[str]:
    """Sentences whose numbers do not have to fit: some of the parts, other bases, changes, plans. In any order."""
    n = [c.randint(12, 900) for _ in range(6)]
    p = [decimal(Decimal(c.randint(100, 9900)).scaleb(-2), 2) for _ in range(4)]
    a, b, d = c.sample(COMMUNES, 3)
    sentences = [
        f"Toàn huyện có {n[0] + 900} hộ nghèo, trong đó có {n[1]} hộ dân tộc thiểu số, {n[2]} hộ có trẻ em.",
        f"Kết nạp {n[0]} hội viên, tiêu biểu là xã {a} ({n[1] % 30 + 2} hội viên), xã {b} ({n[2] % 30 + 2}).",
        f"Hỗ trợ {n[0]} hộ làm nhà ở (xã {a} nhiều nhất với {n[1] % 40 + 5} nhà), tăng {p[0]}% so với cùng kỳ.",
        f"Tổng đàn gia súc {n[0] + 5000} con, tăng {p[0]}%; đàn gia cầm {n[1]}.000 con, tăng {p[1]}%.",
        f"Thu ngân sách đạt {n[0]},{n[1]} tỷ đồng, đạt {p[0]}% dự toán tỉnh giao và tăng {p[1]}% so với cùng kỳ.",
        f"Tỷ lệ hộ dùng nước hợp vệ sinh đạt {p[0]}%; tỷ lệ người dân tham gia bảo hiểm y tế đạt {p[1]}%.",
        f"Các xã {a}, {b} và {d} hoàn thành {n[0] % 9 + 10}/19 tiêu chí; bình quân đạt 15,{n[1] % 10} tiêu chí/xã.",
        f"Phấn đấu năm 2024 giảm {n[0]} hộ nghèo trở lên, đưa tỷ lệ hộ nghèo xuống dưới {p[0]}%.",
        f"Đã cấp {n[0]} thẻ bảo hiểm y tế; điều trị nội trú {n[2]} người, giảm {n[3] % 50 + 1} người.",
        f"Trồng {n[0]},{n[1] % 10} ha rừng, trong đó phòng hộ {n[0] // 3},{n[2] % 10} ha; bảo vệ {n[3] + 2000} ha.",
        f"Giá trị {n[0] + 2000} tỷ đồng, bằng {p[0]}% kế hoạch; thu nhập {n[1] % 50 + 20} triệu đồng/người.",
        f"Xảy ra {n[0]} vụ tai nạn, chết {n[1] % 40 + 2} người; so với năm trước giảm {n[3] % 30 + 1} vụ.",
        f"Kiểm tra {n[0]} cơ sở, xử phạt {n[2] + 60} triệu đồng (trong đó xã {a} {n[3] % 50 + 1} triệu đồng).",
    ]
    c.shuffle(sentences)
    return sentences
