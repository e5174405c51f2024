"""A document as its reader saw it in; the same without its lists of contents out.

The lines of such a list repeat the headings that follow, numbers and all, so that they would be
found instead of what they announce, and would take its addresses.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.document import Block, Document, Kind
from indexer.labels.headings import heading_part
from indexer.labels.units import Rank, rank_of
from indexer.readers.common.furniture import ends_sentence
from indexer.readers.common.numerals import roman

# Neither begins within a run of its own signs: to try that at each of them takes quadratic time.
_LEADER = re.compile(
    r"(?<![.·…‥_])(?<![.·…‥_]\s)(?:\s?[.·…‥_]){3,}+\s*+(?:\d{1,4}|[ivxlc]{1,6})\s*+$"
)
_PAGE = re.compile(r"(?:\s\|\s++|(?<!\s)\s++)(?:\d{1,4}|[ivxlc]{1,6})\s*+$")
_NAMES = """
    contents | table of contents | list of contents | arrangement of sections | arrangement of
    regulations | index | inhalt | inhaltsverzeichnis | inhaltsübersicht | table des matières |
    sommaire | índice | sumario | sumário | sommario | indice | inhoud | inhoudsopgave | innehåll |
    indhold | sisällys | spis treści | obsah | tartalom | cuprins | содержание | оглавление |
    зміст | съдържание | περιεχόμενα | içindekiler | الفهرس | المحتويات | תוכן עניינים | 目次 |
    目录 | 目錄 | 차례 | 목차 | สารบัญ | विषय सूची
"""
_HEADS = frozenset(" ".join(name.split()) for name in _NAMES.split("|"))
_LEADING = re.compile(r"(\d{1,4})[.)]?\s")
_AFTER_TITLE = " .·…‥_|0123456789ivxlcIVXLC:;,"
_TAIL = 60  # characters at a line's end
_NUMBER = re.compile(r"[(\[（]?\w{1,6}[.):\]）、]|\d")
_IN_ROMAN = frozenset("ivxlc")
_NO_LINES = (Kind.CODE, Kind.NOTE, Kind.QUOTE)
_ROMAN = frozenset(roman(number) for number in range(2, 40))
_LONGEST = 250  # characters of a line
_FEWEST = 3  # lines that make a list
_TITLE = 20  # words
_PROSE = 12  # words; a longer sentence without a number announces nothing
_WITHIN = 3  # lines in a row that announce nothing, such as "Section" and "Page"
_TO_HEAD = 5  # lines from the name of a list to its first line, such as "Section", "Part I"
_REST = 20  # lines at its end that announce nothing
_SHARE = 0.8  # of the lines that announce what follows, in its order

Key = tuple[str, ...]


def without_contents(document: Document) -> Document:
    """`document` without its lists of contents, and with a note of them."""
    blocks = document.blocks
    gone = set[int]()
    for start, end in _lists(blocks):
        head = _head(blocks, start)
        gone.update(range(head, _to_title(blocks, head, end) if head < start else end))
    kept = tuple(block for at, block in enumerate(blocks) if at not in gone)
    if not gone or not any(block.kind is not Kind.HEADING for block in kept):
        return document
    note = f"left out as a list of contents: {len(gone)} lines from {_quoted(blocks[min(gone)])}"
    return replace(document, blocks=kept, notes=(*document.notes, note))


def _quoted(block: Block) -> str:
    return f"“{block.text[:60]}”"


def _head(blocks: Sequence[Block], start: int) -> int:
    """Where the list that starts at `start` is headed "Contents", say; else `start`."""
    for at in range(start - 1, max(start - 1 - _TO_HEAD, -1), -1):
        if " ".join(blocks[at].text.casefold().split()).strip(" .:") in _HEADS:
            return at
    return start


def _to_title(blocks: Sequence[Block], head: int, end: int) -> int:
    """Where the title that stands above the list comes again behind it; else `end`.

    Until there the list goes on, with lines that announce what has no heading, such as schedules.
    """
    above = (block.text for block in blocks[max(head - _TO_HEAD, 0) : head])
    titles = {text.casefold() for text in above if not ends_sentence(text)}
    for at in range(end, min(end + _REST, len(blocks))):
        if blocks[at].text.casefold() in titles:
            return at
        if len(blocks[at].text) > _LONGEST:
            break
    return end


def _lists(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The first line of each list of contents and the place behind its last."""
    endings = [_ending(block.text) if len(block.text) <= _LONGEST else "" for block in blocks]
    times = Counter(endings)
    keys = [
        _key(block) if ending and (times[ending] > 1 or _has_leader(block.text)) else ()
        for block, ending in zip(blocks, endings, strict=True)
    ]
    places: dict[Key, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        if key:
            places[key].append(at)
    at = 0
    while at < len(blocks):
        end = _end(blocks, keys, places, at)
        if end - at >= _FEWEST and _announces(blocks, keys, places, at, end):
            end = _with_rest(blocks, end)
            yield at, end
        at = max(end, at + 1)


def _ending(text: str) -> str:
    """The last word of a line, by which most lines are cheaply told to stand only once."""
    return text[-_TAIL:].rstrip(_AFTER_TITLE).casefold().rpartition(" ")[2]


def _has_leader(text: str) -> bool:
    return text[-1:].isalnum() and bool(_LEADER.search(text[-_TAIL:]))


def _key(block: Block) -> Key:
    """The words of a line that may stand in a list of contents, its number and page aside."""
    if block.kind in _NO_LINES:
        return ()
    text = _without_page(block) if _may_end_in_page(block.text) else block.text
    words = re.findall(r"\w+", text.casefold())
    count = next((at for at, word in enumerate(words) if not _counts(word)), 0)
    has_number = block.label or _NUMBER.match(text)
    is_prose = not has_number and len(words) > _PROSE and ends_sentence(text)
    return () if is_prose else tuple(words[count:])


def _may_end_in_page(text: str) -> bool:
    last = text.rstrip()[-1:]
    return last.isdecimal() or last in _IN_ROMAN


def _without_page(block: Block) -> str:
    text = _LEADER.sub("", block.text)
    if text == block.text and block.kind is not Kind.HEADING:
        text = _PAGE.sub("", text)
    return text


def _counts(word: str) -> bool:
    """Whether a word is a number or letter in front of a title; this is asked for every line."""
    return len(word) == 1 or word.isdecimal() or word in _ROMAN


def _end(
    blocks: Sequence[Block], keys: Sequence[Key], places: dict[Key, list[int]], start: int
) -> int:
    """The place behind the last of the lines from `start` on that come again further on."""
    end, missed = start, 0
    for at in range(start, len(blocks)):
        key = keys[at]
        comes_again = bool(key) and places[key][-1] > at
        if key and at > start and key == keys[start]:
            break  # the text begins
        if comes_again or _has_leader(blocks[at].text):
            end, missed = at + 1, 0
        else:
            missed += 1
            if missed > _WITHIN or at == start or len(blocks[at].text) > _LONGEST:
                break
    return end


def _with_rest(blocks: Sequence[Block], end: int) -> int:
    """The place behind the last lines of a list that come again in other words, or not at all."""
    number = _number(blocks[end - 1])
    while end + 1 < len(blocks):
        block, after = blocks[end], blocks[end + 1]
        part = heading_part(block.text) if after.kind is Kind.HEADING else None
        is_next = bool(number) and _number(block) == number + 1
        if not is_next and not (part and rank_of(part.code) is Rank.ANNEX):
            break
        number, end = _number(block), end + 1
    return end


def _number(block: Block) -> int:
    """The number that a short line opens with; 0 where there is none."""
    found = _LEADING.match(block.label or block.text)
    return int(found[1]) if found and len(block.text) <= _LONGEST else 0


def _announces(
    blocks: Sequence[Block],
    keys: Sequence[Key],
    places: dict[Key, list[int]],
    start: int,
    end: int,
) -> bool:
    """Whether the lines from `start` to `end` repeat what heads the text behind them, in order."""
    lines = [at for at in range(start, end) if keys[at]]
    if sum(_has_leader(blocks[at].text) for at in lines) >= _FEWEST:
        return True
    behind = [_behind(places[keys[at]], end) for at in lines]
    found = [place for place in behind if place >= 0]
    missed = [at for at, place in zip(lines, behind, strict=True) if place < 0]
    missed = [at for at in missed if blocks[at].kind is not Kind.HEADING]
    if len(found) < _FEWEST or len(missed) > (1 - _SHARE) * len(lines):
        return False
    in_order = sum(one < other for one, other in pairwise(found)) + 1
    heads = sum(_heads_text(blocks, place) for place in found)
    texts = len([place for place in found if place + 1 not in found])  # and no list again
    return min(in_order, heads) >= _SHARE * len(found) and 2 * texts >= len(found)


def _behind(places: Sequence[int], end: int) -> int:
    """The first of `places` from `end` on, or -1."""
    at = bisect_left(places, end)
    return places[at] if at < len(places) else -1


def _heads_text(blocks: Sequence[Block], place: int) -> bool:
    """Whether what is announced heads a text: a heading, or a short line before a longer one."""
    here = blocks[place]
    if here.text.endswith(","):
        return False  # a salutation, which speeches repeat
    if here.kind is not Kind.PARAGRAPH:
        return here.kind is Kind.HEADING
    if place + 1 == len(blocks) or here.text[:1].islower() or len(here.text.split()) > _TITLE:
        return False
    return len(blocks[place + 1].text) > len(here.text)
