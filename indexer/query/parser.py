"""Parses a query text; nothing that a person can type makes it raise.

query  := either { [AND] either }        all of them, in one paragraph
either := item { OR item }               OR joins its two neighbours
item   := NOT item | -item | ( query ) | [field:] ( word | "phrase" | "phrase"~5 )
"""

import re
from dataclasses import dataclass, field, replace

from indexer.query.addresses import is_web_address
from indexer.query.dates import date_range
from indexer.query.lexer import Lexeme, Sign, readable, tokens
from indexer.query.tree import (
    And,
    Dates,
    Diagnostic,
    DiagnosticKind,
    FieldFilter,
    FilterField,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Wildcard,
    Word,
)

MAX_CLAUSES = 32
MAX_DEPTH = 8
MAX_SLOP = 100  # words between the words of a near phrase
_SLOP = 5  # of a near phrase that does not say
_FUZZY = re.compile(r"(?P<word>[^*?]*\w)~(?P<edits>\d*)")
_LONG = 5  # letters; longer words may differ in two of them
_LITERAL = 1  # letters that a wildcard must have beside its stars
_FIELDS = {each.value: each for each in FilterField} | {"language": FilterField.LANGUAGE}


def parse(text: str) -> Query:
    """The query that `text` asks, with a diagnostic for all that was repaired or refused."""
    diagnostics: list[Diagnostic] = []
    read = readable(text, diagnostics)
    parser = _Parser(tokens(read, diagnostics), diagnostics)
    root = parser.query()
    return Query(read, root, tuple(parser.extra), tuple(sorted(diagnostics, key=lambda d: d.at)))


@dataclass(slots=True)
class _Parser:
    tokens: list[Lexeme]
    diagnostics: list[Diagnostic]
    next: int = 0
    depth: int = 0
    clauses: int = 0
    negated: bool = False
    extra: list[Word] = field(default_factory=list)

    def query(self) -> Node | None:
        """All tokens; a closing bracket that nothing opened is passed over."""
        parts: list[Node] = []
        while self.next < len(self.tokens):
            parts += self._all()
            if self._sign() is Sign.CLOSE:
                self._note(
                    DiagnosticKind.BRACKET, "A closing bracket that nothing opened was left out."
                )
                self.next += 1
        return _joined(And, parts)

    def _all(self) -> list[Node]:
        parts: list[Node] = []
        while self._sign() not in (None, Sign.CLOSE):
            if self._sign() is Sign.AND:
                self._and(begun=bool(parts))
            elif node := self._either():
                parts.append(node)
        return parts

    def _and(self, *, begun: bool) -> None:
        """AND says what no sign at all says too; only one that joins nothing is worth a word."""
        self.next += 1
        if not begun or self._sign() in (None, Sign.CLOSE, Sign.AND, Sign.OR):
            self.next -= 1
            self._dangling()

    def _either(self) -> Node | None:
        parts = [self._item()]
        while self._sign() is Sign.OR:
            self.next += 1
            if parts[-1] is None or self._sign() in (None, Sign.CLOSE, Sign.AND, Sign.OR):
                self.next -= 1
                self._dangling()
            else:
                parts.append(self._item())
        return _joined(Or, [part for part in parts if part is not None])

    def _item(self) -> Node | None:
        sign = self._sign()
        if sign is Sign.NOT:
            return self._not()
        if sign is Sign.OPEN:
            return self._group()
        if sign in (Sign.WORD, Sign.PHRASE):
            self.next += 1
            return self._clause(self.tokens[self.next - 1])
        return None

    def _not(self) -> Node | None:
        negates = False
        while self._sign() is Sign.NOT:  # NOT NOT x is x; a loop, as there may be hundreds
            negates = not negates
            self.next += 1
        if self._sign() in (None, Sign.CLOSE, Sign.AND, Sign.OR):
            self.next -= 1
            self._dangling()
            return None
        self.negated ^= negates
        child = self._item()
        self.negated ^= negates
        return Not(child) if child and negates else child

    def _group(self) -> Node | None:
        opened = self.tokens[self.next]
        self.next += 1
        if self.depth == MAX_DEPTH:
            self._too_deep(opened)
            return None
        if self._sign() is Sign.CLOSE:
            self._note(
                DiagnosticKind.BRACKET, "Brackets with nothing in them were left out.", opened.at
            )
        self.depth += 1
        node = _joined(And, self._all())
        self.depth -= 1
        if self._sign() is Sign.CLOSE:
            self.next += 1
        else:
            said = "A closing bracket is missing; it was taken to be at the end."
            self._note(DiagnosticKind.BRACKET, said, opened.at)
        return self._spread(opened, node) if opened.field and node else node

    def _too_deep(self, opened: Lexeme) -> None:
        """Passes over a group as a whole: a part of it might mean the opposite."""
        said = f"Brackets go {MAX_DEPTH} deep at most; what stood in deeper ones was left out."
        self._note(DiagnosticKind.TOO_DEEP, said, opened.at)
        unclosed = 1
        while unclosed and self._sign():
            unclosed += (self._sign() is Sign.OPEN) - (self._sign() is Sign.CLOSE)
            self.next += 1

    def _spread(self, opened: Lexeme, node: Node) -> Node | None:  # noqa: PLR0911 - one for a kind
        """`title:(a OR b)` is `title:a OR title:b`."""
        if opened.field not in (*_FIELDS, "date"):
            self._no_field(opened)
            return _joined(And, [Word(opened.field, opened.at), node])
        match node:
            case And(children) | Or(children):
                parts = [self._spread(opened, child) for child in children]
                return _joined(type(node), [part for part in parts if part])
            case Not(child):
                inner = self._spread(opened, child)
                return Not(inner) if inner else None
            case Word(text, at):
                return self._leaf(Lexeme(Sign.WORD, text, at, opened.field))
            case Phrase(text, _, at):
                return self._leaf(Lexeme(Sign.PHRASE, text, at, opened.field))
            case Wildcard(text, at) | Fuzzy(text, _, at):
                self._no_effect("* ? and ~", at)
                return self._leaf(Lexeme(Sign.WORD, text, at, opened.field))
            case _:  # a field within a field: the inner one holds
                return node

    def _clause(self, token: Lexeme) -> Node | None:
        node = self._leaf(token)
        if node is None:
            return None
        self.clauses += 1
        if self.clauses > MAX_CLAUSES:
            said = (
                f"Only the first {MAX_CLAUSES} clauses are asked for; "
                "the words after them only help the ranking."
            )
            self._note(DiagnosticKind.TOO_MANY, said, token.at)
            self.extra += [node] if isinstance(node, Word) and not self.negated else []
            return None
        return node

    def _leaf(self, token: Lexeme) -> Node | None:
        if token.field == "date":
            return self._dates(token)
        if token.field in _FIELDS:
            return self._filter(token)
        if token.field:
            self._no_field(token)
            token = replace(token, text=f"{token.field} {token.text}")
        if token.sign is Sign.PHRASE or token.field:
            return self._phrase(token)
        if is_web_address(token.text):
            return Word(token.text, token.at)
        text = self._unquestioned(token)
        if match := _FUZZY.fullmatch(text):
            return self._fuzzy(match, token.at)
        return self._word(text, token.at)

    def _filter(self, token: Lexeme) -> Node | None:
        if not _has_letter(token.text):
            said = f"{token.field}: has nothing to look for and was left out."
            self._note(DiagnosticKind.EMPTY_FIELD, said, token.at)
            return None
        if token.tail or (re.search(r"[*?~]", token.text) and not is_web_address(token.text)):
            self._no_effect("* ? and ~", token.at)
        return FieldFilter(_FIELDS[token.field], token.text, token.sign is Sign.PHRASE, token.at)

    def _phrase(self, token: Lexeme) -> Node | None:
        if not _has_letter(token.text):
            return None
        if re.search(r"\w[*~]|\*\w|\w\?\w", token.text):
            self._no_effect("* ? and ~ within quotation marks", token.at)
        if not token.tail:
            return Phrase(token.text, None, token.at)
        asked = int(token.tail[1:6] or _SLOP)
        if asked > MAX_SLOP:
            said = f"{token.tail} was taken as ~{MAX_SLOP}: so many words between at most."
            self._note(DiagnosticKind.CAPPED, said, token.at)
        return Phrase(token.text, min(asked, MAX_SLOP), token.at)

    def _fuzzy(self, match: re.Match[str], at: int) -> Node:
        word = match["word"]
        most = 1 if len(word) <= _LONG else 2
        asked = int(match["edits"][:3] or most)
        if asked > most:
            said = f"{match[0]} was taken as {word}~{most}: so many letters may differ in it."
            self._note(DiagnosticKind.CAPPED, said, at)
        return Fuzzy(word, min(asked, most) or 1, at)

    def _unquestioned(self, token: Lexeme) -> str:
        text = token.text.rstrip("?")
        if not text.strip("*") or {"*", "?"} & set(text):
            return token.text
        if text != token.text and len(self.tokens) == 1:
            said = (
                "A ? at the end was taken as a question mark; within a word it stands for a letter."
            )
            self._note(DiagnosticKind.QUESTION, said, token.at)
        return text

    def _word(self, text: str, at: int) -> Node | None:
        if "*" not in text and "?" not in text:
            if text.endswith(":") and text[:-1].lower() in (*_FIELDS, "date"):
                said = f"{text} has nothing right after its colon, and was taken as a word."
                self._note(DiagnosticKind.EMPTY_FIELD, said, at)
            return Word(text, at) if _has_letter(text) else None
        if "*" not in text and not _has_letter(text) and len(self.tokens) > 1:
            return None  # "Pourquoi ?" is punctuated so
        if sum(map(str.isalnum, text)) < _LITERAL:
            said = f"{text} alone stands for every word; give at least one letter beside it."
            self._note(DiagnosticKind.WILDCARD, said, at)
            return None
        if "~" in text:
            self._no_effect("~ beside * or ?", at)
        return Wildcard(text, at)

    def _dates(self, token: Lexeme) -> Node | None:
        found = date_range(token.text)
        if found is None:
            said = (
                f"{token.text} is no date and was left out; write date:2020, date:2020-08, "
                "date:2020-08-11 or date:2019..2021."
            )
            self._note(DiagnosticKind.DATE, said, token.at)
            return None
        return Dates(*found, token.at)

    def _no_field(self, token: Lexeme) -> None:
        known = ", ".join([*_FIELDS, "date"])
        said = f"There is no field {token.field}: (there is {known}); its words were searched for."
        self._note(DiagnosticKind.FIELD, said, token.at)

    def _no_effect(self, signs: str, at: int) -> None:
        self._note(DiagnosticKind.NO_EFFECT, f"{signs} have no effect there.", at)

    def _dangling(self) -> None:
        token = self.tokens[self.next]
        said = (
            f"{token.text} joins what is beside it, and something is missing there; it was "
            f'left out. To look for the word, write "{token.text.lower()}" in quotation marks.'
        )
        self._note(DiagnosticKind.OPERATOR, said, token.at)
        self.next += 1

    def _note(self, kind: DiagnosticKind, text: str, at: int | None = None) -> None:
        """Notes a diagnostic, each kind but once: a query of brackets would have hundreds."""
        if at is None:
            at = self.tokens[self.next].at
        if all(each.kind is not kind for each in self.diagnostics):
            self.diagnostics.append(Diagnostic(kind, text, at))

    def _sign(self) -> Sign | None:
        return self.tokens[self.next].sign if self.next < len(self.tokens) else None


def _joined(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    """`parts` under one node; nodes of the same kind below it are taken up into it."""
    flat: list[Node] = []
    for part in parts:
        flat += part.children if isinstance(part, kind) else [part]
    return kind(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _has_letter(text: str) -> bool:
    return any(map(str.isalnum, text))
