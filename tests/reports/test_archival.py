"""PDF/A-2a (ISO 19005-2) and PDF/UA-1, clause by clause, as far as a test can read them.

The whole was checked once with veraPDF (docs/decisions/0027); this keeps what it found true.
"""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageCms

from kadin_danisma.reports import recovery_sheet, srgb
from kadin_danisma.reports.writers import render
from tests.reports.builders import a_report
from tests.reports.paper import reader

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"


def a_sheet() -> bytes:
    return recovery_sheet.write("Örnek Merkez", ["123-456-789"], "", date(2026, 11, 3), "")


@pytest.fixture(scope="module", params=[lambda: render(a_report(demo=True), "pdf"), a_sheet])
def pdf(request: pytest.FixtureRequest) -> bytes:
    make: Callable[[], bytes] = request.param
    return make()


def test_6_1_2_the_head_and_its_comment_stand_first(pdf: bytes) -> None:
    first, second = pdf.split(b"\n", 2)[:2]
    assert first == b"%PDF-1.7"
    assert second.startswith(b"%")
    assert all(byte > 127 for byte in second[1:5])


def test_6_1_3_it_has_an_id_is_not_encrypted_and_nothing_follows_it(pdf: bytes) -> None:
    trailer = reader(pdf).trailer
    assert len(trailer["/ID"]) == 2
    assert "/Encrypt" not in trailer
    assert pdf.endswith(b"%%EOF\n")


def test_6_1_7_every_stream_is_as_long_as_it_says_and_ends_on_a_line_of_its_own(
    pdf: bytes,
) -> None:
    starts = list(re.finditer(rb"/Length (\d+)[^>]*>>\nstream\n", pdf))
    assert len(starts) >= 5
    for start in starts:
        end = start.end() + int(start.group(1))
        assert pdf[end:].startswith(b"\nendstream\nendobj\n")


def test_every_object_stands_where_the_table_says(pdf: bytes) -> None:
    start = int(pdf.rsplit(b"startxref\n", 1)[1].split()[0])
    _xref, count, _free, *places = pdf[start:].split(b"trailer", 1)[0].splitlines()
    assert count == b"0 %d" % (len(places) + 1)
    for number, place in enumerate(places, start=1):
        assert pdf[int(place[:10]) :].startswith(b"%d 0 obj\n" % number)


def test_6_2_3_it_says_which_colours_it_means(pdf: bytes) -> None:
    (intent,) = reader(pdf).root_object["/OutputIntents"]  # type: ignore[union-attr]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"]["/N"] == 3
    assert intent["/DestOutputProfile"].get_object().get_data() == srgb.profile()


def test_the_colour_profile_is_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(BytesIO(srgb.profile()))
    assert ImageCms.getProfileDescription(ours).strip() == "sRGB IEC61966-2.1"
    ramp = Image.merge("RGB", [Image.linear_gradient("L").rotate(turn) for turn in (0, 90, 180)])
    seen = ImageCms.profileToProfile(ramp, ours, ImageCms.createProfile("sRGB"))
    assert seen is not None
    for one, other in zip(ramp.tobytes(), seen.tobytes(), strict=True):
        assert abs(one - other) <= 1


def test_6_2_10_nothing_is_seen_through_anything(pdf: bytes) -> None:
    for page in reader(pdf).pages:
        assert "/Group" not in page
        assert set(page["/Resources"]) <= {"/Font", "/ProcSet"}  # type: ignore[arg-type]


def test_6_2_11_every_font_is_inside_and_tells_its_letters(pdf: bytes) -> None:
    for page in reader(pdf).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            assert font["/Subtype"] == "/TrueType"
            assert "/Encoding" not in font
            assert "/ToUnicode" in font
            assert "/FontFile2" in font["/FontDescriptor"]


def test_6_6_the_metadata_say_what_it_is_and_agree_with_the_head(pdf: bytes) -> None:
    metadata = reader(pdf).root_object["/Metadata"].get_object()
    assert (metadata["/Type"], metadata["/Subtype"]) == ("/Metadata", "/XML")
    assert "/Filter" not in metadata
    told = ET.fromstring(metadata.get_data())
    said = {each.tag: "".join(each.itertext()).strip() for each in told.iter()}
    assert (said[f"{PDFA}part"], said[f"{PDFA}conformance"], said[f"{PDFUA}part"]) == (
        "2", "A", "1",
    )  # fmt: skip
    head = reader(pdf).metadata
    assert head is not None
    assert head.creation_date is not None
    assert said[f"{DC}title"] == head.title
    assert said[f"{XMP}CreateDate"] == head.creation_date.isoformat()
    assert not {f"{DC}creator", f"{DC}publisher", f"{XMP}CreatorTool"} & set(said)


def test_6_7_it_is_tagged_and_says_its_language(pdf: bytes) -> None:
    root = reader(pdf).root_object
    assert root["/MarkInfo"]["/Marked"].value is True  # type: ignore[index]
    assert root["/Lang"] == "tr-TR"
    assert "/StructTreeRoot" in root


def test_it_runs_and_fetches_nothing(pdf: bytes) -> None:
    # What is compressed may hold any three letters by chance; no object hides in it.
    pdf = re.sub(rb"stream\r?\n.*?endstream", b"", pdf, flags=re.DOTALL)
    assert b"/ObjStm" not in pdf
    for word in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/EmbeddedFile", b"/AA ", b"/LZW"):
        assert word not in pdf
