"""A place in a text that cites a document or a paragraph, as a frozen value."""

from typing import NamedTuple


class Reference(NamedTuple):
    """The characters from `start` to `end` of a text cite something.

    `name` is the cited document by the name that it is known by (`S/RES/1591 (2005)`), or empty
    where it is the document that the text is of. `label` is the local id that the cited paragraph
    asks for (`para-3-a`), or empty where the document is cited as a whole. One that stands for a
    number within a range, `8` in "7 to 9", has no characters: `start` and `end` are the same.
    """

    start: int
    end: int
    name: str
    label: str
