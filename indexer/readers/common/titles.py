"""What a program, a template or a site writes in the place of a title or of a publisher."""

import re
from dataclasses import replace

from indexer.document import Document

# How the origins of titles begin that a curator wrote, or that were taken out of the text.
_AS_THEY_ARE = ("sidecar", "front matter", "first ", "largest ", "paragraph ")
_LONGEST = 300  # characters of what a program writes; patterns are slow on longer ones
_MOST_WORDS = 5  # of a template's name; a title with the word in it is longer
_TEMPLATE = re.compile(
    r".*\b(?:template|vorlage|plantilla|sjabloon|шаблон|skabelon)(?:\s*v?[\d.]*)?", re.IGNORECASE
)
# What programs write by themselves: "Document1", "Untitled-2", "Microsoft Word - x".
_BY_A_PROGRAM = re.compile(
    r"""(?: (?:(?:new|transformed|converted|generated|scanned)\ )?
        (?:document|dokument|documento|документ|untitled|unbenannt|sans\ nom
        |template|normal|(?:microsoft\ )?word\ document|powerpoint\ presentation|presentation
        |slide|home|home\ page|index|web\ page|page|blank\ page|scan|draft\ document)
        [\s\d_-]* | microsoft\ (?:office\ )?(?:word|powerpoint|excel)\b.*
        | neutral\ citation\b.*|.*\bintentionally\ (?:left\ )?blank\b.*)""",
    re.IGNORECASE | re.VERBOSE,
)
# What heads a part of any document.
_PART = re.compile(
    r"""(?:introduction|einleitung|einführung|introducción|introduzione|introdução|inleiding
    |введение
    |contents|table\ of\ contents|inhalt|inhaltsverzeichnis|sommaire|índice|indice
    |sumário    |содержание    |preamble|präambel|préambule|preámbulo|background|abstract
    |foreword|vorwort|avant-propos|draft
    |schedules?|annex(?:es)?|appendix|appendices|footnotes|notes|references)\W*""",
    re.IGNORECASE | re.VERBOSE,
)
# Names of files and keys of databases, each one word.
_CODE = re.compile(
    r"""(?: \S{1,200}\.(?:docx?|docm|dot[xm]?|od[tmsp]|ott|rtf|wpd|tmp|xml|x?html?|pdf|txt|md|indd
        |qxd|xlsx?|pptx?|p65|akn|epub)
        | (?=\S*\d)\S*_\S*
        | \d+[ ][A-Z]
        | [A-Z][A-Z0-9]{0,4}/\d{1,5}/(?:19|20)\d\d
        | (?:tmp|temp|doc|dok|file|scan|img|dsc|untitled)[-.]?\d+
        | [0-9CE]\d{4}[A-Z]{1,2}\d{4}(?:\(\d\d\))?
        | [0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12} )""",
    re.IGNORECASE | re.VERBOSE,
)
_CODE_OF_A_SITE = re.compile(r"EUR-Lex - \S+ - [A-Z]{2}")
_FILE = re.compile(r".*\.(?:docx?|docm|dot[xm]?|od[tm]|ott|rtf|wpd|tmp)", re.IGNORECASE)
# What a site's own name ends with, or is.
_SITE = re.compile(
    r"(?:.*\b(?:law library|library|website|web site|portal|database|repository|online|archives?"
    r"|homepage|home|official site|gazette|wikipedia|wikisource|eur-lex|justia|findlaw|bailii)"
    r"|[\w-]+(?:\.[\w-]+)+)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/?", re.IGNORECASE)
_NO_PUBLISHER = re.compile(
    r"""(?:admin(?:istrator)?|user|author|owner|unknown|none|n/a|test|publisher|windows\ user
    |(?:microsoft|adobe|openoffice|libreoffice|wordpress|drupal|joomla|acrobat|ghostscript|latex
    |calibre|pandoc)\b.*)""",
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = (" | ", " :: ", " » ", " · ")  # which stand before a site's name and seldom in a title
_DASHES = (" - ", " – ", " — ")  # which stand in many titles too
_SITE_WORDS = 6


def with_usable_titles(document: Document) -> Document:
    """`document`, its title and publisher without what is none, unless a curator wrote them."""
    metadata = document.metadata
    known: dict[str, str] = {}
    for name, usable in (("title", usable_title), ("publisher", usable_publisher)):
        value = getattr(metadata, name)
        if value and not metadata.origins.get(name, "").startswith(_AS_THEY_ARE):
            known[name] = usable(value)
    if all(getattr(metadata, name) == value for name, value in known.items()):
        return document
    origins = {name: each for name, each in metadata.origins.items() if known.get(name, True)}
    return replace(document, metadata=replace(metadata, origins=origins, **known))  # type: ignore[arg-type]


def usable_title(title: str) -> str:
    """`title` without the name of a site at its end; empty where a person would not call it one."""
    bare = without_site(" ".join(title.split()))
    return "" if _is_none(bare) else bare


def usable_publisher(publisher: str) -> str:
    """`publisher`; empty if it is a program, the address of a site, or nobody."""
    bare = " ".join(publisher.split())
    is_none = _is_none(bare) or _NO_PUBLISHER.fullmatch(bare) or _ADDRESS.fullmatch(bare)
    return "" if is_none else bare


def without_site(title: str) -> str:
    """`title` without the name of a site at its end."""
    for sign in (*_SIGNS, *_DASHES):
        before, found, site = title.rpartition(sign)
        if not found or len(site) > _LONGEST or not before.strip():
            continue
        if len(site.split()) > _SITE_WORDS:
            continue
        if _SITE.fullmatch(site.strip()):
            return before.strip()
    return title


def _is_none(title: str) -> bool:
    if not any(map(str.isalpha, title)):
        return True
    if len(title) > _LONGEST:
        return False
    is_template = len(title.split()) <= _MOST_WORDS and _TEMPLATE.fullmatch(title)
    patterns = (_BY_A_PROGRAM, _PART, _CODE, _CODE_OF_A_SITE, _FILE)
    return bool(is_template or any(pattern.fullmatch(title) for pattern in patterns))
