"""A reading in, a page of Markdown for a person or a language model out: short, cut and said."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.address import Address
from indexer.agents.frame import CAVEAT, joined
from indexer.agents.paragraphs import paragraph, piece, short
from indexer.agents.tokens import fitting
from indexer.agents.values import ParagraphJson
from indexer.citing.runs import escaped
from indexer.citing.source import cited_names, title_of
from indexer.held import Reading

Link = Callable[[Address], str]  # the whole address of a page

_LISTED = re.compile(r"^(\d{1,9})([.)])")  # what begins a list, and else a line or a heading
_RULED = re.compile(r"^([-+=])")
_BREAK = "\\\n"  # a line that ends within a paragraph
_FITS = 200  # more paragraphs than an answer ever has room for

_Item = tuple[int, str, int]  # where a paragraph stands, its Markdown, where its text ends


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown of a reading.

    From `first` on as many paragraphs as there is room for, up to `last`; where `centre` is a
    place, those next to it before others. `start` is the character at which a text goes on.
    """

    first: int
    last: int
    centre: int | None = None
    start: int = 0


def page(reading: Reading, asked: Asked, link: Link) -> str:
    """A title, what is known of the document, and its paragraphs, each with address and hash.

    It has at most `tokens.MOST` tokens; it says what was cut, and the address of what follows.
    """
    places = _in_order(asked)
    if not places:
        return _head(reading, asked, link)
    shown = {at: _paragraph(reading, at) for at in places}
    if asked.start:
        whole = shown[places[0]]
        start = min(asked.start, len(whole["text"]))
        shown = {places[0]: piece(whole, max(1, len(whole["text"])), start)}

    def item(at: int, said: ParagraphJson) -> _Item:
        end = said["starts_at"] + len(said["text"])
        return at, _block(said, _above(shown, at), link), end

    head = _head(reading, asked, link)
    ends = {at: said["starts_at"] + len(said["text"]) for at, said in shown.items()}
    longest = _foot(reading, asked, [], link) + _rest(shown[places[0]], 0, link)
    taken = sorted(
        fitting(
            head + longest,
            [item(at, said) for at, said in shown.items()],
            lambda each, most: item(each[0], piece(shown[each[0]], most)),
        )
    )
    texts = "".join(text for _, text, _ in taken)
    at, _, end = taken[-1]
    rest = _rest(shown[at], end, link) if end < ends[at] else ""
    return f"{head}\n{texts}{rest}{_foot(reading, asked, [at for at, *_ in taken], link)}"


def _in_order(asked: Asked) -> list[int]:
    """The places of the paragraphs, those first that are to be shown before others."""
    places = range(asked.first, asked.last + 1)
    if asked.centre is None:
        return list(places[:_FITS])
    centre = asked.centre
    return sorted(places, key=lambda at: abs(at - centre))[:_FITS]


def _paragraph(reading: Reading, at: int) -> ParagraphJson:
    return paragraph(reading.document, reading.passages[at], reading.document.edition)


def _head(reading: Reading, asked: Asked, link: Link) -> str:
    document = reading.document
    known = document.metadata
    address = Address(document.slug, "", document.edition)
    cited = None if asked.centre is None else _paragraph(reading, asked.centre)["address"]
    facts = {
        "Document": f"<{link(address)}>, edition {document.edition}",
        "Received": document.changed_at,
        "Paragraph asked for": f"<{link(Address.parse(cited))}>" if cited else "",
        "Number": _line("; ".join(cited_names(document))),
        "Date": _line(known.date),
        "Publisher": _line(known.publisher),
        "Language": _line(known.language),
        "Source": _line(known.source),
        "Paragraphs": f"{len(reading.passages):,}",
    }
    lines = "".join(f"- {name}: {said}\n" for name, said in facts.items() if said)
    return f"# {_line(title_of(document))}\n\n{lines}\n> {CAVEAT}\n"


def _above(shown: dict[int, ParagraphJson], at: int) -> Sequence[str]:
    """The headings of a paragraph that the one before it has not shown."""
    heading = shown[at]["heading"]
    return [] if at - 1 in shown and shown[at - 1]["heading"] == heading else heading


def _block(said: ParagraphJson, headings: Sequence[str], link: Link) -> str:
    """A paragraph, below the headings that are its own."""
    above = f"## {' › '.join(map(_line, headings))}\n\n" if headings else ""
    label = f"**{_inline(said['label'])}** " if said["label"].strip() else ""
    told = [f"¶ <{link(Address.parse(said['address']))}>", f"SHA-256 `{said['sha256']}`"]
    if said["is_cut"]:
        end = said["starts_at"] + len(said["text"])
        told.append(f"a piece: characters {said['starts_at']} to {end}")
    told += [_line(each) for each in said["caveats"]]
    return f"{above}{label}{_text(said['text'])}\n\n{' · '.join(told)}\n\n"


def _foot(reading: Reading, asked: Asked, taken: Sequence[int], link: Link) -> str:
    """What was left out, and the address of what follows."""
    document, after = reading.document, max(taken, default=asked.first) + 1
    many = asked.last - asked.first + 1
    said = f"Of {many:,} paragraphs {len(taken):,} are shown." if len(taken) < many else ""
    if after < len(reading.passages):
        place = markdown_place(link, Address(document.slug, "", document.edition))
        said = joined(said, f"What follows: <{place}?from={reading.passages[after].passage.id}>")
    return f"---\n\n{said}\n" if said else ""


def _rest(whole: ParagraphJson, end: int, link: Link) -> str:
    """The way to the rest of a paragraph of which a piece is shown."""
    place = markdown_place(link, Address.parse(whole["address"]))
    return f"This is a piece. It goes on: <{place}?from_character={end}>\n\n"


def markdown_place(link: Link, address: Address) -> str:
    """The whole address of a page as Markdown."""
    return f"{link(address)}.md"


def _text(text: str) -> str:
    """Text of a document as nothing but text, whatever is in it."""
    lines = (_inline(line.strip()) for line in text.splitlines() if line.strip())
    return _BREAK.join(_RULED.sub(r"\\\1", _LISTED.sub(r"\1\\\2", line)) for line in lines)


def _inline(text: str) -> str:
    return escaped(text).replace("!", "\\!")


def _line(text: str) -> str:
    """The same as one line."""
    return _text(short(" ".join(text.split())))
