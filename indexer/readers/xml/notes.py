"""Finds the notes of an XML document, and where in a text they are called for."""

from collections.abc import Sequence

from lxml import etree

from indexer.document import NoteMark
from indexer.readers.xml.family import Family
from indexer.readers.xml.tree import identifier, local, tidy

HERE = "\ufdd0"  # stands for the mark of a note: no text may have this sign


def called(root: etree._Element, family: Family) -> dict[str, etree._Element]:
    """The notes that stand apart from the text which calls for them, by their ids."""
    if not family.calls:
        return {}
    wanted = {target(each) for each in root.iter() if local(each) in family.calls} - {""}
    found = (each for each in root.iter() if local(each) not in family.calls)
    return {name: each for each in found if (name := identifier(each)) in wanted}


def target(element: etree._Element) -> str:
    """The id of the note that `element` calls for."""
    found = element.get("href") or element.get("target") or element.get("idref") or ""
    return str(found).removeprefix("#")


def marked(raw: str, anchors: Sequence[str]) -> tuple[str, tuple[NoteMark, ...]]:
    """`raw` in one line without the marks of notes, and where each stood."""
    text, marks = "", []
    for at, piece in enumerate(raw.split(HERE)):
        if at:
            marks.append(NoteMark(len(text.rstrip()), anchors[at - 1]))
        words = tidy(piece)
        is_apart = bool(text) and (text[-1].isspace() or piece[:1].isspace())
        text = text.rstrip() + (" " if is_apart else "") + words
        if words and piece[-1:].isspace():
            text += " "
    return text.strip(), tuple(marks)
