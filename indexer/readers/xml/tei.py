"""Says what the elements of TEI mean, in which archives keep editions of documents."""

from lxml import etree

from indexer.document import Metadata
from indexer.readers.xml.family import Family, names
from indexer.readers.xml.metadata import stated
from indexer.readers.xml.tree import first, iso_date, language, text_of, values, within


def metadata(root: etree._Element) -> Metadata:
    """What the header of `root` says of the document: of its source before the edition of it."""
    header = first(root, "*", "teiHeader")
    header = root if header is None else header
    statement = ("fileDesc", "titleStmt")
    edition = ("fileDesc", "publicationStmt")
    dated = (
        *values(header, "when", "profileDesc", "creation", "date"),
        *values(header, "when", "*", "sourceDesc", "*", "date"),
        *values(header, "when", *edition, "date"),
    )
    return stated(
        title=map(text_of, within(header, *statement, "title")),
        date=filter(None, map(iso_date, dated)),
        publisher=(
            *map(text_of, within(header, *edition, "publisher")),
            *map(text_of, within(header, *edition, "authority")),
        ),
        language=(
            *(language(each) for each in within(root, "*", "text")),
            *values(header, "ident", "profileDesc", "langUsage", "language"),
            language(root),
        ),
        names=map(text_of, within(header, *edition, "idno")),
        tags=map(text_of, within(header, "*", "keywords", "*", "term")),
    )


TEI = Family(
    name="TEI",
    roots=names("TEI TEI.2 teiCorpus"),
    metadata=metadata,
    inlines=names(
        """abbr add addName addrLine am affiliation c choice corr country damage date dateline-s
        distinct emph ex expan foreign forename formula g gap gloss graphic handShift hi idno
        measure mentioned metamark name num orgName orig persName placeName pc q-s ref reg region
        roleName rs s seg settlement sic soCalled space subst supplied surname term time title
        unclear w anchor milestone-s objectName said-s secl surplus rend nameLink genName bibl
        biblScope pubPlace publisher author editor"""
    ),
    numbers=frozenset({"label"}),
    headings=names("head"),
    items=frozenset({"item"}),
    quotes=names("quote floatingText cit"),
    notes=frozenset({"note"}),
    rows=frozenset({"row"}),
    cells=frozenset({"cell"}),
    breaks=names("lb cb milestone"),
    dropped=names("teiHeader del surplus sic facsimile standOff fw figDesc orig-dropped"),
)
