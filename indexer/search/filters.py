"""Compiles the fields of a query, such as `lang:fr`, into clauses."""

from collections.abc import Sequence

from indexer.address import Address
from indexer.analysis import analyzer
from indexer.index.entries import STEMMED, keyword, language_keys
from indexer.index.fields import Field
from indexer.index.matches import Adjacent, Term
from indexer.labels import label_key
from indexer.query import FieldFilter, FilterField
from indexer.search.cited import Cites
from indexer.search.clauses import Clause, Wanted, any_of


class Filters:
    """Compiles for an index with these languages; `cites` says what a citation is indexed by."""

    def __init__(self, languages: Sequence[str], cites: Cites) -> None:
        self._languages = languages
        self._cites = cites

    def clauses(self, node: FieldFilter) -> list[Clause]:
        """The clauses of `node`, all of which a passage must match."""
        match node.field:
            case FilterField.LABEL:
                term = Term(Field.LABEL, label_key(node.text))
            case FilterField.LANGUAGE:
                term = Term(Field.LANGUAGE, (language_keys(node.text) or ("",))[0])
            case FilterField.TAG:
                term = Term(Field.TAG, keyword(node.text))
            case FilterField.CITES:
                return [_citing(self._cites.terms(node.text))]
            case FilterField.DOCUMENT:
                term = Term(Field.DOCUMENT, _slug(node.text))
            case FilterField.TITLE | FilterField.HEADING | FilterField.PUBLISHER:
                return self._words_in(Field[node.field.name], node)
        return [Clause("", term)]

    def _words_in(self, field: Field, node: FieldFilter) -> list[Clause]:
        words = tuple(analyzer.terms(node.text, "")[0])
        if not words:
            return []
        if node.quoted:
            return [Clause("", Adjacent(field, words))]
        stems = [sorted(analyzer.stems(word, self._languages)) for word in words]
        return [Clause("", any_of([Term(field, STEMMED + s) for s in each])) for each in stems]


def _citing(terms: Sequence[str]) -> Clause:
    match = any_of([Term(Field.CITES, term) for term in terms])
    return Clause("", match, wanted=Wanted(cited=frozenset(terms)))


def _slug(text: str) -> str:
    """The slug in an address of a document or of a paragraph; what is none finds nothing."""
    try:
        return Address.parse(text).slug
    except ValueError:
        return text
