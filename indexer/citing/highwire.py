"""A source in, the `citation_*` fields out by which programs that keep literature read a page."""

from indexer.citing.source import Source, named_in_list

Field = tuple[str, str]

# Zotero takes a page with this field for a report, and keeps a number only for reports. It passes
# over a field without any content, but not over a space, which it then leaves out.
_UNKNOWN = " "


def fields(source: Source) -> tuple[Field, ...]:
    """Names and contents, in the order of a page; a field that is not known is left out.

    There is no `citation_author`: programs take one for a person and turn its words round.
    """
    cited = named_in_list(source)
    known = (
        ("citation_title", cited.title),
        ("citation_technical_report_institution", cited.publisher or _UNKNOWN),
        ("citation_technical_report_number", cited.number),
        ("citation_date", cited.issued),
        ("citation_language", cited.language),
        ("citation_firstpage", str(cited.page or "")),
        ("citation_public_url", cited.url),
    )
    return tuple((name, content) for name, content in known if content)
