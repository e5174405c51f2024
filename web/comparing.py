"""Two editions, or two documents, in; the page, or the JSON, of how they differ out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from flask import Response, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from indexer.citing.source import cited_names, title_of
from indexer.document import StoredDocument
from indexer.editions.compare import Became, Pair
from indexer.errors import NotFound
from indexer.library import Library
from indexer.parallel.comparison import (
    SAME_WORDS,
    Comparison,
    Several,
    comparison,
    comparison_json,
    texts_of,
)
from web.languages import own_name
from web.marking import compared, marked

_FOLDED = 400  # paragraphs with the same words that a page folds; of more it has only links
_RUN = 3  # paragraphs that were only renumbered, or have another heading; more are one line
_LONGEST = 1_000  # characters of an address or a name
_LISTED = 50  # documents of one name that are offered


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

    def page(self) -> ResponseReturnValue:
        """How `from` and `to` differ, each the address or a name of a document or an edition.

        Without both of them a form that asks for them; where a name is that of several documents,
        these to choose from.
        """
        asked = _asked()
        if not all(asked):
            return render_template("compare_form.html", asked=asked, several=None, said="")
        try:
            found = comparison(self._library, *asked, _languages())
        except Several as several:
            known = self._library.described([each.slug for each in several.found])
            choices = [
                (known[each.slug], _compare_address(asked, several.name, str(each)))
                for each in several.found[:_LISTED]
            ]
            return render_template(
                "compare_form.html",
                asked=asked,
                several=choices,
                several_of=several.name,
                said="",
                own_name=own_name,
            )
        except NotFound as error:
            page = render_template("compare_form.html", asked=asked, several=None, said=str(error))
            return page, 404
        return self._page(found)

    def json(self) -> Response:
        """How `from` and `to` differ: each paragraph that is not the same, in both."""
        old, new = _asked()
        for name, text in (("from", old), ("to", new)):
            if not text:
                abort(400, f"Give {name} as the address or the name of a document.")
        try:
            return jsonify(comparison_json(comparison(self._library, old, new)))
        except Several as error:
            abort(400, str(error))

    def _page(self, found: Comparison) -> str:
        stretches = _stretches(found.pairs, _RUN if found.is_one else 0)
        old, new = found.old.document, found.new.document
        revisions = self._library.revisions(new.slug) if found.is_one else ()
        return render_template(
            "compare.html",
            found=found,
            old=old,
            new=new,
            names=_names(old, new),
            revisions=revisions,
            stretches=stretches,
            changed=[each.pairs[0] for each in stretches if each.is_changed],
            both=_both,
            anchor=_anchor if found.is_one else _anchor_of_either,
            are_other_languages=_are_other_languages(old, new),
        )


def _asked() -> tuple[str, str]:
    old, new = (request.args.get(name, "").strip()[:_LONGEST] for name in ("from", "to"))
    return old, new


def _languages() -> list[str]:
    """The languages that the browser asks for, the dearest first: `fr-CH`, then `fr`."""
    asked = request.accept_languages.values()
    return [tag for each in asked for tag in dict.fromkeys((each, each.partition("-")[0]))]


def _compare_address(asked: tuple[str, str], name: str, address: str) -> str:
    """The comparison with `address` in the place of `name`."""
    old, new = (address if text == name else text for text in asked)
    return url_for("compare", **{"from": old, "to": new})  # type: ignore[arg-type]


def _names(old: StoredDocument, new: StoredDocument) -> tuple[str, str]:
    """What the page calls two documents: the shortest that tells them apart."""
    for name in (lambda each: next(iter(cited_names(each)), ""), title_of):
        names = name(old), name(new)
        if all(names) and names[0] != names[1]:
            return names
    return old.slug, new.slug


def _are_other_languages(old: StoredDocument, new: StoredDocument) -> bool:
    one, other = (each.metadata.language.partition("-")[0] for each in (old, new))
    return bool(one and other) and one != other


def _stretches(pairs: Sequence[Pair], shortest: int) -> list[Stretch]:
    """What a page shows one after the other; of longer runs of the same words than `shortest` one.

    Two documents number their paragraphs each for itself, so that it means little that they differ.
    """
    runs = [list(run) for _, run in groupby(pairs, _kind)]
    stretches = []
    for run in runs:
        became = set(run[0].became)
        if not became or (became <= SAME_WORDS and len(run) > shortest):
            stretches.append(Stretch(run))
        else:
            stretches += [Stretch([pair], is_changed=True) for pair in run]
    folded = sum(len(each.pairs) for each in stretches if not each.is_changed)
    for each in stretches:
        each.is_linked = folded > _FOLDED
    return stretches


def _kind(pair: Pair) -> tuple[Became, ...]:
    """Pairs of one kind after each other are a run."""
    return pair.became if set(pair.became) <= SAME_WORDS else (Became.REWORDED,)


def _anchor(pair: Pair) -> str:
    """The id of a paragraph on the page; of editions each has its own."""
    return pair.shown.passage.id


def _anchor_of_either(pair: Pair) -> str:
    """The same of two documents, in which ids of different paragraphs can be the same."""
    return _anchor(pair) if pair.news else f"_first-{_anchor(pair)}"


def _both(pair: Pair) -> Markup:
    """The words of a paragraph with what went and what came."""
    old, new = texts_of(pair)
    if not (pair.olds and pair.news):
        text = old or new
        return marked(text, ((0, len(text)),), tag="ins" if pair.news else "del")
    return compared(old, new).both
