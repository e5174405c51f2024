"""Two editions of a document in; the page, or the JSON, of what changed between them out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response, abort, jsonify, render_template, request
from markupsafe import Markup

from indexer.address import Address
from indexer.editions.compare import Became, Pair, compare
from indexer.library import Library, Reading
from web.marking import compared, marked

_FOLDED = 40  # unchanged paragraphs that are folded in the page; more are only linked


@dataclass(slots=True)
class Stretch:
    """A changed paragraph, or a run of unchanged ones."""

    pairs: list[Pair] = field(default_factory=list)
    is_changed: bool = False

    @property
    def is_long(self) -> bool:
        """Whether it is not worth its bytes."""
        return len(self.pairs) > _FOLDED


class Comparing:
    """The handlers of comparisons."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def page(self) -> str:
        """What changed from the edition `from` to the edition `to`, both `slug@number`."""
        old, new = self._asked()
        pairs = compare(old.passages, new.passages)
        changed = [pair for pair in pairs if pair.became]
        return render_template(
            "compare.html",
            old=old.document,
            new=new.document,
            revisions=self._library.revisions(new.document.slug),
            stretches=list(_stretches(pairs)),
            changed=changed,
            counts=_counts(changed),
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


def _counts(changed: Sequence[Pair]) -> dict[Became, int]:
    counts = Counter(became for pair in changed for became in pair.became)
    return {became: counts[became] for became in Became if counts[became]}


def _stretches(pairs: Sequence[Pair]) -> Iterator[Stretch]:
    run = Stretch()
    for pair in pairs:
        if not pair.became:
            run.pairs.append(pair)
            continue
        if run.pairs:
            yield run
        yield Stretch([pair], is_changed=True)
        run = Stretch()
    if run.pairs:
        yield run


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
        **{
            side: {"label": stored.passage.label, "text": stored.passage.text} if stored else None
            for side, stored in (("old", pair.old), ("new", pair.new))
        },
    }
