"""What makes a PDF one to be kept and one that can be heard: PDF/A-2a (ISO 19005-2) and PDF/UA-1.

reportlab embeds fonts and uses no transparency; missing are the colour space that the page means
(ISO 19005-2, 6.2.4), metadata in XMP (6.6) and line ends before ``endstream`` (6.1.7). They are
added here; the structure is in ``tagging``. How it was checked: docs/decisions/0027.
"""

import struct
from datetime import date
from html import escape
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

_NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" '
    'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" '
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" '
    'xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
)
_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" {namespaces}>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
<xmp:CreateDate>{day}T00:00:00+03:00</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00+03:00</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_SRGB = "sRGB IEC61966-2.1"
#: White and primaries of sRGB as a profile sees them, in D50, and how they came there (ICC.1).
_WHITE = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    b"rXYZ": (0.4361, 0.2225, 0.0139),
    b"gXYZ": (0.3851, 0.7169, 0.0971),
    b"bXYZ": (0.1431, 0.0606, 0.7139),
}
_ADAPTATION = (1.0479, 0.0229, -0.0502, 0.0296, 0.9904, -0.0171, -0.0092, 0.0151, 0.7517)
#: The curve of sRGB: ((x + 0.055) / 1.055) ** 2.4, and x / 12.92 below 0.04045.
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def declare(canvas: Canvas, title: str, day: date, producer: str) -> None:
    """Let a document say that it is PDF/A-2a and PDF/UA-1, and which colours it means."""
    # reportlab has no public way to its objects.
    document: Any = vars(canvas)["_doc"]
    text = _METADATA.format(
        namespaces=_NAMESPACES, title=escape(title), producer=escape(producer), day=day.isoformat()
    )
    head = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    document.Catalog.Metadata = document.Reference(PDFStream(head, text.encode()), "Xmp")
    profile = PDFStream(PDFDictionary({"N": 3}), srgb_profile())
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(_SRGB),
            "Info": PDFString(_SRGB),
            "DestOutputProfile": document.Reference(profile, "Srgb"),
        }
    )
    catalogue = document.Catalog
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]
    catalogue.OutputIntents = PDFArray([intent])


def with_ended_streams(pdf: bytes) -> bytes:
    """Return a document of reportlab's with a line end before each ``endstream``."""
    offsets, table = _objects(pdf)
    ends = [*offsets[1:], table]
    parts = [pdf[: offsets[0]]]
    places = []
    at = len(parts[0])
    for start, end in zip(offsets, ends, strict=True):
        part = pdf[start:end]
        if part.endswith(b"endstream\nendobj\n"):
            part = part.removesuffix(b"endstream\nendobj\n") + b"\nendstream\nendobj\n"
        places.append(b"%010d 00000 n \n" % at)
        parts.append(part)
        at += len(part)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    trailer = pdf[pdf.index(b"trailer\n", table) : pdf.rindex(b"startxref\n")]
    return b"".join([*parts, head, *places, trailer, b"startxref\n%d\n%%%%EOF\n" % at])


def _objects(pdf: bytes) -> tuple[list[int], int]:
    """Return where each object of a document begins, by its number, and where its table does."""
    table = int(pdf.rsplit(b"startxref\n", 1)[1].split()[0])
    lines = pdf[table:].split(b"trailer\n", 1)[0].splitlines()[3:]
    return [int(line[:10]) for line in lines], table


def srgb_profile() -> bytes:
    """Return a colour profile of sRGB (ICC.1:2010, version 4: matrix and curve), made here."""
    curve = struct.pack(">4sIHH", b"para", 0, 3, 0) + _fixed(*_CURVE)
    tags = {
        b"desc": _text(_SRGB),
        b"cprt": _text("No rights reserved"),
        b"wtpt": _xyz(_WHITE),
        b"chad": struct.pack(">4sI", b"sf32", 0) + _fixed(*_ADAPTATION),
        **{name: _xyz(colour) for name, colour in _PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += struct.pack(">4sII", name, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = start + len(body)
    # Size, no maker, version 4.3, a display of RGB, meant for XYZ; a fixed day; "acsp"; perceptual.
    head = struct.pack(">I4x4s4s4s4s", size, b"\x04\x30\0\0", b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s28x", 2000, 1, 1, 0, 0, 0, b"acsp") + _fixed(*_WHITE)
    return head.ljust(128, b"\0") + table + body


def _fixed(*numbers: float) -> bytes:
    """Return numbers as 16.16 fixed point."""
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def _xyz(colour: tuple[float, ...]) -> bytes:
    return struct.pack(">4sI", b"XYZ ", 0) + _fixed(*colour)


def _text(words: str) -> bytes:
    """Return a text in one language, as a profile writes it."""
    letters = words.encode("utf-16-be")
    return struct.pack(">4s3I2s2s2I", b"mluc", 0, 1, 12, b"en", b"US", len(letters), 28) + letters
