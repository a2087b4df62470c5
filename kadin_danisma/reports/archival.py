"""What makes a PDF one to be kept and one that can be heard: PDF/A-2a (ISO 19005-2) and PDF/UA-1.

reportlab embeds fonts and uses no transparency; missing are the colour space that the page means
(ISO 19005-2, 6.2.4), metadata in XMP (6.6) and line ends before ``endstream`` (6.1.7). They are
added here; the structure is in ``tagging``. How it was checked: docs/decisions/0027.
"""

from datetime import date
from html import escape
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from kadin_danisma.reports import srgb

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


def declare(canvas: Canvas, title: str, day: date, producer: str) -> None:
    """Let a document say that it is PDF/A-2a and PDF/UA-1, and which colours it means."""
    # reportlab has no public way to its objects.
    document: Any = vars(canvas)["_doc"]
    text = _METADATA.format(
        namespaces=_NAMESPACES, title=escape(title), producer=escape(producer), day=day.isoformat()
    )
    head = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    document.Catalog.Metadata = document.Reference(PDFStream(head, text.encode()), "Xmp")
    profile = PDFStream(PDFDictionary({"N": 3}), srgb.profile())
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(srgb.NAME),
            "Info": PDFString(srgb.NAME),
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
