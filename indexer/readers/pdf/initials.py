"""A page in; the same with each large initial joined to its word, and the lines beside it level."""

from collections.abc import Iterable, Iterator

from indexer.readers.pdf.words import Page, Word

_INITIAL = 1.8  # times the size of the text
_NEAR = 2.0  # sizes of the text: a line beside an initial begins no further from it
_LINE = 0.5  # of the size: words whose baselines are further apart are in two lines


def with_initials(page: Page) -> Page:
    """`page`, its large initials as parts of the words that they begin."""
    return page._replace(words=tuple(_level(_joined(page.words))))


def _joined(words: Iterable[Word]) -> Iterator[tuple[Word, Word | None]]:
    """Each word, and the initial that it was joined with."""
    initial: Word | None = None
    for word in words:
        if initial:
            if word.text[:1].islower() and initial.size > _INITIAL * word.size:
                yield word._replace(text=initial.text + word.text, left=initial.left), initial
            else:
                yield from ((initial, None), (word, None))
            initial = None
        elif len(word.text) == 1 and word.text.isupper():
            initial = word
        else:
            yield word, None
    if initial:
        yield initial, None


def _level(words: Iterable[tuple[Word, Word | None]]) -> Iterator[Word]:
    """The words; a line that stands beside an initial begins where the initial does."""
    beside: Word | None = None
    base = 0.0  # of the last line that is known to begin there
    for word, initial in words:
        if initial:
            beside, base = initial, word.base
        elif beside and _opens_beside(word, beside, base):
            base = word.base
            yield word._replace(left=beside.left)
            continue
        yield word


def _opens_beside(word: Word, initial: Word, base: float) -> bool:
    below = word.base - base > _LINE * word.size
    within = word.base - initial.base < _LINE * word.size
    return below and within and 0 <= word.left - initial.right < _NEAR * word.size
