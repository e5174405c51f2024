"""Says what the elements of FORMEX mean, in which the Official Journal of the EU is kept."""

from collections.abc import Iterator

from lxml import etree

from indexer.document import Metadata
from indexer.readers.xml.family import Family, names
from indexer.readers.xml.metadata import stated
from indexer.readers.xml.tree import first, iso_date, text_of, values, within


def metadata(root: etree._Element) -> Metadata:
    """What the bibliographic part and the title of `root` say of the document."""
    title = first(root, "*", "TITLE", "TI")
    lines = () if title is None else map(text_of, within(title, "P"))
    dates = (*values(root, "ISO", "*", "TITLE", "*", "DATE"), *values(root, "ISO", "*", "DATE"))
    return stated(
        title=(" ".join(lines), text_of(title)),
        date=filter(None, map(iso_date, dates)),
        publisher=map(text_of, within(root, "*", "AUTHOR")),
        language=map(text_of, within(root, "*", "LG.DOC")),
        names=(*map(text_of, within(root, "*", "NO.CELEX")), *_numbers(root)),
    )


def _numbers(root: etree._Element) -> Iterator[str]:
    """The number that the title gives, and the ELI, where the document states one."""
    for each in within(root, "*", "TITLE", "*", "NO.DOC"):
        yield text_of(each)
    for each in within(root, "*", "NO.ELI"):
        yield text_of(each)


FORMEX = Family(
    name="FORMEX",
    roots=names(
        """ACT ADDITIONAL.DOCS ADDITIONAL.DOCS.CJT AGR ANNEX CASE CJT COMPETITION CONS.ACT
        CONS.ANNEX CONS.OTH CONS.OTH.DOC CORR DECISION.ECSC ECR.GENERAL GENERAL JOINT.DEC JUDGMENT
        LETTER OPINION ORDER PROC.RULES PROT REPORT.HEARING SUMMARY SUMMARY.DECISION
        SUMMARY.JUDGMENT"""
    ),
    metadata=metadata,
    inlines=names(
        """AUTHOR DATE FT HT IE KEYWORD LINK REF.CORE REF.DOC REF.DOC.ECR REF.DOC.OJ REF.DOC.SE
        REF.NP.ECR REF.ECR REF.ECR.DOC REF.CASE REF.CASE.F1 NO.CASE NO.DOC NO.CURRENT YEAR COM
        NO.OJ NO.DOC.TXT NO.FORMAT NUM.SEQ QUOT.START QUOT.END QUOT.S EXPONENT IND OVERLINE
        ADDR.S FMT.VALUE MARK INCL.ELEMENT BR.SUB ACCENT EXPR FORMULA.S DIV.CONSID.S TERM
        DEFINITION.S PL.DATE.S REF.NOTICE LABEL.S"""
    ),
    numbers=names("NO.P NO.PARAG NO.GR.SEQ NO.CONSID NO.ITEM NO.SUBJECT"),
    headings=names("TI.ART STI.ART TITLE TI STI TI.GR.SEQ TI.CONSID TI.INFO.NO.OJ TI.TBL"),
    items=frozenset({"ITEM"}),
    quotes=names("QUOT.S.BLOCK OTH.DOC"),
    notes=frozenset({"NOTE"}),
    rows=frozenset({"ROW"}),
    cells=frozenset({"CELL"}),
    breaks=names("BR IMG.CNT PAGE.HDR"),
    dropped=names("BIB.INSTANCE BIB.DOC BIB.ECR INFO.CONSLEG INFO.PROD TOC INCLUSIONS FAM.COMP.CL"),
)
