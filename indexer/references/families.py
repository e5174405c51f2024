"""The ways in which official texts name other documents, as data: one entry for each family.

To add one: append a `Family`. `pattern` finds the name in running text, and its named groups fill
`form`, which is the name under which the document itself is kept (see `readers/common/names.py`).
`written` are examples, each with the name that must come out; a test reads them. Where the name is
not a template of the groups, `form` is a function. A family `in_company` counts only where the
text also has a word for a resolution (see `tells_of_resolutions`): numbers alone could be anything.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from indexer.celex import KINDS, celex
from indexer.labels.numerals import digits
from indexer.symbols import BODIES, ECLI, NEUTRAL

_RESOLUTION = re.compile(
    r"\bresolu(?:tion|ci[oó]n|ç)|\brésolution|\brisoluzion|резолюци|决议|決議|قرار|\bres\.|\bscr\b",
    re.IGNORECASE,
)
_PIECES = (  # of these words, in small letters: to look for them is much faster
    *("resolu", "résolu", "risolu", "резолюц", "决议", "決議", "قرار"),
    *(" res. ", "scr ", "unsc "),
)
_NEAR = 90  # characters before a number in which its kind and its body are named
# A resolution's word or number, and nothing but numbers, dates and small words behind it.
_LISTS = re.compile(rf"(?:{_RESOLUTION.pattern}|第)[^.;:]{{0,60}}$", re.IGNORECASE)
_SPACE = r"[ \u00a0\u202f]"
_OTHER = "(?:A|S|E)/"  # a document may have two symbols, with a hyphen between
_COUNCILS = {
    "A/HRC/RES": "human rights council|conseil des droits de l|derechos humanos|人权理事会"
    "|по правам человека|حقوق الإنسان",
    "E/RES": "economic and social|économique et social|económico y social"
    "|экономического и социального|经济及社会|经社|الاقتصادي والاجتماعي",
}
_BODIES_SAID = {series: re.compile(words, re.IGNORECASE) for series, words in _COUNCILS.items()}


def tells_of_resolutions(text: str) -> bool:
    """Whether `text` has a word for a resolution, in one of many languages."""
    small = text.lower()
    return any(piece in small for piece in _PIECES)


@dataclass(frozen=True, slots=True)
class Family:
    """A way to name documents; `form` makes the name of a match and of what stands before it.

    A name that is told by its end has a `head`, which stands directly before what `pattern` finds.
    """

    kind: str
    pattern: str
    form: str | Callable[[re.Match[str], str], str]
    written: tuple[tuple[str, str], ...]
    head: str = ""
    needs: tuple[str, ...] = ()  # a text without any of these need not be searched
    in_company: bool = False

    def name(self, found: re.Match[str], before: str) -> str:
        """The name of the document that `found` cites; empty where it is none after all.

        `before` is the text before it; where the family has a head, the head.
        """
        if callable(self.form):
            return self.form(found, before)
        values = {key: digits(value or "") for key, value in found.groupdict().items()}
        return " ".join(self.form.format(**values).split())


def _symbol(found: re.Match[str], _: str) -> str:
    """The symbol with one space before the year of a resolution, and none elsewhere."""
    bare = re.sub(r"\s+", "", found[0])
    return re.sub(r"\((?=(?:19|20)\d\d\)$)", " (", bare)


def _of_assembly(found: re.Match[str], before: str) -> str:
    """A resolution of the body that is named before it, the General Assembly's if none is."""
    near = before[-_NEAR:]
    if not _LISTS.search(near):
        return ""
    number = digits(found["first"] + "/" + found["second"])
    series = next((each for each, said in _BODIES_SAID.items() if said.search(near)), "A/RES")
    return f"{series}/{number}"


def _of_union(found: re.Match[str], head: str) -> str:
    return celex(" ".join((head + found[0]).split()))


FAMILIES = (
    Family(
        "own address",
        r"(?:https?://[^\s/<>\"]{1,120})?/d/(?P<slug>[\w.%~-]{1,200})"
        r"(?:/(?P<place>[\w.~-]{1,100}))?(?:@\d{1,6})?(?![\w/])",
        "{slug}",
        (("see /d/fish-quotas/para-5@2 there", "fish-quotas"),),
        needs=("/d/",),
    ),
    Family(
        "ELI",
        r"https?://[\w.-]{1,80}/eli/[^\s<>\"')\]]{3,200}(?<![.,;])",
        lambda found, _: found[0],
        (
            (
                "http://data.europa.eu/eli/reg/2016/679/oj.",
                "http://data.europa.eu/eli/reg/2016/679/oj",
            ),
        ),
        needs=("/eli/",),
    ),
    Family(
        "ECLI",
        rf"\b{ECLI}",
        lambda found, _: found[0],
        (("judgment ECLI:EU:C:2014:317, paragraph 80", "ECLI:EU:C:2014:317"),),
        needs=("ECLI:",),
    ),
    Family(
        "neutral citation",
        NEUTRAL.replace(" ", r"\s"),
        lambda found, _: " ".join(found[0].split()),
        (
            ("held in [2021] UKSC 12 at [34]", "[2021] UKSC 12"),
            ("in [2010] EWCA Civ 45, para 3", "[2010] EWCA Civ 45"),
        ),
        needs=("[",),
    ),
    Family(
        "symbol of the United Nations",
        rf"(?<![A-Za-z/.])(?:{BODIES}|PCNICC)/(?:[A-Z0-9](?:[\w.]|-(?!{_OTHER})){{0,20}}(?:\([A-Z]{{1,6}}\))?/{_SPACE}?){{0,5}}"
        r"(?:(?:[A-Z][A-Za-z]{0,8}[.-]?)?\d(?:[\w.]|-(?!(?:A|S|E)/)){0,20}(?<![.-])|[A-Z]{2,6}\b)"
        rf"(?:{_SPACE}?\((?:(?:1[89]|20)\d\d|[IVXLC]{{1,8}}|[A-Z]-[IVXLC]{{1,6}})\))?(?![\w/])",
        _symbol,
        (
            ("report S/2015/203 of", "S/2015/203"),
            ("S/RES/1591(2005)", "S/RES/1591 (2005)"),
            ("statement S/PRST/ 2014/3,", "S/PRST/2014/3"),
            ("annex to A/RES/75/1.", "A/RES/75/1"),
            ("A/RES/1514(XV)", "A/RES/1514(XV)"),
            ("letter S/2014/5/Rev.1", "S/2014/5/Rev.1"),
            ("(A/70/357-S/2015/682)", "S/2015/682"),
        ),
        needs=("/",),
    ),
    Family(
        "resolution of the Security Council",
        rf"(?P<number>\d{{1,4}}){_SPACE}?[(（](?P<year>19[4-9]\d|20\d\d)[)）]",
        "S/RES/{number} ({year})",
        (
            ("Recalling resolutions 242 (1967) and", "S/RES/242 (1967)"),
            ("第1874(2009)号决议", "S/RES/1874 (2009)"),
            ("القرار 1591 (2005)", "S/RES/1591 (2005)"),
        ),
        needs=("(19", "(20", "（"),
        in_company=True,
    ),
    Family(
        "resolution of a session",
        r"(?P<number>\d{1,4}) ?(?:[A-Z] )?"
        r"\((?P<session>[IVXLC]{1,8}|S-[IVX]{1,6}|ES-[IVX]{1,6})\)",
        "A/RES/{number}({session})",
        (("its resolution 1514 (XV) of 1960", "A/RES/1514(XV)"),),
        needs=("(X", "(V", "(I", "(L", "(S-", "(ES-"),
        in_company=True,
    ),
    Family(
        "resolution by session and number",
        r"(?P<first>\d{1,4})/(?P<second>\d{1,4})(?![A-Za-z0-9/(])",
        _of_assembly,
        (
            ("its resolutions 60/180 and 60/1 of 2005", "A/RES/60/180"),
            ("Human Rights Council resolution 16/21", "A/HRC/RES/16/21"),
            ("第60/1号决议", "A/RES/60/1"),
        ),
        needs=("/",),
        in_company=True,
    ),
    Family(
        "act of the European Union",
        r"\d{1,4}/\d{1,4}(?:/[A-Z]{2,4})?(?!\d)",
        _of_union,
        (
            ("Article 5 of Regulation (EU) 2016/679 applies", "32016R0679"),
            ("la directive 95/46/CE du", "31995L0046"),
        ),
        head=rf"(?i:\b(?:{'|'.join(KINDS)})\s)(?:\((?:[A-ZА-ЯΕ]{{2,3}})(?:, Euratom)?\)\s)?"
        r"(?:(?:No|Nr|n°|nº|n\.|č|št|αριθ|№)\.?\s?)?",
        needs=("/",),
    ),
    Family(
        "act with its year",
        r"\b(?:Act|Order|Regulations|Rules|Ordinance|Measure)\s(?:1[6-9]|20)\d\d\b",
        lambda found, head: " ".join((head + found[0]).split()),
        (
            ("section 6 of the Human Rights Act 1998 binds", "Human Rights Act 1998"),
            (
                "under the Welfare of Animals (Transport) Order 2006",
                "Welfare of Animals (Transport) Order 2006",
            ),
        ),
        needs=("Act ", "Order ", "Regulations ", "Rules ", "Ordinance ", "Measure "),
        head=r"(?:(?!The\b)[A-Z][\w’'-]{1,20}\s(?:\((?:[\w’',-]{1,20}\s?){1,6}\)\s)?"
        r"(?:(?:of|and|the|for|to|in|on|with)\s){0,3}){1,9}",
    ),
)
