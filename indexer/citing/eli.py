"""A document in, what the European Legislation Identifier says of it out, where its name is known.

The ontology is http://data.europa.eu/eli/ontology. An act of the Union has the address
http://data.europa.eu/eli/TYPE/YEAR/NUMBER/oj (https://eur-lex.europa.eu/eli-register/eu_publications_office.html).
"""

import re
from typing import NamedTuple

from indexer.celex import celex
from indexer.citing.languages import three_letters
from indexer.citing.source import title_of
from indexer.document import StoredDocument

_UNION = "http://data.europa.eu/eli/"
_PRINTED = re.compile(r"https?://[\w.-]+/eli/\S+")
_EXPRESSION = re.compile(rf"({_UNION}[a-z_]+/\d+/\d+/oj)(?:/.*)?")  # of a language, or a format
_CELEX = re.compile(r"3(?P<year>\d{4})(?P<kind>[RL])(?P<number>\d{4})")
_CONSOLIDATED = re.compile(r"0\d{4}[A-Z]{1,2}\d{4}.*")
_KINDS = {"R": "reg", "L": "dir"}
_TYPES = "http://publications.europa.eu/resource/authority/resource-type/"
_LANGUAGES = "http://publications.europa.eu/resource/authority/language/"
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIGIT = re.compile(r"\d")
# Stems that say, in the languages of the Union, that an act implements another, or is delegated.
_WAYS = {
    "_impl": """implementing durchführungs exécution ejecución esecuzione execução uitvoerings
        genomförande gennemførelses täytäntöönpano wykonawcz provádě vykonáv izvedben provedben
        végrehajtás punere rakendus įgyvendinimo īstenošanas εκτελεστικ изпълнение
        implimentazzjoni""",
    "_del": """delegated delegiert délégu delegado delegata delegato delegada gedelegeer delegerad
        delegeret delegoitu delegowan přenesené delegovan delegiran felhatalmazáson delegat
        delegeeritud deleguot deleģēt εξουσιοδότηση делегиран""",
}
_STEMS = {way: re.compile("|".join(stems.split())) for way, stems in _WAYS.items()}


class Said(NamedTuple):
    """One thing that is said `about` an address: a `text`, or the address of a `resource`."""

    about: str
    name: str
    text: str = ""
    resource: str = ""
    language: str = ""
    datatype: str = ""


class Eli(NamedTuple):
    """An act as `resource`, and the edition of it that is here as `expression`."""

    resource: str
    expression: str
    said: tuple[Said, ...]


def eli(document: StoredDocument, place: str) -> Eli | None:
    """What is known of the act that `document` is, in the edition at the whole address `place`.

    None where no name of it is an ELI, or one that an ELI is made of. Nothing is guessed: of a
    consolidated text, or an act whose kind is not in its title, none is made.
    """
    known = document.metadata
    number = next((name for name in known.names if _CELEX.fullmatch(name)), "")
    resource = _printed(known.names) or _made(document, number)
    if not resource:
        return None
    kind = _kind(resource)
    language = three_letters(known.language)
    found = (
        Said(resource, "id_local", number),
        Said(resource, "type_document", resource=f"{_TYPES}{kind}" if kind else ""),
        Said(
            resource,
            "date_document",
            known.date if _FULL_DATE.fullmatch(known.date) else "",
            datatype="xsd:date",
        ),
        Said(resource, "is_realized_by", resource=place),
        Said(place, "realizes", resource=resource),
        Said(place, "title", title_of(document), language=known.language),
        Said(place, "language", resource=f"{_LANGUAGES}{language.upper()}" if language else ""),
        Said(place, "publisher", known.publisher),
    )
    return Eli(resource, place, tuple(each for each in found if each.text or each.resource))


def _printed(names: tuple[str, ...]) -> str:
    """The first name that is an ELI; of one of the Union, that of the act in all languages."""
    for name in names:
        if _PRINTED.fullmatch(name):
            expression = _EXPRESSION.fullmatch(name.replace("https://", "http://", 1))
            return expression[1] if expression else name
    return ""


def _made(document: StoredDocument, number: str) -> str:
    """The ELI of an act of the Union, whose title says what kind of act it is."""
    title, names = title_of(document), document.metadata.names
    found = _CELEX.fullmatch(number)
    if not found or celex(title) != number or any(map(_CONSOLIDATED.fullmatch, names)):
        return ""
    opening = _DIGIT.split(title.casefold(), maxsplit=1)[0]
    way = next((way for way, stems in _STEMS.items() if stems.search(opening)), "")
    kind = _KINDS[found["kind"]]
    return f"{_UNION}{kind}{way}/{found['year']}/{int(found['number'])}/oj"


def _kind(resource: str) -> str:
    """The authority's name for the kind of an act of the Union: REG, DIR_IMPL and so on."""
    found = re.match(rf"{_UNION}((?:reg|dir|dec)(?:_impl|_del)?)/", resource)
    return found[1].upper() if found else ""
