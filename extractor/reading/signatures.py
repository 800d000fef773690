"""Digital signatures of a PDF: who signed, when, and whether the bytes are as they were then. No network is used.

Whether a certificate is to be trusted is not judged: that needs the lists of its issuer, and so the network.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import one_line
from extractor.model import Signature

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_CHECKED = ("/adbe.pkcs7.detached", "/ETSI.CAdES.detached")
"""The formats whose digest is that of the covered bytes themselves (ISO 32000-1, 12.8.3; ETSI EN 319 142-1)."""
_WIDGETS = 10_000  # annotations looked at for a signature's page; a hostile file may hold any number


def read_signatures(path: Path) -> tuple[tuple[Signature, ...], tuple[str, ...]]:
    """The signatures of the PDF at `path` in the order of their fields, and warnings: which cannot be read or checked,
    whose bytes were changed, and that something was added after the last. Never raises over what the file holds.

    A time stamp of the whole document is no one's signature: it is not listed, but may cover what came before it.
    """
    if not _may_be_signed(path):
        return (), ()
    try:
        return _read(path)
    except Exception as error:  # whatever a broken or hostile file does to the parser, the report itself is still read
        return (), (f"the digital signatures cannot be read: {one_line(error)}",)


def _may_be_signed(path: Path) -> bool:
    """True where the bytes hold a signature's /ByteRange, which cannot be compressed because signers fill it in last.

    The parser takes most of a second to load, and few files are signed.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find(b"/ByteRange") >= 0


def _read(path: Path) -> tuple[tuple[Signature, ...], tuple[str, ...]]:
    import logging

    from pyhanko.pdf_utils.reader import PdfFileReader

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what is wrong stands in our warnings
    found: list[Signature] = []
    warnings: list[str] = []
    covered = False
    with path.open("rb") as file:
        pages = _pages(path)
        for name, made in _signatures(PdfFileReader(file, strict=False)):
            if isinstance(made, Exception):
                warnings.append(f"the digital signature in field {name} cannot be read: {one_line(made)}")
                continue
            whole = _is_whole(made)
            covered |= whole
            if made.sig_object_type == "/DocTimeStamp":
                continue
            intact, doubt = _check(made)
            certificate = made.signer_cert.subject.native
            signer, at = _text(certificate.get("common_name")), made.self_reported_timestamp
            if doubt:
                warnings.append(f"the digital signature of {signer or name} {doubt}")
            page = pages.get(getattr(made.sig_object.container_ref, "idnum", 0))
            organisation = _text(certificate.get("organization_name"))
            found.append(Signature(signer, organisation, at.isoformat() if at else None, intact, whole, page))
    if found and not covered:
        warnings.append("something was added to the file after its last digital signature")
    return tuple(found), tuple(warnings)


def _signatures(reader: Any) -> Iterator[tuple[str, EmbeddedPdfSignature | Exception]]:
    from pyhanko.sign.fields import enumerate_sig_fields
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    for name, _, reference in enumerate_sig_fields(reader, filled_status=True):
        try:
            yield name, EmbeddedPdfSignature(reader, reference.get_object(), name)
        except Exception as error:  # one that is broken must not hide the others
            yield name, error


def _is_whole(made: EmbeddedPdfSignature) -> bool:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    try:
        return bool(made.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE)
    except Exception:  # a byte range that leads outside the file
        return False


def _check(made: EmbeddedPdfSignature) -> tuple[bool, str]:
    """Whether the covered bytes are unchanged and signed with the certificate's key; and what there is to doubt."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    kind = str(made.sig_object.get("/SubFilter", "none"))
    if kind not in _CHECKED:
        return False, f"is of a kind that is not checked ({kind})"
    try:
        same, valid = validate_sig_integrity(
            made.signer_info, made.signer_cert, expected_content_type="data", actual_digest=made.compute_digest()
        )
    except Exception as error:  # unknown algorithms, contradictory attributes, ranges outside the file
        return False, f"cannot be checked: {one_line(error)}"
    if not same:
        return False, "does not fit the file: bytes that it covers were changed"
    return valid, "" if valid else "is not one made with the key of its certificate"


def _pages(path: Path) -> dict[int, int]:
    """The page on which each signature object is shown, by the object's number."""
    import pikepdf

    shown: dict[int, int] = {}
    seen = 0
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            for widget in page.obj.get("/Annots", ()):
                seen += 1
                if seen > _WIDGETS:
                    return shown
                if not isinstance(widget, pikepdf.Dictionary):
                    continue
                parent = widget.get("/Parent")
                value = widget.get("/V", parent.get("/V") if isinstance(parent, pikepdf.Dictionary) else None)
                if isinstance(value, pikepdf.Dictionary) and value.is_indirect:
                    shown.setdefault(value.objgen[0], number)
    return shown


def _text(value: object) -> str | None:
    """A name of a certificate; of several, the first."""
    if isinstance(value, list):
        value = value[0] if value else None
    return str(value).strip() or None if value is not None else None
