"""Tells an address of the web from a word with wildcards: a `?` in it asks for no letter."""

import re

_WEB = re.compile(
    r"[a-z][a-z0-9+.-]*://\S"  # with a scheme
    r"|www\.\w"
    r"|[^?*]*\?[\w.%~+\[\]-]+="  # anything with a query: page?x=1
    r"|[\w-]+\.[\w.-]*\w/[^?*]*\?",  # a host and a path: example.org/page?latest
    re.IGNORECASE,
)


def is_web_address(text: str) -> bool:
    """Whether `text`, typed without a space, is an address of the web or ends like one."""
    return bool(_WEB.match(text))
