"""Text before a number in, whether it cites that number rather than counts with it, out."""

import re

_WORDS = (
    "(?:sub|sous-?|unter|under)?(?:"
    "sections?|paragraphs?|para|paras|clauses?|items?|points?|articles?|regulations?|rules?"
    "|paragraphes?|alinéas?|lettres?|numéros?|absatz|absätze|absatzes|absätzen|abs|nummer|nummern|nr"
    "|buchstabe|buchstaben|buchst|punkte?|ziffern?|apartados?|letras?|párrafos?|incisos?|números?"
    "|parágrafos?|alíneas?|comma|commi|lettera|lettere|lett|lit|let|lid|onderdeel|stk|stycket"
    "|пункт(?:а|е|ом|ы|ов|ах)?|подпункт(?:а|е|ом|ы|ов|ах)?|част(?:ь|и|ью|ей|ях)"
    ")"
)
_CITES = re.compile(rf"\b{_WORDS}\.?\s*$", re.IGNORECASE)
_JOINED = re.compile(
    r"(?:\d[a-z]?|[)）])\s*+(?:[,、]\s*+)?"
    r"(?:and|or|to|und|oder|bis|et|ou|à|y|o|e|en|of|tot|и|или|and/or|及|或|和|[–—/-])?\s*+$"
)
_BRACKETS = ("(", "（")
_OPENS = re.compile(r"[(（][^\W_]{1,3}[)）]\s*(\S.*)", re.DOTALL)
_CONJUNCTION = re.compile(r"(?:and|or|to|und|oder|bis|et|ou|à|y|o|e|en|tot|и|или)\s*[(（\d]|[,–-]")
_SENTENCE = 4  # words; what is shorter is a title or a table's head
_NEAR = 40  # characters before a number that are looked at


def is_cited(before: str) -> bool:
    """Whether `before` ends so that a number in brackets behind it is cited: "in subsection"."""
    return bool(_CITES.search(before[-_NEAR:]))


def goes_on_citing(before: str) -> bool:
    """Whether `before` ends with a word that cites, or with another number and no more than "or".

    So the (2) of "subsection (1) or (2)" and of "section 4(2)" is cited, and that of
    "(1) the buyer or (2) the seller" is not.
    """
    near = before[-_NEAR:]
    return bool(near.strip()) and (is_cited(near) or bool(_JOINED.search(near)))


def is_rest_of_citation(before: str, text: str) -> bool:
    """Whether `text` goes on with a citation that a line end parts: "… in subsection", "(1) must".

    What follows the number is small. A list may stand behind "the following paragraphs", so that
    behind more than one only "and" or the like tells.
    """
    if not text.startswith(_BRACKETS):
        return False
    found = _CITES.search(before[-_NEAR:])
    rest = _OPENS.match(text)
    if not found or not rest or len(before.split()) < _SENTENCE:
        return False
    is_plural = found[0].rstrip(". ").casefold().endswith("s")
    return bool(_CONJUNCTION.match(rest[1]) if is_plural else rest[1][:1].islower())
