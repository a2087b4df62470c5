"""Reads a tagged PDF the way a screen reader does: by its structure, not by its look."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject


@dataclass
class Node:
    """An element of the structure tree with the text that belongs to it alone."""

    role: str
    alt: str = ""
    scope: str = ""
    lang: str = ""
    text: str = ""
    kids: list["Node"] = field(default_factory=list)

    def find(self, *roles: str) -> "list[Node]":
        """All elements below this one with one of these roles, in reading order."""
        own = [self] if self.role in roles else []
        return own + [found for kid in self.kids for found in kid.find(*roles)]

    def rows(self) -> list[list[str]]:
        """The cells of a table, head included."""
        return [[cell.text for cell in row.find("TH", "TD")] for row in self.find("TR")]


def reader(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data), strict=True)


def structure(data: bytes) -> Node:
    """The root element of the document."""
    pdf = reader(data)
    texts = {
        page.indirect_reference.idnum: _texts(page)  # type: ignore[union-attr]
        for page in pdf.pages
    }
    root = pdf.root_object["/StructTreeRoot"]["/K"]  # type: ignore[index]
    return _node(root.get_object(), texts)


def unmarked(data: bytes) -> list[str]:
    """The texts that belong to no element and are no artifact: there should be none."""
    return [text for page in reader(data).pages for text in _texts(page).get(None, [])]


def artifacts(data: bytes) -> list[str]:
    """The texts that a screen reader passes over, page by page."""
    return ["".join(_texts(page).get("artifact", [])) for page in reader(data).pages]


def _node(element: DictionaryObject, texts: dict[int, dict[Any, list[str]]]) -> Node:
    scope = element.get("/A", {}).get("/Scope", "")
    node = Node(
        element["/S"][1:], str(element.get("/Alt", "")), scope[1:], str(element.get("/Lang", ""))
    )
    for kid in element["/K"]:
        own = kid.get_object()
        if own["/Type"] == "/MCR":
            page = own.raw_get("/Pg").idnum
            node.text += "".join(texts[page].get(own["/MCID"], []))
        else:
            node.kids.append(_node(own, texts))
    return node


def _texts(page: PageObject) -> dict[Any, list[str]]:
    """The shown strings of a page by what they belong to: a number, "artifact", or None."""
    tables = {name: _decoder(font) for name, font in page["/Resources"]["/Font"].items()}  # type: ignore[index]
    found: dict[Any, list[str]] = {}
    owner: list[Any] = []
    decode: dict[int, str] = {}
    for operands, operator in _operations(page):
        if operator == b"BDC":
            owner.append(operands[1]["/MCID"])
        elif operator == b"BMC":
            owner.append("artifact")
        elif operator == b"EMC":
            owner.pop()
        elif operator == b"Tf":
            decode = tables[operands[0]]
        elif operator == b"Tj":
            raw = operands[0].original_bytes
            text = "".join(decode[code] for code in raw)
            found.setdefault(owner[-1] if owner else None, []).append(text)
    return found


def _operations(page: PageObject) -> Iterator[tuple[Any, bytes]]:
    yield from ContentStream(page.get_contents(), page.pdf).operations


def _decoder(font: Any) -> dict[int, str]:
    """What each code of a subset font stands for, by its ToUnicode map."""
    text = font.get_object()["/ToUnicode"].get_object().get_data().decode("ascii")
    return {
        int(code, 16): bytes.fromhex(letter).decode("utf-16-be")
        for code, letter in re.findall(r"^<(\w\w)> <(\w{4,})>$", text, re.MULTILINE)
    }
