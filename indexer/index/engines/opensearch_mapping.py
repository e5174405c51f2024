"""The fields of an index in OpenSearch: the terms that all engines get, and nothing analysed."""

from typing import Any

from indexer.index.engines.opensearch_query import FIRST_DAY, LAST_DAY
from indexer.index.engines.opensearch_searcher import DOCUMENT, FACETS, KEY
from indexer.index.fields import KEYS, POSITIONS, SCORED, WORDS

_WORDS = "words"  # the analyzer that splits at white space and does nothing else
_LONGEST = 8_000  # characters of a whole value: Lucene takes 32,766 bytes

ANALYSIS = {
    "tokenizer": {_WORDS: {"type": "whitespace", "max_token_length": 1_000_000}},
    "analyzer": {_WORDS: {"type": "custom", "tokenizer": _WORDS}},
}


def mapping() -> dict[str, Any]:
    """The mapping of an index, without what it says of itself."""
    words = {
        field.value: {
            "type": "text",
            "analyzer": _WORDS,
            "index_options": "positions" if field in POSITIONS else "freqs",
            "norms": field in SCORED,
            "fielddata": True,  # vocabularies are read from it
        }
        for field in WORDS
    }
    values = [DOCUMENT, *(key.value for key in KEYS), *FACETS.values()]
    whole_values = {name: {"type": "keyword", "ignore_above": _LONGEST} for name in values}
    numbers = {name: {"type": "long"} for name in (KEY, FIRST_DAY, LAST_DAY)}
    return {
        "dynamic": "strict",
        "_source": {"enabled": False},  # the store has all of it
        "_routing": {"required": True},
        "properties": {**words, **whole_values, **numbers},
    }
