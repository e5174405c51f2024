"""Paragraphs of a library in, quotations of them out, each with the verdict that is right."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.analysis.analyzer import base_language
from indexer.library import Library
from indexer.quotations.negations import denies_after, denies_before, denying
from indexer.quotations.verdicts import Verdict
from indexer.quotations.words import Words, is_sign

_NOT = {"en": "not", "fr": "pas", "es": "no", "ru": "не", "zh": "不", "ar": "لا", "de": "nicht"}
_SIGNS = 1.7  # of a Chinese word
_TRIES = 2_000
_MISREAD = {"e": "c", "l": "1", "o": "0", "n": "u", "a": "o", "и": "п", "о": "а", "н": "п"}
_MISREAD |= {"ر": "ز", "ب": "ت", "ا": "ل", "的": "约", "国": "因", "会": "合"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the library, with its document and its words."""

    slug: str
    text: str
    language: str
    words: Words

    @property
    def joint(self) -> str:
        """What stands between two words of it."""
        return "" if is_sign(self.words.keys[0]) else " "


@dataclass(frozen=True, slots=True)
class Gold:
    """A quotation, how it was made, the verdict that is right, and whether a denial is touched."""

    kind: str
    language: str
    text: str
    verdict: Verdict
    denies: bool = False


class Maker:
    """Makes quotations of a library's paragraphs."""

    def __init__(
        self, library: Library, languages: list[str], strangers: Path | None, seed: int
    ) -> None:
        self._random = random.Random(seed)
        self._by: dict[str, list[Paragraph]] = defaultdict(list)
        self._next: dict[int, Paragraph] = {}
        self._lines: dict[str, str] = {}
        for reading in library.export():
            before: Paragraph | None = None
            for stored in reading.passages:
                language = base_language(stored.passage.language)
                if language not in languages:
                    continue
                words = Words(stored.passage.text)
                now = Paragraph(reading.document.slug, stored.passage.text, language, words)
                if before:
                    self._next[id(before)] = now
                self._by[language].append(now)
                before = now
        for language, paragraphs in self._by.items():
            self._lines[language] = "".join(f" {' '.join(p.words.keys)} |" for p in paragraphs)
        self._strangers = _sentences(strangers) if strangers else []

    def gold(self, kind: str, language: str, length: int) -> Gold | None:
        """A quotation of `length` words; None where the library gives none of this kind."""
        make: Callable[[str, int], Gold | None] = getattr(self, f"_{kind}")
        many = round(length * _SIGNS) if language in {"zh", "ja"} else length
        for _ in range(_TRIES):
            if made := make(language, many):
                return made
        return None

    def _span(self, language: str, many: int) -> tuple[Paragraph, int, int] | None:
        """Some words of a paragraph that no word beside them denies."""
        paragraph = self._random.choice(self._by[language])
        keys = paragraph.words.keys
        if len(keys) < many:
            return None
        first = self._random.randint(0, len(keys) - many)
        end = first + many
        if denies_before(keys, first, language) is not None or denies_after(keys, end, language):
            return None
        return paragraph, first, end

    def _is_there(self, language: str, text: str) -> bool:
        return f" {' '.join(Words(text).keys)} " in self._lines[language]

    def _exact(self, language: str, many: int) -> Gold | None:
        if not (found := self._span(language, many)):
            return None
        paragraph, first, end = found
        return Gold("exact", language, paragraph.words.said(first, end), Verdict.AS_WRITTEN)

    def _typography(self, language: str, many: int) -> Gold | None:
        if not (found := self._span(language, many)):
            return None
        said = found[0].words.said(*found[1:])
        changes: list[Callable[[str], str]] = [
            lambda t: t.translate(str.maketrans("’‘“”", "''\"\"")),
            lambda t: t.replace("-", "\u2010").replace("\u2011", "\u2010"),
            lambda t: t.upper(),
            lambda t: t[0].swapcase() + t[1:],
            lambda t: t.replace(",", " –", 1),
            lambda t: t.replace("，", ",").replace("；", ";"),
            lambda t: t.replace("ل", "لـ", 1),
        ]
        self._random.shuffle(changes)
        text = next((changed for change in changes if (changed := change(said)) != said), said)
        is_changed = text != said and Words(text).keys == Words(said).keys
        return Gold("typography", language, text, Verdict.TYPOGRAPHY) if is_changed else None

    def _swapped(self, language: str, many: int) -> Gold | None:
        return self._altered("swapped", language, many)

    def _dropped(self, language: str, many: int) -> Gold | None:
        return self._altered("dropped", language, many + 1)

    def _added(self, language: str, many: int) -> Gold | None:
        return self._altered("added", language, many - 1)

    def _altered(self, kind: str, language: str, many: int) -> Gold | None:
        if not (found := self._span(language, many)):
            return None
        paragraph, first, end = found
        parts = _parts(paragraph, first, end)
        other = self._random.choice(self._by[language])
        word = _parts(other, 0, len(other.words))[self._random.randrange(len(other.words))].strip()
        at = self._random.randint(1, len(parts) - 2)
        joint = paragraph.joint
        new = {"swapped": [word + joint], "dropped": [], "added": [word + joint, parts[at]]}[kind]
        text = "".join([*parts[:at], *new, *parts[at + 1 :]]).strip()
        if Words(text).keys == paragraph.words.keys[first:end] or self._is_there(language, text):
            return None
        old = paragraph.words.keys[first + at : first + at + 1] if kind != "added" else []
        denied = denying([*old], language) or (
            kind != "dropped" and denying(Words(word).keys, language)
        )
        return Gold(kind, language, text, Verdict.ALTERED, denies=bool(denied))

    def _denied(self, language: str, many: int) -> Gold | None:
        if not (found := self._span(language, many - 1)):
            return None
        paragraph, first, end = found
        parts = _parts(paragraph, first, end)
        at = self._random.randint(1, len(parts) - 1)
        parts.insert(at, _NOT[language] + paragraph.joint)
        text = "".join(parts)
        if self._is_there(language, text):
            return None
        return Gold("denied", language, text, Verdict.ALTERED, denies=True)

    def _undenied(self, language: str, many: int) -> Gold | None:
        if not (found := self._span(language, many + 1)):
            return None
        paragraph, first, end = found
        keys = paragraph.words.keys[first:end]
        places = [at for at in denying(keys, language) if 0 < at < len(keys) - 1]
        if not places:
            return None
        at = self._random.choice(places)
        parts = _parts(paragraph, first, end)
        text = "".join([*parts[:at], *parts[at + 1 :]])
        if self._is_there(language, text):
            return None
        return Gold("undenied", language, text, Verdict.ALTERED, denies=True)

    def _shortened(self, language: str, many: int) -> Gold | None:
        cut = self._random.randint(1, 8)
        if not (found := self._span(language, many + cut)):
            return None
        paragraph, first, end = found
        at = self._random.randint(first + 2, end - cut - 2)
        words = paragraph.words
        mark = self._random.choice([" … ", " [...] ", " ... ", " (…) "])
        text = words.said(first, at) + mark + words.said(at + cut, end)
        denies = bool(denying(words.keys[at : at + cut], language))
        return Gold("shortened", language, text, Verdict.SHORTENED, denies=denies)

    def _spanning(self, language: str, many: int) -> Gold | None:
        paragraph = self._random.choice(self._by[language])
        following = self._next.get(id(paragraph))
        ahead = self._random.randint(2, many - 2)
        if not following or len(paragraph.words) < ahead or len(following.words) < many - ahead:
            return None
        first = len(paragraph.words) - ahead
        if denies_before(paragraph.words.keys, first, language) is not None:
            return None
        if denies_after(following.words.keys, many - ahead, language):
            return None
        start = paragraph.words.span(first, first + 1)[0]
        text = paragraph.text[start:] + "\n" + following.words.said(0, many - ahead)
        return Gold("spanning", language, text, Verdict.AS_WRITTEN)

    def _misread(self, language: str, many: int) -> Gold | None:
        """Letters are misread one in a hundred, and one at least."""
        if not (found := self._span(language, many)):
            return None
        said = list(found[0].words.said(*found[1:]))
        places = [at for at, letter in enumerate(said) if letter in _MISREAD]
        if not places:
            return None
        for at in self._random.sample(places, min(len(places), max(1, round(len(said) / 100)))):
            said[at] = _MISREAD[said[at]]
        text = "".join(said)
        if self._is_there(language, text):
            return None
        return Gold("misread", language, text, Verdict.ALTERED)

    def _reordered(self, language: str, many: int) -> Gold | None:
        if not (found := self._span(language, many)):
            return None
        paragraph, first, end = found
        at = first + many // 2
        words = paragraph.words
        text = words.said(at, end) + paragraph.joint + words.said(first, at)
        if self._is_there(language, text):
            return None
        return Gold("reordered", language, text, Verdict.STITCHED)

    def _invented(self, language: str, many: int) -> Gold | None:
        if language == "en" and self._strangers:
            words = Words(self._random.choice(self._strangers))
            if len(words) < many:
                return None
            text = words.said(0, many)
        else:
            some = [self._random.choice(self._by[language]) for _ in range(many)]
            joint = some[0].joint
            picked = (
                _parts(p, 0, len(p.words))[self._random.randrange(len(p.words))] for p in some
            )
            text = joint.join(each.strip() for each in picked)
        if self._is_there(language, text) or len(Words(text)) < many:
            return None
        return Gold("invented", language, text, Verdict.ABSENT)


KINDS = ("exact", "typography", "swapped", "dropped", "added", "denied", "undenied", "shortened",
    "spanning", "misread", "reordered", "invented")  # fmt: skip


def _parts(paragraph: Paragraph, first: int, end: int) -> list[str]:
    """The words from `first` to `end`, each with what stands behind it up to the next."""
    spans = paragraph.words.spans[first:end]
    stops = [start for start, _ in spans[1:]] + [spans[-1][1]]
    return [paragraph.text[start:stop] for (start, _), stop in zip(spans, stops, strict=True)]


def _sentences(folder: Path) -> list[str]:
    files = sorted(folder.rglob("*.txt"))
    some = random.Random(3).sample(files, min(len(files), 300))
    texts = (file.read_text(encoding="utf-8", errors="replace") for file in some)
    return [
        line.strip() for text in texts for part in text.split("\n") for line in part.split(". ")
    ]


def golds(maker: Maker, languages: list[str], length: int, many: int) -> Iterator[Gold]:
    """`many` quotations of a length, by kinds and languages in turn."""
    made = turn = 0
    while made < many and turn < 3 * many:
        kind, language = KINDS[turn % len(KINDS)], languages[turn // len(KINDS) % len(languages)]
        turn += 1
        if gold := maker.gold(kind, language, length):
            made += 1
            yield gold
