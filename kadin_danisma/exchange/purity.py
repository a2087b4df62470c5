"""What a package may be: an XLSX workbook without macros and without links to other files."""

from kadin_danisma.exchange.package import Package
from kadin_danisma.exchange.refusal import UnfitFileError
from kadin_danisma.i18n import _

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
        raise UnfitFileError(
            _("This is a binary workbook (XLSB). Please save it as XLSX and try again.")
        )
    if _has_macros(package):
        raise UnfitFileError(_("The workbook holds macros. Please save it as XLSX without them."))
    if main is None or kind != _WORKBOOK or package.part(main) is None:
        raise UnfitFileError(_("This is not an XLSX workbook."))
    if _has_links(package):
        raise UnfitFileError(
            _("The workbook holds links to other files. Please remove them and try again.")
        )
    return main


def _has_macros(package: Package) -> bool:
    for name in package.names:
        small, kind = name.lower(), package.content_type(name)
        if "vbaproject" in small or "/macrosheets/" in small:
            return True
        if any(mark in kind for mark in _MACRO_TYPES):
            return True
    return any(arrow.kind in _MACRO_KINDS for arrow in package.all_relationships())


def _has_links(package: Package) -> bool:
    if any(
        "/externallinks/" in name.lower() or "externallink" in package.content_type(name)
        for name in package.names
    ):
        return True
    # A link on a cell points outside too, and is passed over: it is never followed.
    return any(
        arrow.kind in _LINK_KINDS or (arrow.external and arrow.kind != "hyperlink")
        for arrow in package.all_relationships()
    )
