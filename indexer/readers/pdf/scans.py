"""Pages in; the same out, those that are pictures of a text with what a machine read on them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import mean

import pypdfium2

from indexer.errors import Unreadable
from indexer.readers.common.tesseract import Failed, Seen, seen, turn
from indexer.readers.pdf.pictures import Dots, as_file, picture, turned
from indexer.readers.pdf.recognised import without, words
from indexer.readers.pdf.words import Page, Word
from indexer.readers.recognition import begin_page, current

_INCH = 72  # points
_SURE = 60.0  # of a word that is more than a stain of a picture which is no text
_UPRIGHT, _FEW = 65.0, 10  # the confidence in words of an upright page; and words that tell
_LONG = 4  # letters of a word that is broader than high
_NAMED_PAGES = 10  # in a note


def without_text(found: Sequence[Page], problem: str) -> list[str]:
    """Notes on the pages that are pictures; raises `Unreadable` where no page has any text.

    `problem` is what went wrong with them, where they were to be read.
    """
    bare = [page for page in found if not page.words]
    pictures = [page for page in found if page.has_pictures]
    advice = problem or current().advice or "nothing could be recognised on them"
    if all(page.has_pictures or not page.words for page in found):
        if pictures:
            what = "no text but a stamp" if len(bare) < len(found) else "no text"
            raise Unreadable(f"has pictures of pages and {what}; {advice}")
        raise Unreadable("has no text on any page")
    if not pictures or problem:  # what went wrong is noted already
        return []
    numbers = ", ".join(_runs(page.number for page in pictures))
    return [f"pages that are pictures without text: {numbers}; {advice}"]


class Scans:
    """Reads the pages of one document that are pictures, where that is asked for and possible."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._recognition = current()
        self._confidences: dict[int, float] = {}  # by the page
        self._failures: dict[str, list[int]] = defaultdict(list)  # by the reason

    def read(self, found: Iterable[Page]) -> Iterator[Page]:
        """`found`, pictures of a text with the words on them."""
        for page in found:
            is_wanted = page.has_pictures and self._recognition.is_ready
            yield self._read(page) if is_wanted else page

    def notes(self) -> list[str]:
        """What was read by machine, and what could not be."""
        notes = [f"page{_numbers(pages)} {reason}" for reason, pages in self._failures.items()]
        if self._confidences:
            confidence = f"confidence {mean(self._confidences.values()):.0f} %"
            notes.append(f"read by machine (OCR), page{_numbers(self._confidences)}, {confidence}")
        return notes

    def problem(self) -> str:
        """Why the first page that could not be read was not; empty where none failed."""
        return next(iter(self._failures), "")

    def _read(self, page: Page) -> Page:
        begin_page()
        try:
            return self._recognised(page)
        except Failed as error:
            self._failures[str(error)].append(page.number)
            return page

    def _recognised(self, page: Page) -> Page:
        opened = self._document[page.number - 1]
        try:
            dots, dpi = picture(opened)
        finally:
            opened.close()
        scale = _INCH / dpi
        found, dots = self._seen(dots, round(dpi))
        text = without(words(found, scale), page.words)
        # Few words may be those of an ornament, and what lies over it the text.
        is_text = len(text) > len(page.words)
        if not is_text:
            text = [word for word in text if _confidence(word) >= _SURE]
        if not text:
            return page
        stamps = tuple(word.text for word in page.words) if is_text else ()
        self._confidences[page.number] = mean(map(_confidence, text))
        return page._replace(
            width=dots.shape[1] * scale,
            height=dots.shape[0] * scale,
            words=tuple(text if is_text else (*page.words, *text)),
            has_pictures=False,
            marks=(*page.marks, *stamps),
        )

    def _seen(self, dots: Dots, dpi: int) -> tuple[list[Seen], Dots]:
        """The words on a picture, and the picture as they stand upright on it."""
        image = as_file(dots)
        found = seen(image, dpi, self._recognition)
        if _is_upright(found):
            return found, dots
        degrees = turn(image, dpi, self._recognition)
        if not degrees:
            return found, dots
        begin_page()
        upright = turned(dots, degrees)
        return seen(as_file(upright), dpi, self._recognition), upright


def _is_upright(found: Sequence[Seen]) -> bool:
    """Whether words lie as they should: most broader than high, and read with some confidence."""
    long = [each for each in found if len(each.text) >= _LONG]
    high = sum(each.bottom - each.top > each.right - each.left for each in long)
    if len(found) < _FEW or 2 * high > len(long):
        return False
    return mean(each.confidence for each in found) >= _UPRIGHT


def _confidence(word: Word) -> float:
    return word.confidence or 0.0


def _numbers(pages: Iterable[int]) -> str:
    """` 4` or `s 1 to 3, 7, …`."""
    named = _runs(pages)
    return f" {named[0]}" if named[0].isdecimal() and len(named) == 1 else f"s {', '.join(named)}"


def _runs(numbers: Iterable[int]) -> list[str]:
    """`numbers`, those that follow each other as `1 to 3`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return told[:_NAMED_PAGES] + ["…"] * (len(told) > _NAMED_PAGES)
