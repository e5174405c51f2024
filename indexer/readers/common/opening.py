"""The date that a document gives itself in its opening lines.

A date counts where the line says that it is one ("Date:", "Made", "vom"), or says little else, or
where a title or a place leads to it. One in a sentence is of what is told there.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.document import Block, Kind
from indexer.readers.common.dates import Dated, dates_in, whole_date
from indexer.readers.common.language import detect

_LINES, _LETTERS = 40, 4_000  # how far a masthead reaches
_LINE = 240  # characters of a line that are looked at
_NEAR = 70  # characters before a date in which a word says what it is
_FEW_WORDS = 6  # beside a date on its line
_CUE_WORDS = 14
_TITLE_WORDS = 9  # before the date in a title
_TITLE_LINES = 6  # in which a title is to be expected
_YEAR_LINES, _SHORT = 12, 120
_YEAR = re.compile(r"(?<![\w.,/-])(?:1[6-9]|20)[0-9]{2}(?![\w/-])")
_PLACE_WORDS = 3
_LABEL_WORDS = 3  # of a line that says what the next one is
_SENTENCE = re.compile(r"[\w)”\"][.;]\s*$|[。；]$")
_DATELINE_END = re.compile(r"\s*(?:\([A-Z][\w ]{1,20}\)\s*)?(?:[-–—:)]|\.\s?[-–—])")


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(text.split())})", re.IGNORECASE)


# Beginnings of words for a date, and of those after which the document's own date stands.
_LABEL = _words(
    """dates? dated datum fecha data дата päiväys tarih dato dátum tanggal kuupäev ημερομηνία تاريخ
    日期 日付"""
)
_OWN = _words(
    """made\\b decided delivered issued adopted signed given\\b done\\b enacted promulgated filed
    assented handed\\sdown pronounced rendered distr\\b published
    décidé rendu prononcé adopté signé fait\\b donné promulgué publié délibéré
    verkünde erlassen ausgefertigt ausfertigung beschlossen unterzeichnet gegeben geschehen
    dad[oa]\\b hech[oa]\\b adoptad aprobad
    aprovad firmad publicad emess adottat firmat feit[oa]\\b assinad
    gedaan vastgesteld uitgesproken принят подписан утвержд составлен дано\\b вынесен
    utfärdad meddelad avsagt afsagt annettu ogłoszon wydan uchwalon vydán přijat
    公布 通过 通過 发布 發布 صدر صادر اعتمد اتخذ"""
)
# And of words after which another date stands: of a hearing, of coming into force, of a change.
_OTHER = _words(
    """hear(?:d|ing) laid\\b coming\\sinto entry\\sinto entrée\\sen effective entered enters
    commence
    updated modified revised amend accessed retrieved printed until expir deadline born due\\b
    received argued submitted lodged application stand\\b kraft vigueur vigor vigore geändert
    änder modifi consult audience débats verhandl anhörung силу изм ред\\b обнов vista\\b
    requête journal gazette amtsblatt bundesgesetzblatt diario gazzetta boletín in\\skraft
    since from\\b between before\\s after\\s as\\sof version fassung consolidat geldend"""
)
# What leads from the kind of an act to its date.
_OF = re.compile(
    r"(?:\bof|\bvom|\bvon|\bdu|\bde|\bdel|\bdella|\bdi|\bdal|\bdo|\bfrån|\baf|\bav|\bот|\bvan|\bz"
    r"|\bdnia|\bze dne|\bτης"
    r"|\bтого|\bвід|\bde fecha|\bgiven|\bمن|\bבתאריך|,|/)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
# In a title, what another act is told by.
_ANOTHER = _words(
    """on\\b under\\b implementing amending repealing supplementing concerning regarding relating
    pursuant following accordance zur\\b über zum\\b gemäß nach\\b portant relati modifiant abrog
    sur\\b sobre\\b por\\sel о\\b об\\b по\\b во\\b"""
)


class Opening(NamedTuple):
    """The date in the opening lines, and whether it is more than told in the first sentence."""

    date: str = ""
    is_stated: bool = False


class _Candidate(NamedTuple):
    """A date in the opening lines; `weight` says how surely it is that of the document."""

    weight: int
    date: Dated


def opening_date(blocks: Sequence[Block], title: str = "") -> Opening:
    """The date of the document in its title and its opening lines."""
    found = [each for each in _candidates(blocks, title) if each.weight]
    doubtful = [each for each in found if each.date.is_doubtful]
    if doubtful and detect(blocks) in ("en", ""):  # elsewhere a date with dots opens with its day
        found = [each for each in found if not each.date.is_doubtful]
    if not found:
        return Opening()
    best = max(found, key=lambda each: each.weight)
    return Opening(best.date.iso, best.weight > 1)


def latest_year(blocks: Sequence[Block], title: str = "") -> str:
    """The latest year that is named in the title and in the short lines of the opening, or ""."""
    lines = (text for text, _ in opening_lines(blocks[:_YEAR_LINES], title))
    years = (year[0] for text in lines if len(text) <= _SHORT for year in _YEAR.finditer(text))
    return max(years, default="")


def opening_lines(blocks: Sequence[Block], title: str = "") -> Iterator[tuple[str, bool]]:
    """The lines of the masthead, and of each whether it may be a title."""
    if title:
        yield title, True
    letters = 0
    for at, block in enumerate(blocks[:_LINES]):
        text = block.text
        yield text, block.kind is Kind.HEADING or at < _TITLE_LINES
        letters += len(text)
        if letters > _LETTERS:
            return


def _candidates(blocks: Sequence[Block], title: str) -> Iterator[_Candidate]:
    above = ""
    for text, may_be_title in opening_lines(blocks, title):
        line = text[:_LINE]
        for date in dates_in(line):
            is_other = _OTHER.search(above) and not (_OWN.search(above) or _OWN.search(line))
            weight = 0 if is_other else _weight(line, date, may_be_title, len(text) > _LINE)
            yield _Candidate(weight, date)
        is_label = len(text.split(None, _LABEL_WORDS)) <= _LABEL_WORDS and ":" not in text[:-1]
        above = text if is_label else ""
    body = next((block.text for block in blocks if block.kind is not Kind.HEADING), "")
    told = dates_in(body[:_LINE])
    if len(told) == 1 and not _is_of_another(body[: told[0].start]):
        yield _Candidate(1, told[0])


def _weight(line: str, date: Dated, may_be_title: bool, is_cut: bool) -> int:
    """3 where a word says that the date is the document's, 2 where the line's form does, else 0.

    1 is for what the first sentence tells.
    """
    before, after = line[: date.start], line[date.end :]
    near = before[-_NEAR:]
    own, other = _last(_OWN, near), _last(_OTHER, near)
    if other > own:
        return 0
    own = max(own, _last(_LABEL, near), 0 if _OWN.match(line) else -1)
    opens = bool(_OWN.match(line) or _LABEL.match(line))
    words = len(before.split()) + len(after.split())
    if own >= 0 and not is_cut and (words <= _CUE_WORDS or opens):
        return 3
    if whole_date(line):
        return 2
    is_sentence = is_cut or bool(_SENTENCE.search(line) and words > _FEW_WORDS // 2)
    if words <= _FEW_WORDS and not is_sentence and not _OTHER.search(after):
        return 2
    if may_be_title and (_is_titled(before, is_sentence) or _is_dateline(before, after)):
        return 2
    return 0


def _is_of_another(before: str) -> bool:
    """Whether what stands before a date in a sentence says that it is not the document's."""
    near = before[-_NEAR:]
    return bool(_OF.search(near) or _OTHER.search(near) or _ANOTHER.search(near[:-6]))


def _last(words: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in words.finditer(text)), default=-1)


def _is_titled(before: str, is_sentence: bool) -> bool:
    """Whether a title leads to the date: "Council Regulation (EC) No 6/2002 of …"."""
    leads = 0 < len(before.split()) <= _TITLE_WORDS and bool(_OF.search(before))
    return leads and not is_sentence and not _ANOTHER.search(before)


def _is_dateline(before: str, after: str) -> bool:
    """Whether a place and a date open a report: "GENEVA, 24 April 1963 — The …"."""
    place = before.split()
    return (
        0 < len(place) <= _PLACE_WORDS
        and before[:1].isupper()
        and before.rstrip()[-1:] in (",", "(")
    ) and bool(_DATELINE_END.match(after))
