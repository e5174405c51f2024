"""An address in; the paragraphs there and around it, or what has happened to them, out."""

from indexer.address import Address
from indexer.agents.frame import (
    after,
    call,
    filled,
    frame,
    has_pieces,
    joined,
    smaller_paragraph,
)
from indexer.agents.paragraphs import LONG, paragraph, piece
from indexer.agents.tokens import LETTERS, MOST
from indexer.agents.values import HistoryJson, MomentJson, NextJson, ParagraphJson, ReadJson
from indexer.citing.source import title_of
from indexer.document import StoredDocument
from indexer.editions.history import Moment
from indexer.held import Reading
from indexer.library import Library


def read(library: Library, address: Address, around: int, start: int) -> ReadJson:
    """What stands at `address`, with `around` paragraphs on both sides. Raises `NotFound`."""
    if not address.local_id:
        return _beginning(library, address, 2 * around + 1)
    whole, stored = library.as_cited(address.slug, address.local_id, address.edition)
    document = whole.document
    keys = [each.key for each in whole.passages]
    here = keys.index(stored.key)
    asked = _paragraph(whole, here)
    answer = _answer(library, document, asked["address"])
    if start:
        return _reading_on(answer, asked, start)
    # The asked one first, then by distance: what has no room is left out at the ends.
    places = sorted(range(max(0, here - around), min(len(keys), here + around + 1)))
    places.sort(key=lambda place: abs(place - here))
    found = {(made := _paragraph(whole, place))["address"]: (place, made) for place in places}
    shown = [made for _, made in found.values()]
    answer = _with_paragraphs(answer, shown)
    answer["paragraphs"].sort(key=lambda each: found[each["address"]][0])
    last = found[answer["paragraphs"][-1]["address"]][0]
    answer["next"] = [*_onwards(whole, last), *answer["next"][1:]]
    return answer


def history(library: Library, address: Address) -> HistoryJson:
    """What has happened to what is at `address`. Raises `NotFound`."""
    if not address.local_id:
        return _editions(library, address)
    told = library.life(address.slug, address.local_id)
    stands = told.document.present and told.stored.until is None
    moments = [_moment(told.document, each) for each in told.moments]
    bare = str(Address(address.slug, address.local_id))
    newest = moments[-1]["paragraph"] if moments else None
    answer: HistoryJson = {
        **frame(library, after(newest["address"])[:2] if newest else ()),
        "summary": f"{bare} {'stands' if stands else 'stands no more'}; "
        f"{len(moments):,} moments in its life.",
        "address": bare,
        "stands": stands,
        "formerly": [str(Address(slug, address.local_id)) for slug, _ in told.former[-8:]],
        "moments": [],
    }
    return _with_moments(answer, moments)


def _beginning(library: Library, address: Address, many: int) -> ReadJson:
    whole = library.document(address.slug, address.edition)
    document = whole.document
    place = Address(document.slug, edition=document.edition)
    answer = _answer(library, document, str(place))
    answer["summary"] = f"{answer['summary']} It has {len(whole.passages):,} paragraphs."
    shown = [_paragraph(whole, at) for at in range(min(many, len(whole.passages)))]
    answer = _with_paragraphs(answer, shown)
    answer["next"] = _onwards(whole, len(answer["paragraphs"]) - 1)
    return answer


def _answer(library: Library, document: StoredDocument, address: str) -> ReadJson:
    return {
        **frame(library, after(address)),
        "summary": f"{address} of “{title_of(document)[:200]}”.",
        "address": address,
        "paragraphs": [],
    }


def _with_paragraphs(answer: ReadJson, shown: list[ParagraphJson]) -> ReadJson:
    left = "Of {1} paragraphs {0} are shown: ask for fewer around, and read on.".format
    # Alone, a paragraph may be as long as an answer.
    smaller = smaller_paragraph if len(shown) > 1 else _as_long_as_can_be
    answer = filled(answer, "paragraphs", shown, smaller, left)
    answer["cut"] = joined(answer["cut"], has_pieces(answer["paragraphs"]))
    return answer


def _as_long_as_can_be(whole: ParagraphJson, most: int) -> ParagraphJson:
    return piece(whole, MOST * LETTERS if most == LONG else most)


def _reading_on(answer: ReadJson, asked: ParagraphJson, start: int) -> ReadJson:
    """The rest of a long paragraph, from a place in its text."""
    rest = piece(asked, max(1, len(asked["text"])), min(start, len(asked["text"])))
    answer = _with_paragraphs(answer, [rest])
    shown = answer["paragraphs"][0]
    end = shown["starts_at"] + len(shown["text"])
    answer["cut"] = ""
    if end < len(asked["text"]):
        answer["cut"] = f"It goes on: read it from_character {end}."
        on = call("read", "the rest of it", address=asked["address"], from_character=end)
        answer["next"].insert(0, on)
    return answer


def _paragraph(whole: Reading, at: int) -> ParagraphJson:
    return paragraph(whole.document, whole.passages[at], whole.document.edition)


def _onwards(whole: Reading, last: int) -> list[NextJson]:
    """The way to what follows the paragraph at `last`."""
    if last + 1 >= len(whole.passages):
        return []
    address = _paragraph(whole, last + 1)["address"]
    return [call("read", "what follows", address=address, around=3)]


def _moment(document: StoredDocument, moment: Moment) -> MomentJson:
    shown = moment.after or moment.before
    number = moment.edition.number
    made = None
    if shown:
        edition = number if moment.after else number - 1
        made = paragraph(document, shown, edition)
    return {"edition": number, "at": moment.edition.at, "told": moment.told, "paragraph": made}


def _smaller_moment(whole: MomentJson, most: int) -> MomentJson:
    shown = whole["paragraph"]
    return {**whole, "paragraph": piece(shown, most) if shown else None}


def _with_moments(answer: HistoryJson, moments: list[MomentJson]) -> HistoryJson:
    """With the newest of them, where there is no room for all."""
    left = "Of {1} moments the newest {0} are shown: read an address with an older edition.".format
    answer = filled(answer, "moments", reversed(moments), _smaller_moment, left)
    answer["moments"].reverse()
    pieces = (each["paragraph"] for each in answer["moments"])
    answer["cut"] = joined(answer["cut"], has_pieces(each for each in pieces if each))
    return answer


def _editions(library: Library, address: Address) -> HistoryJson:
    revisions = library.revisions(address.slug)
    document = library.described([address.slug])[address.slug]
    moments: list[MomentJson] = [
        {"edition": e.edition.number, "at": e.edition.at, "told": e.told, "paragraph": None}
        for e in revisions
    ]
    place = str(Address(address.slug))
    answer: HistoryJson = {
        **frame(library, [call("read", "what it says now", address=place, around=5)]),
        "summary": f"{place} has had {len(revisions):,} editions in this collection.",
        "address": place,
        "stands": document.present,
        "formerly": [],
        "moments": [],
    }
    if not document.present:
        last = f"{place}@{document.edition}"
        answer["next"] = [call("read", "what it last said", address=last, around=5)]
    return _with_moments(answer, moments)
