"""The words of a verdict on a quotation, what each means, and what is and is not told apart."""

from enum import StrEnum


class Verdict(StrEnum):
    """What a quotation is to the text that it quotes; the better ones first."""

    AS_WRITTEN = "as written"
    TYPOGRAPHY = "typography only"
    SHORTENED = "shortened"
    ALTERED = "altered"
    STITCHED = "stitched"
    EARLIER = "only in an earlier edition"
    TOO_SHORT = "too short to say"
    ABSENT = "not in this corpus"

    @property
    def rank(self) -> int:
        """Its place in the order above, from 0."""
        return list(Verdict).index(self)


# Those that say of every word where it stands.
SOUND = frozenset((Verdict.AS_WRITTEN, Verdict.TYPOGRAPHY, Verdict.SHORTENED))

MEANINGS = {
    Verdict.AS_WRITTEN: "Every word and every sign stands so in the source, in this order.",
    Verdict.TYPOGRAPHY: "The same words in the same order. Only signs between them, capitals or "
    "the way of writing differ.",
    Verdict.SHORTENED: "The same words in the same order, but some of the source are left out, or "
    "the quotation begins or ends beside a word that denies it. What is missing is shown.",
    Verdict.ALTERED: "Words were added, left out without a sign, or replaced. Each one is shown.",
    Verdict.STITCHED: "Its pieces stand there, but in different places or in another order.",
    Verdict.EARLIER: "It is in an edition that no longer stands. The text has changed since.",
    Verdict.TOO_SHORT: "Fewer than five words: they may stand anywhere.",
    Verdict.ABSENT: "Nothing in the collection has most of its words in this order. It may be in a "
    "document that is not here, or in another language.",
}

FOLDED = {
    "no difference at all": (
        "white space and line ends",
        "signs that nobody sees: soft hyphens, joiners, marks of direction",
        "accents as one sign or two (Unicode's composed and decomposed letters)",
        "a full stop or a comma at the very end of the quotation",
    ),
    "typography": (
        "quotation marks, apostrophes, dashes, commas and all other signs between words",
        "capital letters, also as “[d]ecides”",
        "hyphens within words, and at the ends of lines: “co-operation” and “cooperation”",
        "ligatures (ﬁ), full-width letters, ß and ss",
        "vowel signs and tatweel of Arabic, points of Hebrew",
        "digits of any script of the same value",
    ),
    "another word": (
        "every other letter, accents and ё too, and every digit with its comma or point",
        "a word that denies, in any language",
        "words that the writer added in square brackets; that they are the writer's is said",
        "traditional and simplified Chinese signs",
    ),
}
