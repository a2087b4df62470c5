"""The logical structure of a PDF (ISO 32000-1, 14.7 and 14.8), which reportlab does not write.

What is drawn between the marks of ``Structure.content`` belongs to an element of the structure
tree; all the rest is drawn between the marks of ``Structure.artifact``. See docs/decisions/0008.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFPage,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked piece of a page's content."""

    page: int
    number: int


@dataclass(eq=False, slots=True)
class Element:
    """One element of the structure tree: a heading, a table, a cell, a figure."""

    role: str
    parent: "Element | None" = None
    #: What a figure shows, in words.
    alt: str = ""
    #: ``Column`` or ``Row`` for a TH: what it is the heading of.
    scope: str = ""
    kids: "list[Element | Mark]" = field(default_factory=list)

    def add(self, role: str, *, alt: str = "", scope: str = "") -> "Element":
        """Return a new element at the end of this one."""
        child = Element(role, self, alt, scope)
        self.kids.append(child)
        return child


class Structure:
    """The structure tree of one document, grown while its pages are drawn."""

    def __init__(self, canvas: Canvas, language: str) -> None:
        self.root = Element("Document")
        self._canvas = canvas
        self._language = language
        #: The owners of the marks of each page, in the order of their numbers.
        self._owners: dict[int, list[Element]] = {}

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """Let everything drawn inside belong to an element."""
        page = self._canvas.getPageNumber()
        owners = self._owners.setdefault(page, [])
        mark = Mark(page, len(owners))
        owners.append(element)
        element.kids.append(mark)
        self._canvas.addLiteral(f"/{element.role} <</MCID {mark.number}>> BDC")
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Let everything drawn inside be decoration that a screen reader passes over."""
        self._canvas.addLiteral("/Artifact BMC")
        yield
        self._canvas.addLiteral("EMC")

    def write(self) -> None:
        """Write the tree into the document when all pages have been shown."""
        # reportlab has no public way to its objects.
        document: Any = vars(self._canvas)["_doc"]
        elements = list(_walk(self.root))
        names = {id(element): f"Struct{at}" for at, element in enumerate(elements)}
        for element in elements:
            name = names[id(element)]
            document.Reference(self._dictionary(element, names), name)
        parents: list[object] = []
        for page, owners in sorted(self._owners.items()):
            refs = [PDFObjectReference(names[id(owner)]) for owner in owners]
            parents += [page - 1, document.Reference(PDFArray(refs), f"StructOwners{page}")]
        for page, shown in enumerate(document.Pages.pages):
            _link(shown, page)
        tree = {
            "Type": PDFName("StructTreeRoot"),
            "K": PDFObjectReference(names[id(self.root)]),
            "ParentTree": PDFDictionary({"Nums": PDFArray(parents)}),
            "ParentTreeNextKey": len(document.Pages.pages),
        }
        document.Catalog.StructTreeRoot = document.Reference(PDFDictionary(tree), "StructTree")
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _dictionary(self, element: Element, names: dict[int, str]) -> PDFDictionary:
        parent = names[id(element.parent)] if element.parent else "StructTree"
        entries: dict[str, object] = {
            "Type": PDFName("StructElem"),
            "S": PDFName(element.role),
            "P": PDFObjectReference(parent),
            "K": PDFArray([_kid(kid, names) for kid in element.kids]),
        }
        if element.parent is None:
            entries["Lang"] = PDFString(self._language)
        if element.alt:
            entries["Alt"] = PDFString(element.alt)
        if element.scope:
            entries["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName(element.scope)})
        return PDFDictionary(entries)


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _walk(kid)


def _kid(kid: Element | Mark, names: dict[int, str]) -> object:
    if isinstance(kid, Element):
        return PDFObjectReference(names[id(kid)])
    return PDFDictionary(
        {
            "Type": PDFName("MCR"),
            "Pg": PDFObjectReference(f"Page{kid.page}"),
            "MCID": kid.number,
        }
    )


def _link(page: Any, number: int) -> None:
    """Let a page name its place in the parent tree; reportlab does not know these two entries."""
    page.__NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
    page.StructParents, page.Tabs = number, PDFName("S")
