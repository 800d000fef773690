"""A canonical key taken apart, and whether it names one document of its own."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.finding.lazy import lazy

_SYMBOL = lazy(r"(?P<number>\d{1,6}[a-zA-Zđ]{0,2})(?:/(?P<year>(?:19|20)\d\d))?(?P<codes>[/-]\D.*)?$")
_LAW = lazy(r"(?P<name>(?:Luật|Bộ luật|Pháp lệnh|Hiến pháp).*?)(?: (?P<year>(?:19|20)\d\d))?$")


@dataclass(frozen=True, slots=True)
class Key:
    """`116/2018/NĐ-CP` is number 116, year 2018, codes `/NĐ-CP`; `Luật Trẻ em 2016` is law `Luật Trẻ em`, year 2016."""

    number: str | None
    year: str | None
    codes: str | None
    law: str | None

    @property
    def whole(self) -> bool:
        """Whether the key names a document, not only its number or a law without its year."""
        return self.codes is not None or (self.law is not None and self.year is not None)


def read_key(key: str) -> Key:
    """The parts of a reference's key."""
    law = _LAW.match(key)
    if law:
        return Key(None, law["year"], None, law["name"])
    symbol = _SYMBOL.match(key)
    if symbol:
        return Key(symbol["number"].lstrip("0") or "0", symbol["year"], symbol["codes"], None)
    return Key(None, None, None, None)
