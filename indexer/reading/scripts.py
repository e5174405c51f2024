"""The paragraphs of a document in; which of them are in its other script, where it has two, out.

Treaties print two languages side by side, so that each official position is there twice.
"""

import re
from collections import Counter
from collections.abc import Sequence

_SCRIPTS = {
    "latn": "[A-Za-z\u00c0-\u024f]",
    "hani": "[\u3040-\u30ff\u3400-\u9fff]",
    "cyrl": "[\u0400-\u052f]",
    "arab": "[\u0600-\u06ff]",
    "grek": "[\u0370-\u03ff]",
    "hebr": "[\u0590-\u05ff]",
    "deva": "[\u0900-\u097f]",
    "thai": "[\u0e00-\u0e7f]",
    "hang": "[\uac00-\ud7af]",
}
_PATTERNS = {name: re.compile(signs) for name, signs in _SCRIPTS.items()}
_OTHER = re.compile("[\u0370-\u1fff\u2e80-\ud7ff]")  # letters of no Latin script
_LOOKED_AT = 80  # characters of a paragraph
_SHARE = 0.25  # of the paragraphs, from which on a script is that of a language of the document


def other_scripts(texts: Sequence[str], first: str) -> list[str]:
    """For each paragraph the code of its script, if it is not that of `first`; else "".

    A script in which a few paragraphs are is no other language of the document.
    """
    if not any(not text.isascii() and _OTHER.search(text, 0, _LOOKED_AT) for text in texts):
        return [""] * len(texts)
    scripts = [_script(text) for text in texts]
    times = Counter(filter(None, scripts))
    enough = _SHARE * sum(times.values())
    own = _script(first)
    others = {script for script, count in times.items() if count >= enough and script != own}
    return [script if script in others else "" for script in scripts]


def _script(text: str) -> str:
    """The script that most letters of the opening of `text` are in."""
    opening = text[:_LOOKED_AT]
    if opening.isascii():
        return "latn" if _PATTERNS["latn"].search(opening) else ""
    found = {name: len(pattern.findall(opening)) for name, pattern in _PATTERNS.items()}
    best = max(found, key=lambda name: found[name])
    return best if found[best] else ""
