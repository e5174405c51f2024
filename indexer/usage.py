"""What is known of agreed language in; JSON, or lines for a person, out."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypedDict

from indexer.address import Address
from indexer.agreed.dropping import Step
from indexer.agreed.formulas import Formulas
from indexer.agreed.related import Related
from indexer.agreed.service import Story
from indexer.citing.dates import spoken_date
from indexer.document import StoredDocument
from indexer.editions.diff import ChangeKind, are_comparable, changes
from indexer.wording.timeline import Use, Wording

_USES = 10  # of a wording, in lines for a person


class UseJson(TypedDict):
    """A paragraph that has a wording; `date` is its document's, as exactly as known, or empty."""

    address: str
    document: str
    title: str
    date: str
    label: str


class RewordingJson(TypedDict):
    """A piece of a text beside that of the earlier one: what it was, and what it is."""

    kind: str
    old: str
    new: str


class WordingJson(TypedDict):
    """One wording of a family, with all its uses, the first first.

    `same` says whether it is the asked one, `share` how much it has in common with that, 0 to 1.
    `before` is the place, from 0, of the earlier wording that is most alike, and `changes` what
    became of that; null and empty for the first.
    """

    text: str
    same: bool
    share: float
    documents: int
    before: int | None
    changes: list[RewordingJson]
    uses: list[UseJson]


class YearJson(TypedDict):
    """How many documents of a year have the asked words, and how many others a wording alike."""

    year: str
    same: int
    alike: int


class NearJson(TypedDict):
    """What a document has in place of a wording, and how much of it they share, 0 to 1."""

    address: str
    label: str
    text: str
    share: float


class StepJson(TypedDict):
    """A document that goes on from the one before: it has so many of so many of its paragraphs.

    `use` is where it has the wording; null where it does not.
    """

    document: str
    title: str
    date: str
    taken_up: int
    of: int
    use: str | None
    near: NearJson | None


class StoryJson(TypedDict):
    """A wording through the years.

    `whole` is false where more paragraphs may be alike than were looked at. `dropped_by` is the
    address of the document that dropped it; null where none is known.
    """

    address: str
    documents: int
    first: UseJson
    last: UseJson
    whole: bool
    years: list[YearJson]
    wordings: list[WordingJson]
    followed_by: list[StepJson]
    dropped_by: str | None


class RelatedJson(UseJson):
    """A paragraph that is related to another; `others` say the same in other places."""

    text: str
    share: float
    words: list[str]
    others: int


class RelatedListJson(TypedDict):
    """What is related to a paragraph, the nearest in other documents first."""

    related: list[RelatedJson]


class FormulaJson(UseJson):
    """A wording that many documents have; the place is that of its latest use."""

    text: str
    documents: int
    same: int
    first: str
    latest: str


class FormulasJson(TypedDict):
    """The formulas, those that most documents have first."""

    formulas: list[FormulaJson]


Documents = Mapping[str, StoredDocument]


def story_json(story: Story) -> StoryJson:
    """A wording through the years."""
    of, documents = story.timeline, story.documents
    dropped = story.dropping.dropped
    return {
        "address": story.stored.address,
        "documents": of.documents,
        "first": _use(of.first, documents),
        "last": _use(of.last, documents),
        "whole": of.is_whole,
        "years": [{"year": y.year, "same": y.same, "alike": y.alike} for y in of.years],
        "wordings": [
            _wording(wording, before, of.wordings, documents)
            for wording, before in zip(of.wordings, story.before, strict=True)
        ],
        "followed_by": [_step(step) for step in story.dropping.steps],
        "dropped_by": str(Address(dropped.document.slug)) if dropped else None,
    }


def related_json(found: Iterable[Related], documents: Documents) -> RelatedListJson:
    """What is related to a paragraph, the nearest in other documents first."""
    return {
        "related": [
            {
                **_use(each.use, documents),
                "text": each.use.text,
                "share": round(each.share, 3),
                "words": list(each.words),
                "others": each.others,
            }
            for each in found
        ]
    }


def formulas_json(found: Formulas, documents: Documents) -> FormulasJson:
    """The formulas, those that most documents have first."""
    return {
        "formulas": [
            {
                **_use(each.use, documents),
                "text": each.use.text,
                "documents": each.documents,
                "same": each.same,
                "first": each.first,
                "latest": each.last,
            }
            for each in found.formulas
        ]
    }


def story_lines(story: Story) -> Iterator[str]:
    """A wording through the years, for a person."""
    of = story.timeline
    yield extent(story)
    if of.years:
        yield "  ".join(f"{each.year}: {each.same + each.alike}" for each in of.years)
    for number, (wording, before) in enumerate(zip(of.wordings, story.before, strict=True), 1):
        yield ""
        yield _heading(number, wording)
        yield from _compared(wording, of.wordings[before] if before is not None else None)
        yield from (_place(use, story.documents) for use in wording.uses[:_USES])
        if len(wording.uses) > _USES:
            yield f"  … and {len(wording.uses) - _USES:,} more"
    yield ""
    yield from _followed(story)


def extent(story: Story) -> str:
    """In how many documents a wording is, and from when to when, in a sentence."""
    of = story.timeline
    same = next(wording.documents for wording in of.wordings if wording.is_asked)
    alike = of.documents - same
    if of.documents == 1:
        return "No other document has this wording or one alike."
    said = f"{same:,} document{'s' * (same != 1)} {'have' if same > 1 else 'has'} these words"
    if alike:
        said += f", {alike:,} more a wording alike"
    first, last = spoken_date(of.first.date), spoken_date(of.last.date)
    when = f", from {first} to {last}" if first and first != last else ""
    more = "" if of.is_whole else "; there are too many to look at all of them"
    return f"{said}{when}{more}."


def _heading(number: int, wording: Wording) -> str:
    dates = [use.date for use in wording.uses if use.date]
    when = dates[0] if dates and dates[0] == dates[-1] else " to ".join(dates[:1] + dates[-1:])
    which = "these words" if wording.is_asked else f"alike, {wording.share:.0%} in common"
    many = f"{wording.documents:,} document{'s' * (wording.documents != 1)}"
    return f"{number}. {when or 'no date'}, {many} ({which})"


def _compared(wording: Wording, before: Wording | None) -> Iterator[str]:
    """The text, with what went in [-…-] and what came in {+…+}."""
    text = wording.text
    if before is not None and are_comparable(before.text, text):
        text = "".join(
            _marked(before.text[slice(*each.old)], text[slice(*each.new)], each.kind)
            for each in changes(before.text, text)
        )
    yield f"  {text}"


def _marked(old: str, new: str, kind: ChangeKind) -> str:
    if kind is ChangeKind.UNCHANGED:
        return new
    gone = f"[-{old.strip()}-]" if old.strip() else ""
    came = f"{{+{new.strip()}+}}" if new.strip() else ""
    return f"{gone}{came}{' ' if (new or old)[-1:].isspace() else ''}"


def _place(use: Use, documents: Documents) -> str:
    number = f", {use.label}" if use.label else ""
    title = documents[use.document].metadata.title or use.document
    return f"  {title}{number}  {Address(use.document, use.id)}"


def _followed(story: Story) -> Iterator[str]:
    steps = story.dropping.steps
    if not steps:
        yield "No later document on its subject is known here."
        return
    yield "Later documents on its subject:"
    for step in steps:
        has = "has it" if step.use else "does not have it"
        title = step.document.metadata.title or step.document.slug
        taken = f"takes up {step.taken.many} of {step.taken.of} paragraphs"
        yield f"  {step.document.metadata.date}  {title}: {has} ({taken})"
    if dropped := story.dropping.dropped:
        later = story.timeline.last.date > dropped.document.metadata.date
        title = dropped.document.metadata.title or dropped.document.slug
        yield f"Dropped by {title}.{' Other documents have it later.' if later else ''}"


def _use(use: Use, documents: Documents) -> UseJson:
    return {
        "address": str(Address(use.document, use.id)),
        "document": use.document,
        "title": documents[use.document].metadata.title,
        "date": use.date,
        "label": use.label,
    }


def _wording(
    wording: Wording, before: int | None, among: tuple[Wording, ...], documents: Documents
) -> WordingJson:
    old = among[before].text if before is not None else ""
    comparable = before is not None and are_comparable(old, wording.text)
    return {
        "text": wording.text,
        "same": wording.is_asked,
        "share": round(wording.share, 3),
        "documents": wording.documents,
        "before": before,
        "changes": [
            {
                "kind": each.kind.value,
                "old": old[slice(*each.old)],
                "new": wording.text[slice(*each.new)],
            }
            for each in (changes(old, wording.text) if comparable else ())
            if each.kind is not ChangeKind.UNCHANGED
        ],
        "uses": [_use(use, documents) for use in wording.uses],
    }


def _step(step: Step) -> StepJson:
    near: NearJson | None = None
    if step.near:
        stored, share = step.near
        said = stored.passage
        near = {
            "address": stored.address,
            "label": said.label,
            "text": said.text,
            "share": round(share, 3),
        }
    return {
        "document": step.document.slug,
        "title": step.document.metadata.title,
        "date": step.document.metadata.date,
        "taken_up": step.taken.many,
        "of": step.taken.of,
        "use": str(Address(step.use.document, step.use.id)) if step.use else None,
        "near": near,
    }
