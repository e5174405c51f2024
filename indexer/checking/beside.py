"""The text beside a quotation in; what is cited for it there, and whether that is right, out.

A citation belongs to a quotation if it follows it in brackets or in the same sentence, or else if
it stands before it in the same sentence. What is cited for something else is nobody's mistake, so
that a citation further off is not looked at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.checking.findings import CitedBeside, Place, Right
from indexer.document import Passage, StoredPassage
from indexer.labels import label_keys
from indexer.quotations.extract import Quotation
from indexer.references.finder import references
from indexer.references.typed import Typed
from indexer.references.values import Reference
from indexer.search.cited import Cites, Target

_QUOTED = "“”"  # in the place of the quotation
_OPENS = re.compile(r"[\s.,;:،。，；：]*([(\[（])")
_PAIRS = {"(": ")", "[": "]", "（": "）"}
_MARK = re.compile('[“„«»「『"]')
# The end of a sentence; a short word with a stop is taken for an abbreviation (para., No.).
_STOP = re.compile(r"(?:(?<=\w{5})|(?<=[)\]\d]))[.!?][”»\"]?\s+(?=[^\W\d_a-zа-я])|[。！？؟]")


@dataclass(frozen=True, slots=True)
class Named:
    """A citation beside a quotation, `text` as it is printed, with all that it can mean here.

    `is_sure` is false where another quotation stands between the two: it may be for that alone.
    """

    text: str
    label: str
    targets: tuple[Target, ...]
    is_sure: bool = True

    def rank(self, passages: Sequence[StoredPassage]) -> int:
        """How well passages answer it: 0 the very ones, 1 others of the document, 2 none of it."""
        slug = passages[0].document
        here = [target for target in self.targets if target.document.slug == slug]
        if not here:
            return 2
        is_meant = any(
            _is_at(target, each.passage.id) or self._is_numbered(each.passage)
            for target in here
            for each in passages
        )
        return 0 if is_meant else 1

    def _is_numbered(self, passage: Passage) -> bool:
        """Whether a passage has the number that is cited, wherever in its document that counts.

        Annexes count anew, and are not always named with their paragraphs.
        """
        number = self.label.partition("-")[2]
        return bool(number) and number in label_keys(passage.label, "")


class Beside:
    """Reads what is cited beside quotations, by the names that documents have."""

    def __init__(self, cites: Cites) -> None:
        self._cites = cites

    def named(self, quotation: Quotation) -> tuple[Named, ...]:
        """What is cited for `quotation`; nothing for most."""
        return tuple(
            Named(each.text, each.what.label, self._cites.targets(each.what), each.is_sure)
            for each in cited(quotation)
        )


class Asked(NamedTuple):
    """A citation as it is printed, what it asks for, and whether it is for this quotation."""

    text: str
    what: Typed
    is_sure: bool


def cited(quotation: Quotation) -> list[Asked]:
    """What is cited for a quotation in the text beside it."""
    before, after = _before(quotation.before), _after(quotation.after)
    text = f"{before}{_QUOTED}{after}"
    found = references(text)
    behind = [each for each in found if each.start >= len(before)]
    if any(each.name for each in behind):
        return list(_asked(text, [each for each in behind if each.name], is_sure=True))
    ahead = [each for each in found if each.name and each.end <= len(before)]
    if not ahead:
        return []
    last = ahead[-1].name
    places = [each._replace(name=last) for each in behind if each.label]
    is_sure = bool(places) or not _MARK.search(before, ahead[-1].end)
    named = [each for each in ahead if each.name == last]
    return list(_asked(text, places or named, is_sure=is_sure))


def judged(named: Named, places: Sequence[Place]) -> CitedBeside:
    """Whether `named` leads to one of the places where the words stand."""
    if not named.targets:
        return CitedBeside(named.text, Right.NOT_HERE)
    ranks = [named.rank(place.passages) for place in places]
    verdict = (Right.RIGHT, Right.OTHER_PARAGRAPH, Right.OTHER_DOCUMENT)[min(ranks, default=2)]
    return CitedBeside(named.text, verdict, named.targets[0].document)


def _is_at(target: Target, local_id: str) -> bool:
    """Whether a passage is what is cited, or a part of it."""
    if not target.local_id:
        return target.is_exact
    is_part = f"{local_id}-".startswith(f"{target.local_id}-")
    return is_part and target.is_exact


def _asked(text: str, found: Sequence[Reference], *, is_sure: bool) -> Iterator[Asked]:
    """Each document once, or, where paragraphs of it are cited, each of these."""
    with_places = {each.name for each in found if each.label}
    seen: set[tuple[str, str]] = set()
    for each in found:
        what = each.name, each.label
        if what in seen or (not each.label and each.name in with_places):
            continue
        seen.add(what)
        said = text[each.start : each.end]
        said = said if not each.label or each.name in said else f"{each.name}, {said}"
        yield Asked(said, Typed(each.name, each.label), is_sure)


def _before(text: str) -> str:
    """The end of `text` that is of the same sentence as what follows it."""
    ends = [found.end() for found in _STOP.finditer(text)]
    return text[ends[-1] :] if ends else text


def _after(text: str) -> str:
    """The beginning of `text` that may cite what stands before it."""
    if opened := _OPENS.match(text):
        return text[: _closed(text, opened.start(1))]
    if text.lstrip()[:1] in {".", "!", "?", "。"}:
        return ""
    ends = [found.start() for found in (_STOP.search(text), _MARK.search(text)) if found]
    return text[: min(ends, default=len(text))]


def _closed(text: str, at: int) -> int:
    """Behind the bracket that closes the one at `at`."""
    opener, depth = text[at], 0
    for place in range(at, len(text)):
        depth += (text[place] == opener) - (text[place] == _PAIRS[opener])
        if not depth:
            return place + 1
    return len(text)
