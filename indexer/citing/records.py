"""A source in, a record for a program that keeps literature out: BibTeX, RIS, CSL-JSON."""

import json
import re
from typing import Any

from indexer.citing.dates import parts
from indexer.citing.source import Source

_SPACE = re.compile(r"\s+")
_LATEX = str.maketrans({
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # an escaped brace still counts as one
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
})  # fmt: skip


def bibtex(source: Source) -> str:
    """A `@techreport`, with fields of biblatex beside those of BibTeX."""
    known = parts(source.issued)
    fields = {
        "title": f"{{{_latex(source.title)}}}",  # in double braces: its capitals stay
        "author": f"{{{_latex(source.publisher)}}}" if source.publisher else "",
        "institution": _latex(source.publisher),
        "number": _latex(source.number),
        "date": source.issued if known else "",
        "year": str(known[0]) if known else _latex(source.issued),
        "pages": str(source.page or ""),
        "url": source.url.replace("%", r"\%").replace("#", r"\#"),
        "urldate": source.accessed.isoformat(),
        "langid": _latex(source.language),
        "note": _latex(_note(source)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@techreport{{{source.key},", *lines, "}", ""])


def ris(source: Source) -> str:
    """A record of type `RPRT`, whose number is `SN`; its lines ended as the format wants them."""
    known = parts(source.issued)
    year, month, day = (*known, 0, 0, 0)[:3]
    date = f"{year}/{month or ''}/{day or ''}/" if year else ""
    fields = [
        ("TY", "RPRT"),
        ("ID", source.key),
        ("TI", source.title),
        ("AU", "" if "," in source.publisher else source.publisher),  # else it is a person's name
        ("PB", source.publisher),
        ("SN", source.number),
        ("PY", str(year or source.issued)),
        ("DA", date),
        ("SP", str(source.page or "")),
        ("UR", source.url),
        ("Y2", source.accessed.strftime("%Y/%m/%d/")),
        ("LA", source.language),
        ("N1", _note(source)),
    ]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl(source: Source) -> dict[str, Any]:
    """An item of CSL-JSON."""
    item: dict[str, Any] = {
        "id": source.key,
        "type": "report",
        "title": source.title,
        "number": source.number,
        "publisher": source.publisher,
        "page": str(source.page or ""),
        "URL": source.url,
        "language": source.language,
        "note": _note(source),
        "accessed": {
            "date-parts": [[source.accessed.year, source.accessed.month, source.accessed.day]]
        },
    }
    if source.publisher:
        item["author"] = [{"literal": source.publisher}]
    if known := parts(source.issued):
        item["issued"] = {"date-parts": [list(known)]}
    elif source.issued:
        item["issued"] = {"literal": source.issued}
    return {name: value for name, value in item.items() if value}


def csl_json(source: Source) -> str:
    """A list of one item, as programs read it from a file."""
    return json.dumps([csl(source)], ensure_ascii=False, indent=2) + "\n"


def _note(source: Source) -> str:
    """What these formats have no field for."""
    return ", ".join(filter(None, (source.place, f"edition {source.edition}", *source.caveats)))


def _latex(text: str) -> str:
    return _one_line(text).translate(_LATEX)


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
