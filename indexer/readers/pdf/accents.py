"""A page in; the same with accents that stand for quotation marks before the words they open, out.

Some fonts call the sign ` an accent of the letter before. Such an accent has no letter.
"""

from collections.abc import Sequence

from indexer.readers.pdf.words import Page, Word

_FIRST, _LAST = "\u0300", "\u036f"  # what Unicode calls combining diacritical marks
_ALONE = {"\u0300": "`", "\u0301": "´", "\u0302": "^", "\u0303": "~", "\u0308": "¨"}
_NEAR = 0.5  # of the size
_LINE = 0.5  # of the size: words whose baselines are nearer are in one line


def with_accents(page: Page) -> Page:
    """`page`, each accent without a letter as a sign of the word that it stands before."""
    if not any(_FIRST <= word.text[0] <= _LAST for word in page.words):
        return page
    words = list(page.words)
    alone = [at for at, word in enumerate(words) if len(word.text) == 1 and word.text in _ALONE]
    gone = set()
    for at in alone:
        behind = _behind(words[at], words)
        if behind >= 0:
            opened = words[behind]
            words[behind] = opened._replace(
                text=_ALONE[words[at].text] + opened.text, left=words[at].left
            )
            gone.add(at)
    kept = (word for at, word in enumerate(words) if at not in gone)
    return page._replace(words=tuple(map(_with_sign, kept)))


def _behind(accent: Word, words: Sequence[Word]) -> int:
    """The place of the word that begins where `accent` ends, or -1."""
    near = [
        (abs(word.left - accent.right), at)
        for at, word in enumerate(words)
        if word is not accent
        and abs(word.base - accent.base) < _LINE * accent.size
        and abs(word.left - accent.right) < _NEAR * accent.size
    ]
    return min(near)[1] if near else -1


def _with_sign(word: Word) -> Word:
    sign = _ALONE.get(word.text[0])
    return word._replace(text=sign + word.text[1:]) if sign else word
