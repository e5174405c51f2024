"""Says what the elements of Akoma Ntoso mean, in all its versions and national flavours."""

import re

from lxml import etree

from indexer.document import Metadata
from indexer.readers.xml.family import Family, names
from indexer.readers.xml.metadata import stated
from indexer.readers.xml.tree import distinct, first, iso_date, text_of, values, within

# Dates on which a program made the file. "Generation" is no such word: it means that of the work.
_BY_PROGRAMS = re.compile(r"generated|transform|convert|export|unknown", re.IGNORECASE)
_KNOWN = {"year": 4, "month": 7}  # letters of a date of which no more is known: see `akoma`
_OPENING = ("coverPage", "preface", "header")  # parts in which a document names itself


def metadata(root: etree._Element) -> Metadata:
    """What the FRBR block of `root` and its opening say of the document."""
    meta = first(root, "*", "identification")
    meta = root if meta is None else meta
    return stated(
        title=(*_titles(root), *values(meta, "value", "FRBRWork", "FRBRname")),
        date=_dates(root, meta),
        publisher=_publishers(root, meta),
        language=(
            *values(meta, "language", "FRBRExpression", "FRBRlanguage"),
            *values(root, "*lang", "*", "FRBRExpression"),
        ),
        source=(u for u in values(meta, "value", "FRBRExpression", "FRBRuri") if "://" in u),
        names=_names(root, meta),
        tags=values(root, "showAs", "*", "classification", "keyword"),
    )


def _titles(root: etree._Element) -> list[str]:
    found = [each for part in _OPENING for each in within(root, "*", part, "*", "docTitle")]
    shorts = [each for part in _OPENING for each in within(root, "*", part, "*", "shortTitle")]
    aliases = values(root, "value", "*", "FRBRWork", "FRBRalias")
    stated = map(text_of, within(root, "*", "meta", "proprietary", "title"))
    return [*map(text_of, shorts or found), *(each for each in aliases if " " in each), *stated]


def _dates(root: etree._Element, meta: etree._Element) -> list[str]:
    """The date of the work, as its FRBR block has it or else as its opening prints it."""
    work = (
        each.get("date", "")[: _KNOWN.get(each.get("name", ""))]
        for each in within(meta, "FRBRWork", "FRBRdate")
        if not _BY_PROGRAMS.search(each.get("name", ""))
    )
    printed = (v for part in _OPENING for v in values(root, "date", "*", part, "*", "docDate"))
    return [date for date in map(iso_date, (*work, *printed)) if date]


def _publishers(root: etree._Element, meta: etree._Element) -> list[str]:
    """Who issued the work, by the name that its reference shows."""
    shown = {
        each.get("eId") or each.get("id") or "": each.get("showAs", "")
        for each in within(root, "*", "TLCOrganization")
    }
    authors = [a.lstrip("#") for a in values(meta, "href", "FRBRWork", "FRBRauthor")]
    printed = [
        text_of(each) for part in _OPENING for each in within(root, "*", part, "*", "docAuthority")
    ]
    return [*(name for a in authors if (name := shown.get(a, ""))), *reversed(printed)]


def _names(root: etree._Element, meta: etree._Element) -> tuple[str, ...]:
    """Symbols and numbers that the opening prints, neutral citations, and the FRBR address."""
    opening = (
        text_of(each)
        for part in _OPENING
        for name in ("docNumber", "neutralCitation")
        for each in within(root, "*", part, "*", name)
    )
    cited = map(text_of, within(root, "*", "proprietary", "cite"))
    address = values(meta, "value", "FRBRWork", "FRBRuri")
    return distinct(iter([*opening, *cited, *address]))


AKN = Family(
    name="Akoma Ntoso",
    roots=frozenset({"akomaNtoso"}),
    metadata=metadata,
    inlines=names(
        """a abbr affectedDocument b change courtType date decoration def del docAuthority
        docCommittee docDate docIntroducer docJurisdiction docNumber docProponent docPurpose
        docStage docStatus docTitle docType docketNumber entity event fillIn i img inline ins judge
        lawyer legislature listItem location marker mmod mod mref neutralCitation noteRef object
        omissis opinion organization outcome party person placeholder process quantity quotedText
        ref relatedDocument remark rmod role rref scene session shortTitle signature span sub sup
        term time u vote concept math mrow mi mo mn mfrac msup msub mfenced msqrt mtext"""
    ),
    numbers=frozenset({"num"}),
    headings=names("heading subheading crossHeading"),
    crossheadings=frozenset({"crossHeading"}),
    divisions=names("part chapter title book tome division subpart subchapter subtitle"),
    items=names("item li"),
    quotes=names("quotedStructure embeddedStructure embeddedText"),
    notes=frozenset({"authorialNote"}),
    calls=frozenset({"noteRef"}),
    rows=frozenset({"tr"}),
    cells=names("td th"),
    breaks=names("br eol eop"),
    dropped=names("meta toc del img presentation"),
    furniture=names("docAuthority docStatus docNumber docDate docCommittee docStage"),
    words={
        **{word.lower(): word for word in ("Article", "Section", "Rule", "Part", "Chapter")},
        **{word.lower(): word for word in ("Title", "Book", "Division", "Clause", "Annex")},
    },
)
