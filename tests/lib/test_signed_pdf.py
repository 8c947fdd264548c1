"""A signed PDF held against the issued one: its words, and who signed it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from lib.official.model import Document, Header, Paragraph
from lib.official.pdf import write_pdf
from lib.signed_pdf import Examined, Unreadable, examine
from lib.signed_pdf_reader import differences, signatures

AT = datetime(2024, 5, 21, 2, 0, tzinfo=UTC)
DER, PEM = serialization.Encoding.DER, serialization.Encoding.PEM


def named(common, body):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, body),
        ]
    )


def certificate(subject, key, issuer, issuer_key, *, authority, until=AT + timedelta(days=365)):
    usage = dict.fromkeys(
        (
            "key_encipherment", "data_encipherment", "key_agreement", "crl_sign",
            "encipher_only", "decipher_only",
        ),
        False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT - timedelta(days=365))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, key_cert_sign=authority, **usage
            ),
            critical=True,
        )
        .sign(issuer_key, hashes.SHA256())
    )


class Chain:
    """A root made for the test and a person it vouches for."""

    def __init__(self, *, until=AT + timedelta(days=365)):
        self.root_key, self.key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        root = named("Gốc kiểm thử", "Cơ quan kiểm thử")
        self.root = certificate(root, self.root_key, root, self.root_key, authority=True)
        person = named("Trần Thị Mẫu", "Sở Nội vụ (mẫu)")
        self.person = certificate(
            person, self.key, root, self.root_key, authority=False, until=until
        )

    def sign(self, content, name="Ky1"):
        store = SimpleCertificateStore()
        store.register(asn1_x509.Certificate.load(self.root.public_bytes(DER)))
        private = self.key.private_bytes(
            DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        signer = signers.SimpleSigner(
            signing_cert=asn1_x509.Certificate.load(self.person.public_bytes(DER)),
            signing_key=keys.PrivateKeyInfo.load(private),
            cert_registry=store,
        )
        writer = IncrementalPdfFileWriter(BytesIO(content))
        meta = signers.PdfSignatureMetadata(field_name=name)
        spec = fields.SigFieldSpec(name)
        return signers.PdfSigner(meta, signer, new_field_spec=spec).sign_pdf(writer).getvalue()


@pytest.fixture(scope="module")
def issued():
    return write_pdf(paper("Đã gửi 12/15 đơn vị."))


def paper(text):
    header = Header(issuing_body=("Ban Thi đua - Khen thưởng",), symbol="BC-BTĐ", year=2024)
    return Document(header=header, kind="Báo cáo", subject="Kết quả", body=(Paragraph(text),))


@pytest.fixture(scope="module")
def chain():
    return Chain()


@pytest.fixture
def placed(tmp_path, issued):
    def place(signed, *roots):
        ours, theirs, anchors = (tmp_path / name for name in ("a.pdf", "b.pdf", "goc.pem"))
        ours.write_bytes(issued)
        theirs.write_bytes(signed)
        anchors.write_bytes(b"".join(root.public_bytes(PEM) for root in roots))
        return ours, theirs, anchors if roots else None

    return place


@pytest.fixture
def look(placed):
    """What the confined process does, in this one: starting it costs seconds."""

    def at(signed, *roots):
        ours, theirs, anchors = placed(signed, *roots)
        found = tuple(differences(ours, theirs))
        return Examined(True, found, tuple(signatures(theirs, anchors, AT)))

    return at


def test_a_good_signature_under_a_known_root_in_a_confined_process(placed, issued, chain):
    ours, theirs, anchors = placed(chain.sign(issued), chain.root)

    found = examine(ours, theirs, anchors=anchors, at=AT)

    (signature,) = found.signatures
    assert (found.has_words, found.differences) == (True, ())
    assert (signature.signer, signature.issuer) == (
        "Trần Thị Mẫu, Sở Nội vụ (mẫu)", "Gốc kiểm thử, Cơ quan kiểm thử",
    )  # fmt: skip
    assert (signature.is_intact, signature.is_trusted, signature.covers_all) == (True, True, True)
    assert (signature.verdict, signature.is_valid) == ("Hợp lệ", True)


def test_of_an_unknown_root_we_cannot_tell(look, issued, chain):
    for roots in ((), (Chain().root,)):
        (signature,) = look(chain.sign(issued), *roots).signatures

        assert signature.is_trusted is None
        assert signature.verdict == "Nội dung đúng như lúc ký; không kiểm tra được người ký"


def test_an_expired_certificate_is_said_to_be(look, issued):
    old = Chain(until=AT - timedelta(days=1))

    (signature,) = look(old.sign(issued), old.root).signatures

    assert (signature.is_trusted, signature.is_valid) == (False, False)
    assert signature.verdict == "Chứng thư của người ký đã hết hạn hoặc chưa có hiệu lực"


def test_bytes_changed_after_signing_are_found(look, issued, chain):
    signed = bytearray(chain.sign(issued))
    place = signed.index(b"/Producer") if b"/Producer" in signed else 20
    signed[place + 1] ^= 1

    found = look(bytes(signed), chain.root)

    assert [row.is_valid for row in found.signatures] in ([False], [])
    assert not any(row.verdict == "Hợp lệ" for row in found.signatures)


def test_the_first_of_two_signatures_no_longer_covers_the_file(look, issued, chain):
    signed = chain.sign(chain.sign(issued), name="Ky2")

    found = look(signed, chain.root)

    assert [row.covers_all for row in found.signatures] == [False, True]
    assert [row.verdict for row in found.signatures] == ["Hợp lệ", "Hợp lệ"]


def test_a_changed_figure_is_named_with_its_page(look):
    (difference,) = look(write_pdf(paper("Đã gửi 15/15 đơn vị."))).differences

    assert (difference.page, difference.issued, difference.signed) == (1, "12/15", "15/15")


def test_what_is_no_pdf_is_refused(placed):
    ours, theirs, _ = placed(b"khong phai PDF")

    with pytest.raises(Unreadable):
        examine(ours, theirs, anchors=None, at=AT)
