"""Honest and hostile files, built here and never kept in the repository."""

import stat
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pikepdf
from docx import Document
from openpyxl import Workbook
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def docx(*paragraphs):
    document = Document()
    for paragraph in paragraphs or ("Kế hoạch triển khai phong trào thi đua",):
        document.add_paragraph(paragraph)
    return _saved(document)


def xlsx(*rows):
    workbook = Workbook()
    for row in rows or (("Đơn vị", "Số lượng"), ("Sở Nội vụ", 3)):
        workbook.active.append(row)
    return _saved(workbook)


def _saved(document):
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def types(*extra, main=WORD):
    overrides = "".join(
        f'<Override PartName="/x{n}" ContentType="{one}"/>' for n, one in enumerate((main, *extra))
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f"{overrides}</Types>"
    )


def relations(kind, target, mode="External"):
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELATION}{kind}" Target="{target}" TargetMode="{mode}"/>'
        "</Relationships>"
    )


def office(parts=None, *, main=WORD, extra_types=()):
    """A package of the given parts: as little as makes it a Word or Excel file."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types(*extra_types, main=main))
        for name, part in (parts or {}).items():
            archive.writestr(name, part)
    return content.getvalue()


def body(inner):
    return f"<w:document {W}><w:body>{inner}</w:body></w:document>"


def bomb(main=SHEET, megabytes=150):
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types(main=main))
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b"<sheet>")
            for _ in range(megabytes):
                sheet.write(b" " * 1024 * 1024)
            sheet.write(b"</sheet>")
    return content.getvalue()


def lying_directory():
    """The directory says 10 bytes, the entry holds a megabyte."""
    content = bytearray(office({"word/document.xml": body("<w:p/>" * 200_000)}))
    at = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 10)
    return bytes(content)


def many_entries(count=3_000):
    return office({f"word/{n}.bin": b"" for n in range(count)})


def link_entry():
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", types())
        link = ZipInfo("word/link.bin")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return content.getvalue()


def twice_the_same_entry():
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", types())
        archive.writestr("word/document.xml", body(""))
        archive.writestr("word/DOCUMENT.xml", body(""))
    return content.getvalue()


def encrypted_office():
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le")
    )


def flagged_as_encrypted():
    content = bytearray(office({"word/document.xml": body("")}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.rfind(mark) + offset] |= 1
    return bytes(content)


def flipped_directory():
    content = bytearray(docx())
    content[content.rfind(b"PK\x01\x02")] ^= 0xFF
    return bytes(content)


def pdf(change=None, *, pages=1, **save):
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    if change is not None:
        change(document)
    content = BytesIO()
    document.save(content, **save)
    return content.getvalue()


def with_script(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_script_in_object_stream(document):
    document.Root.Names = document.make_indirect(
        pikepdf.Dictionary(
            JavaScript=document.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array([])))
        )
    )


def with_launch(document):
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"),
    )
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(link)])


def with_page_action(document):
    document.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.GoTo))


def with_attachment(document):
    document.attachments["secret.txt"] = b"noi dung"


def with_xfa(document):
    document.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.Array([]), Fields=pikepdf.Array([]))


def with_submit(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="http://x.invalid")


def with_rich_media(document):
    media = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia)
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(media)])


def with_signature(document):
    """A signed document has a form with one field of type Sig, and a value with its bytes."""
    value = pikepdf.Dictionary(
        Type=pikepdf.Name.Sig,
        Filter=pikepdf.Name("/Adobe.PPKLite"),
        SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
        Contents=pikepdf.String("00" * 100),
        ByteRange=pikepdf.Array([0, 100, 300, 100]),
    )
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Sig,
        T="Signature1",
        V=document.make_indirect(value),
    )
    document.Root.AcroForm = pikepdf.Dictionary(
        Fields=pikepdf.Array([document.make_indirect(field)]), SigFlags=3
    )
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])


def page_loop():
    """A page tree that contains itself."""
    content = pdf()
    with pikepdf.open(BytesIO(content)) as document:
        tree = document.Root.Pages
        tree.Kids = pikepdf.Array([tree])
        looped = BytesIO()
        document.save(looped)
    return looped.getvalue()


def picture(form="PNG", size=(20, 10)):
    content = BytesIO()
    Image.new("RGB", size, "red").save(content, form)
    return content.getvalue()


def huge_png(width=40_000, height=40_000):
    """A correct header that announces 1.6 billion pixels."""

    def chunk(kind, data):
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )
