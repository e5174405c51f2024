"""Pages in; the same without words in fonts that hide which characters they have, and notes, out.

Such a font gives the numbers of its drawings for characters. Among these numbers are many that are
control characters: the space, the digits and the stops come first in most fonts. A font that only
has its ligatures there is read.
"""

from collections import Counter
from collections.abc import Sequence

from indexer.errors import Unreadable
from indexer.readers.pdf.words import Page, Word

_SHARE = 0.04  # of a font's characters
_NAMED = 3
_UNKNOWN = "\ufffd"
_SUBSET = 6  # letters before "+": the name of a part of a font


def without_unmapped(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """`pages` without words that are no text, and notes on those and on missing characters.

    Raises `Unreadable` where nothing is left.
    """
    fonts = _unmapped(pages)
    kept = [_without(page, fonts) for page in pages] if fonts else list(pages)
    notes = [_note(pages, fonts)] if fonts else []
    if fonts and not any(page.words for page in kept):
        raise Unreadable(
            f"does not say which characters its fonts have ({_names(fonts)}); save it again with "
            "Unicode text, or run it through text recognition (OCR)"
        )
    return kept, notes + _missing(kept)


def _unmapped(pages: Sequence[Page]) -> list[str]:
    """The fonts too many of whose characters are none."""
    controls: Counter[str] = Counter()
    length: Counter[str] = Counter()
    for page in pages:
        for word in page.words:
            if word.unmapped:
                controls[word.font] += sum(character < " " for character in word.text)
                length[word.font] += len(word.text)
    return sorted(f for f, count in controls.items() if count and count >= _SHARE * length[f])


def _is_gone(word: Word, fonts: Sequence[str]) -> bool:
    return word.unmapped and word.font in fonts


def _without(page: Page, fonts: Sequence[str]) -> Page:
    return page._replace(words=tuple(word for word in page.words if not _is_gone(word, fonts)))


def _note(pages: Sequence[Page], fonts: Sequence[str]) -> str:
    numbers = [page.number for page in pages if any(_is_gone(word, fonts) for word in page.words)]
    others = f" and {len(numbers) - 1} more" if len(numbers) > 1 else ""
    return (
        "left out, since the font does not say which characters it has: "
        f"{_names(fonts)}, on page {numbers[0]}{others}"
    )


def _missing(pages: Sequence[Page]) -> list[str]:
    missing: list[Word] = [w for page in pages for w in page.words if _UNKNOWN in w.text]
    if not missing:
        return []
    count = sum(word.text.count(_UNKNOWN) for word in missing)
    fonts = sorted({word.font for word in missing})
    what = "1 character" if count == 1 else f"{count} characters"
    return [f"{what} missing, since the font does not say what they are: {_names(fonts)}"]


def _names(fonts: Sequence[str]) -> str:
    named = [_name(font) for font in fonts[:_NAMED]]
    return ", ".join(named) + ", …" * (len(fonts) > _NAMED)


def _name(font: str) -> str:
    prefix, plus, rest = font.partition("+")
    name = rest if plus and len(prefix) == _SUBSET else font
    return name or "a font without a name"
