"""Digital signatures: who signed and when, and what is said of a file that was changed, added to, or broken."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from extractor import extract
from extractor.reading.signatures import read_signatures

SHARED = Path(__file__).resolve().parents[2] / "shared" / "reports" / "pdf"
NAME = "Nguyễn Văn Bình"


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> signers.SimpleSigner:
    """A key and a certificate made on the spot."""
    folder = tmp_path_factory.mktemp("key")
    key = ec.generate_private_key(ec.SECP256R1())
    said = {NameOID.COMMON_NAME: NAME, NameOID.ORGANIZATION_NAME: "UBND xã Tân Lập"}
    name = x509.Name([x509.NameAttribute(kind, value) for kind, value in said.items()])
    begin = datetime.datetime(2024, 1, 1)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(begin).not_valid_after(begin.replace(year=2044)).sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    made = signers.SimpleSigner.load(str(folder / "key.pem"), str(folder / "cert.pem"))
    assert made is not None
    return made


def blank(pages: int = 2) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


def sign(data: bytes, signer: signers.SimpleSigner, field: str = "Ky1", page: int = 1) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    fields.append_signature_field(writer, fields.SigFieldSpec(field, on_page=page, box=(300, 100, 500, 160)))
    made: io.BytesIO = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=field), signer=signer)
    return made.getvalue()


def added_to(data: bytes) -> bytes:
    """`data` with a later revision appended."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    writer.root["/Lang"] = TextStringObject("vi")
    writer.update_root()
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_signature_says_who_when_where(tmp_path: Path, signer: signers.SimpleSigner) -> None:
    (tmp_path / "a.pdf").write_bytes(sign(blank(), signer))
    report = extract(tmp_path / "a.pdf")
    (found,) = report.document.signatures
    assert (found.signer, found.organisation, found.page) == (NAME, "UBND xã Tân Lập", 2)
    assert (found.intact, found.whole) == (True, True)
    assert found.signed_at is not None
    assert datetime.datetime.fromisoformat(found.signed_at).tzinfo is not None
    assert report.warnings == ()
    assert report.from_json(report.to_json()).document.signatures == (found,)


def test_changed_bytes_are_told(tmp_path: Path, signer: signers.SimpleSigner) -> None:
    data = sign(blank(), signer)
    assert b"595 842" in data
    (tmp_path / "a.pdf").write_bytes(data.replace(b"595 842", b"595 841", 1))
    (found,), warnings = read_signatures(tmp_path / "a.pdf")
    assert (found.intact, found.whole) == (False, True)
    assert warnings == (f"the digital signature of {NAME} does not fit the file: bytes that it covers were changed",)


def test_what_is_added_later_is_told(tmp_path: Path, signer: signers.SimpleSigner) -> None:
    (tmp_path / "a.pdf").write_bytes(added_to(sign(blank(), signer)))
    (found,), warnings = read_signatures(tmp_path / "a.pdf")
    assert (found.intact, found.whole) == (True, False)
    assert warnings == ("something was added to the file after its last digital signature",)


def test_a_second_signature_covers_the_first(tmp_path: Path, signer: signers.SimpleSigner) -> None:
    (tmp_path / "a.pdf").write_bytes(sign(sign(blank(), signer), signer, "Ky2", 0))
    found, warnings = read_signatures(tmp_path / "a.pdf")
    assert [(s.page, s.intact, s.whole) for s in found] == [(2, True, False), (1, True, True)]
    assert warnings == ()


def test_a_signature_of_another_key_is_told(tmp_path: Path, signer: signers.SimpleSigner) -> None:
    data = sign(blank(), signer)
    begin = data.index(b"/Contents <") + 11
    end = data.index(b">", begin)
    contents = bytearray.fromhex(data[begin:end].decode())
    last = len(bytes(contents).rstrip(b"\0")) - 4  # within the signature's own number, which stands last
    contents[last] ^= 1
    (tmp_path / "a.pdf").write_bytes(data[:begin] + contents.hex().encode() + data[end:])
    (found,), warnings = read_signatures(tmp_path / "a.pdf")
    assert not found.intact
    assert warnings == (f"the digital signature of {NAME} is not one made with the key of its certificate",)


@pytest.mark.parametrize("broken", [b"00" * 40, b"3082", b""])
def test_a_broken_signature_is_a_warning(tmp_path: Path, signer: signers.SimpleSigner, broken: bytes) -> None:
    data = sign(blank(), signer)
    begin = data.index(b"/Contents <") + 11
    end = data.index(b">", begin)
    (tmp_path / "a.pdf").write_bytes(data[:begin] + broken.ljust(end - begin, b"0") + data[end:])
    report = extract(tmp_path / "a.pdf")
    assert report.document.signatures == ()
    assert [w for w in report.warnings if w.startswith("the digital signature in field Ky1 cannot be read: ")]
    assert len(report.pages) == 2


def test_a_broken_one_does_not_hide_the_others(tmp_path: Path, signer: signers.SimpleSigner) -> None:
    data = sign(blank(), signer)
    begin = data.index(b"/Contents <") + 11
    data = data[:begin] + b"00" + data[begin + 2 :]
    (tmp_path / "a.pdf").write_bytes(sign(data, signer, "Ky2", 0))
    found, warnings = read_signatures(tmp_path / "a.pdf")
    assert [(s.page, s.intact, s.whole) for s in found] == [(1, True, True)]
    assert [w.split(" cannot")[0] for w in warnings] == ["the digital signature in field Ky1"]


@pytest.mark.parametrize("old", [b"/ByteRange", b"/adbe.pkcs7.detached", b"/AcroForm"])
def test_a_hostile_file_is_read_all_the_same(tmp_path: Path, signer: signers.SimpleSigner, old: bytes) -> None:
    data = sign(blank(), signer)
    assert old in data
    (tmp_path / "a.pdf").write_bytes(data.replace(old, b"/ByteRange /X"[: len(old)].ljust(len(old), b"X")))
    assert len(extract(tmp_path / "a.pdf").pages) == 2


def test_an_unsigned_file_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(blank())
    code = (
        "import sys; from pathlib import Path; from extractor.reading.signatures import read_signatures; "
        "print(read_signatures(Path(sys.argv[1])), [m for m in sys.modules if m.startswith('pyhanko')])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.pdf")], capture_output=True, text=True)
    assert done.stdout == "((), ()) []\n", done.stderr


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there")
def test_real_signed_reports() -> None:
    four, _ = read_signatures(SHARED / "hop_thuong_truc_2020.pdf")
    assert [(s.intact, s.whole, s.page) for s in four] == [(True, False, 1)] * 3 + [(True, True, 1)]
    (one,), warnings = read_signatures(SHARED / "nd47_2020.pdf")
    assert (one.signer, one.intact, one.whole) == ("Chính phủ", True, False)
    assert len(warnings) == 1
