"""Which paragraph of a document a cited number means, among those that stand in it."""

from collections.abc import Iterable

from indexer.references.keys import above

_SAME = ("para", "sec", "art", "rule", "clause", "principle", "op")  # what "§ 3" may mean


def nearest(label: str, ids: Iterable[str]) -> str:
    """The one of `ids` that `label` asks for, else that of what it is a part of, else nothing.

    `ids` are local ids in order. One in a chapter or the like, `ch-2-art-5`, is `art-5` too if no
    other ends so. A paragraph that begins with its first letter, `2. (a)`, is found there. If a
    document counts nothing by the name that was cited, its only other numbering counts: "§ 3" of a
    text in paragraphs is paragraph 3.
    """
    there = list(ids)
    known = set(there)
    for wanted in above(label):
        if found := _one(wanted, there, known):
            return found
    code, _, number = label.partition("-")
    if code not in _SAME or any(each.startswith(f"{code}-") for each in there):
        return ""
    others = [other for other in _SAME if any(each.startswith(f"{other}-") for each in there)]
    return nearest(f"{others[0]}-{number}", there) if others else ""


def meaning(local_id: str, ids: Iterable[str]) -> tuple[str, ...]:
    """The labels by which texts cite the paragraph `local_id`: its own, and that without chapters.

    `ids` are those of its document, in which nothing else may be meant.
    """
    parts = local_id.split("-")
    units = [at for at, part in enumerate(parts) if at and part in _SAME]
    shorter = ["-".join(parts[at:]) for at in units[-1:]]
    there = list(ids)
    return (local_id, *(label for label in shorter if nearest(label, there) == local_id))


def is_meant(label: str, local_id: str) -> bool:
    """Whether the paragraph `local_id` is what `label` cites, and not what that is a part of."""
    number = label.partition("-")[2]  # "§ 3" may have meant paragraph 3
    return f"-{number}-" in f"-{local_id}-"


def _one(wanted: str, there: list[str], known: set[str]) -> str:
    if wanted in known:
        return wanted
    if begun := next((each for each in there if each.startswith(f"{wanted}-")), ""):
        return begun
    inner = [each for each in there if each.endswith(f"-{wanted}")]
    return inner[0] if len(inner) == 1 else ""
