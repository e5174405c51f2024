"""Says what the elements of United States Legislative Markup (USLM) mean."""

from lxml import etree

from indexer.document import Metadata
from indexer.readers.xml.family import Family, names
from indexer.readers.xml.metadata import stated
from indexer.readers.xml.tree import first, iso_date, language, text_of, values, within


def metadata(root: etree._Element) -> Metadata:
    """What the `meta` and the `preface` of `root` say of the document."""
    meta = first(root, "meta")
    meta = root if meta is None else meta

    def told(*names: str) -> list[str]:
        return [text_of(each) for name in names for each in within(meta, name)]

    printed = values(root, "date", "*", "preface", "*", "date")
    acted = values(root, "date", "*", "actionDescription", "date")
    dates = [*told("approvedDate", "date"), *printed, *acted, *told("created")]
    return stated(
        title=(*map(text_of, within(root, "*", "officialTitle")), *told("title")),
        date=filter(None, map(iso_date, dates)),
        publisher=told("publisher", "creator"),
        language=(language(root), *told("language")),
        names=(*told("citableAs"), root.get("identifier", "")),
    )


_UNITS = ("Title", "Subtitle", "Chapter", "Subchapter", "Part", "Subpart", "Division", "Section")

USLM = Family(
    name="USLM",
    roots=names(
        """lawDoc document bill resolution amendment pLaw uscDoc statutesAtLarge
        presidentialDoc frDoc cfrDoc
        statuteCompilation codifiedAct committeePrint constitutionalAmendment engrossedAmendment"""
    ),
    metadata=metadata,
    inlines=names(
        """a amendingAction approvedDate b centerRunningHead citableAs committee congress
        coverText date docNumber docPart docStage docTitle dc editorialContent em entity
        fillIn headingText i inline ins leader location marker mark name
        num-inline officialTitle organization party person property quotedText ref role
        session shortTitle sidenoteRef span strong sub sup term time u"""
    ),
    numbers=frozenset({"num"}),
    headings=names("heading subheading crossHeading"),
    crossheadings=frozenset({"crossHeading"}),
    divisions=names("part chapter title division subpart subchapter subtitle subdivision"),
    items=names("listItem item"),
    quotes=frozenset({"quotedContent"}),
    calls=frozenset({"ref"}),
    notes=frozenset({"footnote"}),
    rows=names("tr row"),
    cells=names("td th entry"),
    breaks=frozenset({"br"}),
    dropped=names("meta amendMeta toc del img colgroup page distributionCode endMarker"),
    furniture=names("docNumber citableAs congress session docStage docPart approvedDate"),
    words={word.lower(): word for word in _UNITS},
)
