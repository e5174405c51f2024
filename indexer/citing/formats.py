"""The styles and formats that a citation is offered in, by the names that people may ask for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indexer.citing import records, runs
from indexer.citing.source import Source
from indexer.citing.styles import cite

NAMES: Mapping[str, str] = {
    "plain": "Plain",
    "un": "United Nations",
    "chicago": "Chicago (notes)",
    "oscola": "OSCOLA",
    "bluebook": "Bluebook",
}
TEXTS: Mapping[str, Callable[[list[runs.Run]], str]] = {
    "text": runs.plain,
    "markdown": runs.markdown,
    "html": runs.html,
}


@dataclass(frozen=True, slots=True)
class Record:
    """A format of files that programs import."""

    name: str
    suffix: str
    mimetype: str
    write: Callable[[Source], str]


RECORDS: Mapping[str, Record] = {
    "bibtex": Record("BibTeX", ".bib", "application/x-bibtex", records.bibtex),
    "ris": Record("RIS", ".ris", "application/x-research-info-systems", records.ris),
    "csl": Record("CSL-JSON", ".json", "application/vnd.citationstyles.csl+json", records.csl_json),
}


def citation(source: Source, style: str = "plain", form: str = "text") -> str:
    """`source` in a style of `NAMES`, as a form of `TEXTS`; or as one of `RECORDS`."""
    if form in RECORDS:
        return RECORDS[form].write(source)
    return TEXTS[form](cite(source, style))
