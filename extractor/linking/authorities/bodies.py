"""Whether two names of an issuer can be one body: `BTV Tỉnh ủy` and `Tỉnh ủy`, not `UBND tỉnh` and `UBND huyện`.

Party and people's bodies bear the same names at every level; the level counts where both names state it
(Luật Tổ chức chính quyền địa phương; Hướng dẫn 36-HD/VPTW).
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.finding.lazy import lazy

# In order: the first that fits.
_BODIES = (
    ("UBTVQH", lazy(r"thường vụ quốc hội|ubtv\s?qh|ubtv quốc hội")),
    ("QH", lazy(r"(?<!đại biểu )quốc hội")),
    ("TTg", lazy(r"thủ tướng|^ttg")),
    (
        "TW",
        lazy(r"bộ chính trị|ban bí thư|^(?:ban chấp hành )?(?:đảng bộ )?trung ương|^bchtw|^ban chấp hành trung ương"),
    ),
    ("CP", lazy(r"^chính phủ|^cp$")),
    ("TU", lazy(r"tỉnh ủy|thành ủy|đảng bộ tỉnh|^tu$")),
    ("HU", lazy(r"huyện ủy|thị ủy|quận ủy|đảng bộ huyện|đảng bộ thị xã|đảng bộ quận|^hu$")),
    ("ĐU", lazy(r"đảng ủy|đảng bộ xã|đảng bộ phường")),
    ("HĐND", lazy(r"hđnd|hội đồng nhân dân")),
    ("VPUBND", lazy(r"văn phòng (?:ubnd|ủy ban nhân dân)")),
    ("UBND", lazy(r"ubnd|ủy ban nhân dân|^ub\b|chủ tịch")),
)
_LEVELS = (
    ("commune", lazy(r"(?<!thị )xã(?! hội)|phường|thị trấn")),
    ("district", lazy(r"huyện|thị xã|quận")),
    ("province", lazy(r"tỉnh")),
)


@lru_cache(maxsize=1024)
def _body(name: str) -> tuple[str, str | None]:
    """(body, level) of an issuer's name; the name itself where it is none of the bodies above."""
    low = re.sub("uỷ", "ủy", name.lower())
    level = next((level for level, pattern in _LEVELS if pattern.search(low)), None)
    return next((body for body, pattern in _BODIES if pattern.search(low)), low), level


def can_be_one(first: str | None, second: str | None) -> bool:
    """Whether two issuers' names can stand for one body; an issuer that is not stated can be any."""
    if first is None or second is None:
        return True
    (body, level), (other, other_level) = _body(first), _body(second)
    if body != other and not (body in other or other in body):
        return False
    return level is None or other_level is None or level == other_level
