"""A query tree in, a query text that is parsed into the same tree out."""

from indexer.query.dates import written_dates
from indexer.query.tree import And, Dates, FieldFilter, Fuzzy, Node, Not, Or, Phrase, Wildcard, Word

_OPERATORS = ("AND", "OR", "NOT")


def written(node: Node) -> str:  # noqa: PLR0911 - one return for each kind
    """How a person would type `node`."""
    match node:
        case Word(text):
            return text.lower() if text in _OPERATORS else text
        case Phrase(text, slop):
            return f'"{text}"' if slop is None else f'"{text}"~{slop}'
        case Wildcard(pattern):
            return pattern
        case Fuzzy(text, edits):
            return f"{text}~{edits}"
        case FieldFilter(field, text, quoted):
            return f'{field}:"{text}"' if quoted else f"{field}:{text}"
        case Dates(first, last):
            return f"date:{written_dates(first, last)}"
        case And(children):
            return " ".join(map(written, children))
        case Or(children):
            return " OR ".join(_bracketed(child, And) for child in children)
        case Not(child):
            return _negation(child)


def _negation(child: Node) -> str:
    text = _bracketed(child, And, Or, Not)
    return f"NOT {text}" if text.startswith(("-", "−", "–")) else f"-{text}"


def _bracketed(node: Node, *kinds: type[Node]) -> str:
    return f"({written(node)})" if isinstance(node, kinds) else written(node)
