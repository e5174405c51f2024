"""The query language as the help page tells it: topics, each with queries and what they mean."""

from typing import NamedTuple

MEETING = "central-asia-japan-2020-tajikistan"  # one of the two documents that Pilcrow comes with


class Example(NamedTuple):
    """A query as it is typed, and what it finds."""

    query: str
    meaning: str


class Topic(NamedTuple):
    """Examples that belong together, and the rule behind them."""

    name: str
    rule: str
    examples: tuple[Example, ...]


TOPICS = (
    Topic(
        "Words and phrases",
        "Two words together mean: in the same paragraph. What lawyers write as /p elsewhere is "
        "what a space does here. Paragraphs with only some of the words follow under a heading of "
        "their own where those with all do not fill a page. A word is found in its other forms, "
        "with accents or without; quotation marks find the form that is typed.",
        (
            Example(
                "regional cooperation", "both words in the same paragraph, in any of their forms"
            ),
            Example("minister", "ministers too; a word is found in its other forms"),
            Example('"minister"', "this form only: quotation marks switch stemming off"),
            Example('"grant aid"', "these words as written, side by side and in this order"),
            Example('"grant aid" health', "the phrase and the word in the same paragraph"),
            Example(
                '"aid provisions"~5',
                "these words as written, in any order, with at most five others between; of "
                "several words, each so near the next",
            ),
        ),
    ),
    Topic(
        "Numbers and titles",
        "What is printed can be typed: the number of a paragraph, and that of the article or the "
        "section that it is in, are words like those of the text. Of several words, some may be "
        "in the title or the headings alone, but at least one must be in the text or the number; "
        "the result says which are above it. A title, a file's name, a symbol or an address that "
        "is typed as a whole leads to the document or the paragraph itself, above the results.",
        (
            Example("paragraph 5", "the paragraph that has this number comes first"),
            Example('"5. The Ministers"', "a number with the words behind it, as printed"),
            Example("conference avigan", "the first word is in the title, the second in the text"),
        ),
    ),
    Topic(
        "Ways of writing",
        "A word is found however it is written: with a hyphen or without, with dots or without, a "
        "number with its separators or without. In quotation marks that counts, and only "
        "typography does not: capitals, signs that are not seen, ligatures, wide and narrow "
        "letters, the dots of Turkish capitals, kinds of dashes and apostrophes, tatweel, and "
        "the vowel signs of Hebrew and Arabic.",
        (
            Example("co-operation", "cooperation too, and the other way round"),
            Example("COVID19", "COVID-19 too"),
        ),
    ),
    Topic(
        "Joining and leaving out",
        "`AND`, `OR` and `NOT` are signs only in capitals, and words where all that is typed is "
        "in capitals. `OR` joins the two things beside it; brackets hold together what belongs "
        "together. What is left out stays out in every case.",
        (
            Example(
                "cooperation AND pandemic", "the same as without AND: both in the same paragraph"
            ),
            Example("pandemic OR coronavirus", "at least one of the two"),
            Example("cooperation -pandemic", "the first word in a paragraph without the second"),
            Example("cooperation NOT pandemic", "the same, written out"),
            Example(
                "(pandemic OR coronavirus) Tajikistan", "one of the two, and the third in any case"
            ),
            Example('cooperation -"regional cooperation"', "the word where the phrase is not"),
        ),
    ),
    Topic(
        "Parts of words and spellings",
        "These look at words as written, not at their stems, and mark what they came to stand "
        "for. A fuzzy word may differ in one letter, one of more than five letters in two.",
        (
            Example("infect*", "words that begin so; * stands for any letters, or none"),
            Example("organi?ations", "? stands for one letter, so for either spelling"),
            Example("Muhridin~", "this name and names like it, such as Muhriddin"),
            Example("solidarty~1", "words at most one letter away"),
        ),
    ),
    Topic(
        "Where to look",
        "A field before a colon narrows a search, or is one by itself. Its words are in the "
        "title, heading or publisher; a label, language, tag or document is named as a whole. "
        "Values of several words go in quotation marks.",
        (
            Example("title:videoconference", "paragraphs of documents with this word in the title"),
            Example(
                'title:"chairperson\'s statement" Avigan',
                "the phrase in the title, the word in the paragraph",
            ),
            Example("heading:agenda", "paragraphs below a heading with this word"),
            Example("label:5", "paragraphs with the official number 5"),
            Example(
                "publisher:Tajikistan anniversary", "the word in what this publisher published"
            ),
            Example(
                "lang:en dialogue",
                "the word in English paragraphs; language tags as in en, fr, zh-Hant",
            ),
            Example("tag:COVID-19 energy", "the word in documents with this tag"),
            Example(f"in:{MEETING} Japan", "the word in this document, named as in its address"),
            Example('cites:"resolution 75/1"', "what cites this document, or a paragraph of it"),
        ),
    ),
    Topic(
        "Dates",
        "The date is the document's. Two dots stand for a range, both ends included; an end left "
        "out is open.",
        (
            Example("date:2020 Avigan", "in a year"),
            Example("date:2020-08 Avigan", "in a month"),
            Example("date:2020-08-11 Avigan", "on a day"),
            Example(
                "date:2019..2021-06 Avigan", "from the first day of 2019 to the last of June 2021"
            ),
            Example("date:2020.. Avigan", "from 2020 on"),
            Example("date:..2019 Avigan", "up to the end of 2019"),
            Example("date:2019 OR date:2020 Avigan", "in either of two years"),
        ),
    ),
)
