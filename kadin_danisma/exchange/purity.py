"""What a package may be: an XLSX workbook without macros and without links to other files."""

from kadin_danisma.exchange.package import Package
from kadin_danisma.exchange.refusal import Unfit, UnfitFileError

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_KINDS = frozenset(
    {"vbaproject", "vbaprojectsignature", "xlmacrosheet", "xlintlmacrosheet", "wordvbadata"}
)
_MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet")
_LINK_KINDS = frozenset({"externallink", "externallinkpath"})


def main_part(package: Package) -> str:
    """Return the name of the workbook part of an XLSX package that holds nothing unwanted.

    Raises:
        UnfitFileError: The package is something else, or holds macros or external links.
    """
    main = next(
        (
            relationship.target
            for relationship in package.relationships("")
            if relationship.kind == "officedocument" and not relationship.external
        ),
        None,
    )
    kind = package.content_type(main) if main else ""
    if "sheet.binary" in kind:
        raise UnfitFileError(Unfit.BINARY)
    macros, links = _unwanted(package)
    if macros:
        raise UnfitFileError(Unfit.MACROS)
    if main is None or kind != _WORKBOOK or package.part(main) is None:
        raise UnfitFileError(Unfit.OTHER)
    if links:
        raise UnfitFileError(Unfit.LINKS)
    return main


def _unwanted(package: Package) -> tuple[bool, bool]:
    """Tell whether there are macros, and whether there are links to other files."""
    macros = links = False
    for name in package.names:
        small, kind = name.lower(), package.content_type(name)
        macros |= "vbaproject" in small or "/macrosheets/" in small
        macros |= any(mark in kind for mark in _MACRO_TYPES)
        links |= "/externallinks/" in small or "externallink" in kind
    for arrow in package.all_relationships():
        macros |= arrow.kind in _MACRO_KINDS
        # A link on a cell points outside too, and is passed over: it is never followed.
        links |= arrow.kind in _LINK_KINDS or (arrow.external and arrow.kind != "hyperlink")
    return macros, links
