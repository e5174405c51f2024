"""Two editions of a document in; the page, or the JSON, of what changed between them out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from flask import Response, abort, jsonify, render_template, request
from markupsafe import Markup

from indexer.address import Address
from indexer.document import StoredPassage
from indexer.editions.compare import Became, Pair, compare
from indexer.held import Reading
from indexer.library import Library
from web.marking import compared, marked

_FOLDED = 400  # paragraphs with the same words that a page folds; of more it has only links
_RUN = 3  # paragraphs that were only renumbered, or have another heading; more are one line

_SAME_WORDS = {Became.RENUMBERED, Became.HEADED}


@dataclass(slots=True)
class Stretch:
    """A changed paragraph, or a run of those that have the same words as before."""

    pairs: list[Pair] = field(default_factory=list)
    is_changed: bool = False
    is_linked: bool = False  # its words are left out

    @property
    def told(self) -> str:
        """What became of all of them, in words."""
        became = dict.fromkeys(each for pair in self.pairs for each in pair.became)
        said = " and ".join("renumbered" if e is Became.RENUMBERED else e.value for e in became)
        return f"only {said}" if said else "unchanged"


class Comparing:
    """The handlers of comparisons."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def page(self) -> str:
        """What changed from the edition `from` to the edition `to`, both `slug@number`."""
        old, new = self._asked()
        pairs = compare(old.passages, new.passages)
        stretches = _stretches(pairs)
        return render_template(
            "compare.html",
            old=old.document,
            new=new.document,
            revisions=self._library.revisions(new.document.slug),
            stretches=stretches,
            changed=[each.pairs[0] for each in stretches if each.is_changed],
            counts=_counts(pairs),
            both=_both,
        )

    def json(self) -> Response:
        """The same for programs: each paragraph that changed, as it was and as it is."""
        old, new = self._asked()
        changed = [pair for pair in compare(old.passages, new.passages) if pair.became]
        return jsonify(
            {
                "from": str(Address(old.document.slug, edition=old.document.edition)),
                "to": str(Address(new.document.slug, edition=new.document.edition)),
                "counts": {each.value: many for each, many in _counts(changed).items()},
                "changes": [_change(pair) for pair in changed],
            }
        )

    def _asked(self) -> tuple[Reading, Reading]:
        old, new = (self._edition(name) for name in ("from", "to"))
        if old.document.slug != new.document.slug:
            abort(400, "Two editions of one document can be compared, not two documents.")
        return old, new

    def _edition(self, name: str) -> Reading:
        text = request.args.get(name, "")
        try:
            asked = Address.parse(text)
        except ValueError:
            asked = None
        if asked is None or asked.local_id or asked.edition is None:
            abort(400, f"Give {name} as the address of an edition, such as document@1.")
        slug = self._library.moved(asked.slug) or asked.slug
        return self._library.document(slug, asked.edition)


def told(pair: Pair) -> str:
    """What became of a paragraph, in words."""
    return ", ".join(_said(pair, became) for became in pair.became)


def _said(pair: Pair, became: Became) -> str:
    if became is Became.RENUMBERED and pair.old and pair.new:
        was, now = pair.old.passage.label, pair.new.passage.label
        return f"renumbered from {was or 'none'} to {now or 'none'}"
    return became.value


def _counts(pairs: Sequence[Pair]) -> dict[Became, int]:
    counts = Counter(became for pair in pairs for became in pair.became)
    return {became: counts[became] for became in Became if counts[became]}


def _stretches(pairs: Sequence[Pair]) -> list[Stretch]:
    runs = [list(run) for _, run in groupby(pairs, _kind)]
    stretches = []
    for run in runs:
        became = set(run[0].became)
        if not became or (became <= _SAME_WORDS and len(run) > _RUN):
            stretches.append(Stretch(run))
        else:
            stretches += [Stretch([pair], is_changed=True) for pair in run]
    folded = sum(len(each.pairs) for each in stretches if not each.is_changed)
    for each in stretches:
        each.is_linked = folded > _FOLDED
    return stretches


def _kind(pair: Pair) -> tuple[Became, ...]:
    """Pairs of one kind after each other are a run."""
    return pair.became if set(pair.became) <= _SAME_WORDS else (Became.REWORDED,)


def _both(pair: Pair) -> Markup:
    """The words of a paragraph with what went and what came."""
    if pair.old is None or pair.new is None:
        text = pair.shown.passage.text
        return marked(text, ((0, len(text)),), tag="ins" if pair.new else "del")
    return compared(pair.old.passage.text, pair.new.passage.text).both


def _change(pair: Pair) -> dict[str, Any]:
    return {
        "id": pair.shown.passage.id,
        "became": [each.value for each in pair.became],
        "old": _side(pair.old, with_text=not set(pair.became) <= _SAME_WORDS),
        "new": _side(pair.new, with_text=not set(pair.became) <= _SAME_WORDS),
    }


def _side(stored: StoredPassage | None, *, with_text: bool) -> dict[str, Any] | None:
    """A paragraph in one edition; its text if that is not the same in both."""
    if stored is None:
        return None
    passage = stored.passage
    said: dict[str, Any] = {"label": passage.label, "heading": list(passage.heading)}
    return {**said, "text": passage.text} if with_text else said
