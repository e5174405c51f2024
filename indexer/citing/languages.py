"""A tag of a language in, its code of three letters (ISO 639-3) out."""

from functools import cache

from babel.core import get_global

_LONG, _SHORT = 3, 2  # letters
# Other codes that CLDR takes for the same: those of ISO 639-2 for libraries, and those of single
# languages of a group that has a code of its own, such as `cmn` beside `zho`.
_OTHER_CODES = """
    alb arm baq bur chi cze dut fre geo ger gre ice mac mao may mol per rum scc scr slo tib wel
    adp als arb ayr azj cls cmn cwd drh ekk esk fuc gaz gug ike khk kmr kng knc kpv lvs npi ojg ory
    pbu pes plt prp quz src swh twi uzn ydd zsm zyb
"""
_OTHERS = frozenset(_OTHER_CODES.split())


def three_letters(tag: str) -> str:
    """The code of the language that a BCP 47 tag begins with; empty where none is known."""
    base = tag.partition("-")[0].lower()
    return base if len(base) == _LONG else _codes().get(base, "")


@cache
def _codes() -> dict[str, str]:
    known = get_global("language_aliases").items()
    return {
        short: code
        for code, short in known
        if len(code) == _LONG and len(short) == _SHORT and code not in _OTHERS
    }
