"""What a workbook says of itself: its title and its language, and not who made it or when."""

import zipfile
from html import escape
from io import BytesIO

_CORE = "docProps/core.xml"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
    "<dc:language>{language}</dc:language></cp:coreProperties>"
)
#: Every part of the file carries this moment, the earliest a ZIP can hold.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def anonymous(raw: bytes, title: str, language: str) -> bytes:
    """Pack the parts of a workbook again, without the moments and makers the library writes.

    Args:
        raw: The workbook.
        title: What it says of itself.
        language: The language of its words.
    """
    properties = _PROPERTIES.format(title=escape(title), language=language).encode()
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ZIP_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, properties if name == _CORE else old.read(name))
    return packed.getvalue()
