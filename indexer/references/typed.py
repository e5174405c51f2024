"""A citation as a person types it in, the document and the paragraph that it names out."""

import re
from typing import NamedTuple

from indexer.references.finder import Named, named, read, spaced
from indexer.references.pinpoints import pinpoints
from indexer.references.values import Reference
from indexer.references.words import BETWEEN

_LONGEST = 300  # characters; what is longer is no citation but a text
# A resolution of the Security Council without its year: "UNSCR 1591", "S.C. Res. 1591".
_YEARLESS = re.compile(
    r"(?:\b(?:UN)?SCR|\bS\.?C\.?\s*res(?:olution)?s?\.?|\bUNSC\s*(?:resolution|res\.?)"
    r"|\bSecurity\sCouncil\s(?:resolution|res\.?)|\bresolution|\bres\.?|\bS/RES/)\s*"
    r"(?P<number>\d{1,4})(?!\s?\(\s?(?:19|20)\d\d|/|\d|\s?\([IVX])",
    re.IGNORECASE,
)
# The year of a resolution in another shape: "1591/2005", "1591 of 2005".
_YEAR_BEHIND = re.compile(
    r"(?P<word>\b(?:UN)?SCR|\bresolution|\bres\.?)\s*(?P<number>\d{1,4})\s?(?:/|of|,)\s?"
    r"(?P<year>19[4-9]\d|20\d\d)\b",
    re.IGNORECASE,
)
# The year at the end, as the Bluebook has it: "S.C. Res. 1591, ¶ 3 (2005)".
_YEAR_LAST = re.compile(
    r"(?P<first>^.{0,40}\bres(?:olution)?\.?\s\d{1,4})(?P<rest>,?\s.{1,40}?)\s?\((?P<year>(?:19|20)\d\d)\)$",
    re.IGNORECASE,
)
_DAY = r"\d{1,2}"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"[(,]?\s?(?:of\s|adopted\s(?:on\s)?)?(?:{_DAY}\s{_MONTH}|{_MONTH}\s{_DAY},?)\s(?:19|20)\d\d\)?",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"(?:[:#]|,)\s?(?=\d{1,3}(?:\s?\([a-z]{1,5}\))*\W*$)")  # "1591 (2005): 3"
_REST = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_CJK = re.compile("第|号决议|號決議|的")
_FILLER = BETWEEN | frozenset(
    ("op", "pp", "doc", "docs", "operative", "preambular", "no", "nos", "see", "cf", "s.c", "u.n")
)


class Typed(NamedTuple):
    """A document by its name, and the local id of a paragraph or an empty string.

    `is_whole` tells that the name is complete; of "SCR 1591" the year is missing.
    """

    name: str
    label: str
    is_whole: bool = True


def typed(text: str) -> Typed | None:
    """What `text` cites, if it is a citation and nothing else."""
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    bare = " ".join(_DATE.sub(" ", spaced(text)).split()).strip(" .;")
    bare = _YEAR_BEHIND.sub(r"\g<word> \g<number> (\g<year>)", bare)
    bare = _YEAR_LAST.sub(r"\g<first> (\g<year>)\g<rest>", bare)
    bare = _PARAGRAPH.sub(" paragraph ", bare)
    return _read(bare) or _read(bare.upper())


def _read(text: str) -> Typed | None:
    documents = named(text, typed=True)
    yearless = _YEARLESS.search(text)
    if yearless and not documents:
        start, end = yearless.span()
        documents = [Named(start, end, f"S/RES/{yearless['number']}")]
    found = read(text, "", documents, pinpoints(text))
    parts = [each for each in found if each.label]
    names = [*(each.name for each in documents), *(each.name for each in parts if each.name)]
    rest = _rest(text, [(each.start, each.end) for each in found])
    if not names:
        return _of_title(text, parts[0]) if parts else None
    # The address of the paragraph says more than all that stands before it.
    name, label = next(
        ((each.name, each.place) for each in documents if each.place),
        (names[0], parts[0].label if parts else ""),
    )
    said = _FILLER | {word.lower() for word in _REST.findall(name)}
    if not said.issuperset(rest) and not any(each.place for each in documents):
        return None
    return Typed(name, label, is_whole=not (yearless and name == f"S/RES/{yearless['number']}"))


def _of_title(text: str, part: Reference) -> Typed | None:
    """A paragraph of a document by its title, which stands before it: "Charter, Article 5"."""
    title = text[: part.start].strip(" ,;:(")
    return (
        Typed(title, part.label)
        if _REST.search(title) and not text[part.end :].strip(" .)")
        else None
    )


def _rest(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """The words of `text` outside `spans`, in small letters."""
    outside, at = [], 0
    for start, end in sorted(spans):
        outside.append(text[at:start])
        at = max(at, end)
    words = _REST.findall(_CJK.sub(" ", " ".join([*outside, text[at:]])))
    return [word.lower().strip(".") for word in words]
