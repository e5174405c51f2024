"""One quotation in, the finding of it out: which of the candidates it is from, and how exactly.

First the passages that have its words next to each other; then those that are like it, with what
stands beside them; then what stood in earlier editions; at last its pieces, each by itself.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.checking.beside import Beside, Named, judged
from indexer.checking.candidates import Candidates
from indexer.checking.earlier import EarlierTexts
from indexer.checking.findings import CitedBeside, Finding, Part, Place, Right
from indexer.checking.runs import Run, run_of
from indexer.document import StoredDocument, StoredPassage
from indexer.quotations.compare import SHORTEST, Comparison, compare, is_there
from indexer.quotations.extract import Quotation
from indexer.quotations.text import Quoted
from indexer.quotations.verdicts import SOUND, Verdict
from indexer.quotations.words import Words
from indexer.search.cited import Cites
from indexer.store.store import Store

_ALIGNED = 6  # candidates that are aligned word by word
_WIDENED = 3  # candidates whose neighbours are looked at too
_STEPS = 12  # paragraphs before and behind one that are added to it, one by one
_ELSEWHERE = 5  # other places that are told
_NEAREST = 0.4  # likeness from which on an absent quotation is shown beside the nearest text
_FEW = 10  # words; an altered quotation of fewer may be of another text
_PIECE = 5  # words of a piece that is looked for by itself
_NOT_CITED, _CITED = 2, 0.1  # rank of what is not cited; likeness that what is cited gains
_LIKELY = 0.8  # likeness from which on a quotation is no longer looked for in pieces

Judged = tuple[Comparison, Run]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A quotation, with what is cited for it in the text beside it."""

    quotation: Quotation
    quoted: Quoted
    named: tuple[Named, ...]

    @property
    def slugs(self) -> list[str]:
        """The documents that are cited."""
        return list({target.document.slug for each in self.named for target in each.targets})

    def order(self, judged: Judged) -> tuple[float, float, float]:
        """By which what it may be from is sorted: of equal words, what is cited comes first."""
        found, run = judged
        ranks = [each.rank(run.touched(found.place)) for each in self.named]
        rank = min(ranks, default=_NOT_CITED)
        if found.verdict in SOUND:
            return 0, rank, found.verdict.rank
        grade, unlikeness = found.order
        return grade, unlikeness - (_CITED if rank < _NOT_CITED else 0), 0


class Judge:
    """Judges the quotations of one draft."""

    def __init__(self, store: Store, candidates: Candidates, earlier: EarlierTexts) -> None:
        self._store = store
        self._candidates = candidates
        self._earlier = earlier
        self._beside = Beside(Cites(store.cited))
        self._runs: dict[int, Run] = {}
        self._documents: dict[int, StoredDocument] = {}

    def finding(self, quotation: Quotation) -> Finding:
        """The verdict on `quotation`."""
        asked = _Asked(quotation, Quoted(quotation.text), self._beside.named(quotation))
        if not len(asked.quoted.words):
            return Finding(quotation, Verdict.TOO_SHORT)
        exact = self._exact(asked)
        if asked.quoted.size < SHORTEST:
            return self._found(asked, Verdict.TOO_SHORT, exact)
        if _is_sound(exact):
            return self._found(asked, exact[0][0].verdict, exact)
        keys = self._candidates.like(asked.quoted)
        like = self._like(asked, keys)
        better = None if _is_sound(like) else self._otherwise(asked, like, keys)
        return better or self._found(asked, like[0][0].verdict if like else Verdict.ABSENT, like)

    def _otherwise(
        self, asked: _Asked, like: Sequence[Judged], keys: Sequence[int]
    ) -> Finding | None:
        """What the end of one passage and the next say together, an earlier edition, or pieces."""
        best = like[0][0] if like else None
        is_likely = best is not None and best.likeness >= _LIKELY
        across = self._across(asked, keys)
        if _is_sound(across):
            return self._found(asked, across[0][0].verdict, across)
        before = self._compared(asked, self._read(self._earlier.like(asked.quoted)))
        is_there = bool(before) and before[0][0].verdict is not Verdict.ABSENT
        if is_there and (best is None or before[0][0].order < best.order):
            return self._found(asked, Verdict.EARLIER, before)
        if not is_likely:
            parts = self._in_pieces(asked.quoted, [run for _, run in like])
            return self._told(asked, Verdict.STITCHED, parts) if parts else None
        return None

    def _found(self, asked: _Asked, verdict: Verdict, judged: Sequence[Judged]) -> Finding:
        """The finding by the best of `judged`, with the other places of the same words."""
        if not judged or (verdict is Verdict.ABSENT and judged[0][0].likeness < _NEAREST):
            return self._told(asked, verdict, ())
        best, run = judged[0]
        place = self._place(best, run)
        if verdict in SOUND and not place.stands:  # the index is behind the store
            verdict = Verdict.EARLIER
        others = [
            self._place(each, other)
            for each, other in judged[1:]
            if each.verdict is best.verdict and each.verdict in SOUND
        ]
        there = {stored.key for stored in place.passages}
        others = [each for each in others if each.passages[0].key not in there]
        part = Part(asked.quoted.text, run.source.text, best, place)
        told = self._told(asked, verdict, (part,), others)
        return replace(told, is_doubtful=_is_doubtful(asked, judged))

    def _told(
        self, asked: _Asked, verdict: Verdict, parts: tuple[Part, ...], others: Sequence[Place] = ()
    ) -> Finding:
        places = [*(part.place for part in parts), *others] if verdict is not Verdict.ABSENT else []
        named = () if verdict is Verdict.TOO_SHORT else asked.named
        checked = [(each, self._checked(asked, each, places)) for each in named]
        cited = tuple(e for each, e in checked if each.is_sure or e.is_right is Right.RIGHT)
        more = len(others) > _ELSEWHERE
        titled = self._titled(asked.quoted) if verdict is Verdict.ABSENT or not parts else None
        return Finding(
            asked.quotation, verdict, parts, tuple(others[:_ELSEWHERE]), more, cited, titled
        )

    def _titled(self, quoted: Quoted) -> StoredDocument | None:
        """The oldest document with the words in its title or a heading, if there is one."""
        found = self._read(self._candidates.titled(quoted))
        return self._documents[found[0].passages[0].key] if found else None

    def _checked(self, asked: _Asked, named: Named, places: Sequence[Place]) -> CitedBeside:
        """Whether a citation is right, and if its document has other words, which."""
        found = judged(named, places)
        if found.is_right is not Right.OTHER_DOCUMENT:
            return found
        slugs = [target.document.slug for target in named.targets]
        runs = self._read(self._candidates.like(asked.quoted, slugs))
        pairs = asked.quoted.words.pairs
        runs.sort(key=lambda run: -len(pairs & run.source.words.pairs))
        near = self._compared(asked, runs[:_WIDENED])
        if not near or near[0][0].verdict is Verdict.ABSENT:
            return found
        best, run = near[0]
        part = Part(asked.quoted.text, run.source.text, best, self._place(best, run))
        return replace(found, nearest=part)

    def _exact(self, asked: _Asked) -> list[Judged]:
        """Beside the passages that have its words next to each other, first those it cites."""
        keys = self._candidates.exact(asked.quoted)
        if asked.slugs:
            keys = [*self._candidates.exact(asked.quoted, asked.slugs), *keys]
        runs = self._read(list(dict.fromkeys(keys)))
        return self._compared(asked, [run for run in runs if is_there(asked.quoted, run.source)])

    def _compared(self, asked: _Asked, runs: Iterable[Run]) -> list[Judged]:
        """The quotation beside each of `runs`, the best first."""
        return sorted(((compare(asked.quoted, r.source), r) for r in runs), key=asked.order)

    def _like(self, asked: _Asked, keys: Sequence[int]) -> list[Judged]:
        """Beside those of the passages that have the most of its words, and their neighbours."""
        if asked.slugs:
            keys = [*self._candidates.like(asked.quoted, asked.slugs), *keys]
        pairs = asked.quoted.words.pairs
        runs = self._read(list(dict.fromkeys(keys)))
        runs.sort(key=lambda run: -len(pairs & run.source.words.pairs))
        found = self._compared(asked, runs[:_ALIGNED])
        if found and not _is_sound(found):
            wider = self._widened(asked.quoted, found[:_WIDENED])
            found = sorted([*found, *wider], key=asked.order)
        return found

    def _across(self, asked: _Asked, keys: Sequence[int]) -> list[Judged]:
        """Beside each two passages that it may go through.

        Of a long quotation both are among the candidates, `keys`, and follow each other.
        """
        there = set(keys)
        pairs_there = [key for key in keys if key + 1 in there]
        runs = self._read([*self._candidates.across(asked.quoted), *pairs_there])
        following = self._store.beside([run.passages[0].key for run in runs])
        pairs = [(run.passages[0], following[run.passages[0].key][1]) for run in runs]
        return self._compared(asked, (run_of([one, other]) for one, other in pairs if other))

    def _widened(self, quoted: Quoted, judged: Sequence[Judged]) -> Iterator[Judged]:
        """Beside each passage with its number, and with those before and behind it."""
        ends = {stored.key for _, run in judged for stored in run.passages}
        beside = self._store.beside(ends)
        for found, run in judged:
            yield from self._with_label(quoted, run.passages)
            if len(quoted.words) > len(run.source.words):
                around = self._around(run.passages[0], len(quoted.words))
                wider = run_of(around)
                yield compare(quoted, wider.source), wider
                yield from self._with_label(quoted, around)
                continue
            best: Judged = (found, run)
            for _ in range(_STEPS):
                first, last = best[1].passages[0].key, best[1].passages[-1].key
                if missing := {first, last} - beside.keys():
                    beside |= self._store.beside(missing)
                grown = (beside[first][0], *best[1].passages, beside[last][1])
                wider = run_of([each for each in grown if each])
                wide = (compare(quoted, wider.source), wider)
                if wide[0].order >= best[0].order:
                    break
                best = wide
            if best[1] is not run:
                yield best
                if best[0].verdict not in SOUND:
                    yield from self._with_label(quoted, best[1].passages)

    def _around(self, passage: StoredPassage, words: int) -> list[StoredPassage]:
        """`passage` with so many words of its document before and behind it."""
        every = self._store.passages(passage.document)
        at = next((n for n, each in enumerate(every) if each.key == passage.key), None)
        if at is None:  # it changed meanwhile
            return [passage]
        before = _some_of(every[:at][::-1], words)[::-1]
        return [*before, passage, *_some_of(every[at + 1 :], words)]

    def _with_label(self, quoted: Quoted, passages: Sequence[StoredPassage]) -> Iterator[Judged]:
        if any(stored.passage.label for stored in passages):
            labelled = run_of(passages, with_labels=True)
            yield compare(quoted, labelled.source), labelled

    def _in_pieces(self, quoted: Quoted, runs: Sequence[Run]) -> tuple[Part, ...]:
        """The pieces of `quoted` in different places, if each of them stands somewhere."""
        if len(quoted.segments) > 1:
            pieces = [quoted.words.said(*segment) for segment in quoted.segments]
        else:
            pieces = _halves(quoted, runs)
        if not pieces or any(Quoted(piece).size < _PIECE for piece in pieces):
            return ()
        parts: list[Part] = []
        for piece in pieces:
            part = self._piece(Quoted(piece), {part.place.document.slug for part in parts})
            if part is None:
                return ()
            parts.append(part)
        return tuple(parts)

    def _piece(self, piece: Quoted, slugs: Collection[str]) -> Part | None:
        """Where a piece stands as it is; if it can be, where the pieces before it do."""
        for some in (slugs, ()) if slugs else ((),):
            for run in self._read(self._candidates.exact(piece, some)):
                if is_there(piece, run.source):
                    found = compare(piece, run.source)
                    return Part(piece.text, run.source.text, found, self._place(found, run))
        return None

    def _read(self, keys: Sequence[int]) -> list[Run]:
        """The passages with `keys`, each as a text of its own, in this order."""
        wanted = [key for key in keys if key not in self._runs]
        if wanted:
            for key, row in self._store.found(wanted).items():
                self._runs[key] = run_of([row.passage()])
                self._documents[key] = row.document()
        return [self._runs[key] for key in keys if key in self._runs]

    def _place(self, found: Comparison, run: Run) -> Place:
        touched = run.touched(found.place)
        document = next(
            (self._documents[each.key] for each in touched if each.key in self._documents), None
        ) or self._store.document(touched[0].document)
        ends = [each.until for each in touched if each.until is not None]
        edition = min(ends) - 1 if ends else document.edition
        return Place(document, touched, edition, document.present and not ends)


def _is_doubtful(asked: _Asked, judged: Sequence[Judged]) -> bool:
    """Whether the words are not all there, and another text than the best may be meant."""
    best, run = judged[0]
    if best.verdict in SOUND or best.verdict is Verdict.ABSENT:
        return False
    if any(each.rank(run.touched(best.place)) < _NOT_CITED for each in asked.named):
        return False
    near = (
        each for each, other in judged[1:] if other.passages[0].document != run.passages[0].document
    )
    return asked.quoted.size < _FEW or any(each.order <= best.order for each in near)


def _is_sound(judged: Sequence[Judged]) -> bool:
    return bool(judged) and judged[0][0].verdict in SOUND


def _some_of(passages: Sequence[StoredPassage], words: int) -> list[StoredPassage]:
    """The first of `passages`, with so many words together."""
    some: list[StoredPassage] = []
    for each in passages:
        if words <= 0:
            break
        some.append(each)
        words -= len(Words(each.passage.text))
    return some


def _halves(quoted: Quoted, runs: Sequence[Run]) -> list[str]:
    """The two pieces that it is made of, if one text has its beginning and another its end."""
    keys = quoted.words.keys
    ahead = max((_longest(keys, run, from_start=True) for run in runs), default=0)
    behind = max((_longest(keys, run, from_start=False) for run in runs), default=0)
    if ahead + behind < len(keys) or min(ahead, behind) < _PIECE:
        return []
    border = min(ahead, len(keys) - _PIECE)
    return [quoted.words.said(0, border), quoted.words.said(border, len(keys))]


def _longest(keys: Sequence[str], run: Run, *, from_start: bool) -> int:
    """How many words from the start, or to the end, stand next to each other in a text."""
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high + 1) // 2
        piece = keys[:middle] if from_start else keys[len(keys) - middle :]
        if run.source.places(list(piece), most=1):
            low = middle
        else:
            high = middle - 1
    return low
