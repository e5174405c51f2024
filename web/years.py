"""The years of what was found in, a small chart with a link for each bar out."""

from collections.abc import Callable
from dataclasses import dataclass

from indexer.index.answer import Counts
from indexer.index.fields import Facet
from indexer.search.narrowing import Narrowing, between, chosen_days

HEIGHT, WIDTH = 48, 10  # of the chart, and of a bar with the gap beside it, in its own units
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
_BARS = 60  # at most

Href = Callable[[str], str]  # the address of a search for a query


@dataclass(frozen=True, slots=True)
class Bar:
    """Some years, how many paragraphs they have, and the search narrowed to them.

    Where they alone are chosen, it is the search without them; it is empty where bars are no
    links. `height` is of `HEIGHT`.
    """

    name: str
    passages: int
    href: str
    is_on: bool
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in the order of time, the query without years, and the years that it is narrowed to."""

    bars: tuple[Bar, ...]
    undated: str
    first: str
    last: str


def chart(counts: Counts, narrowing: Narrowing, href: Href | None) -> Chart | None:
    """A chart of `counts` by year, its bars links by `href`; None if there is nothing to choose."""
    years = {int(each.value): each.passages for each in counts if each.value.isdecimal()}
    if len(years) <= 1 and not (years and narrowing.of(Facet.YEAR)):
        return None
    first, last = min(years), max(years)
    step = next((s for s in _STEPS if last // s - first // s < _BARS), _STEPS[-1])
    sums: dict[int, int] = dict.fromkeys(range(first // step, last // step + 1), 0)
    for year, passages in years.items():
        sums[year // step] += passages
    most = max(sums.values())
    chosen = chosen_days(narrowing)
    bars = []
    for at, passages in sums.items():
        start, end = f"{at * step:04}", f"{at * step + step - 1:04}"
        leaf = between(start, end)
        is_on = any(leaf.first <= to and since <= leaf.last for since, to in chosen)
        other = None if chosen == ((leaf.first, leaf.last),) else leaf
        height = -(-passages * HEIGHT // most)
        link = href(narrowing.chosen(Facet.YEAR, other)) if href else ""
        name = start if step == 1 else f"{start}–{end}"
        bars.append(Bar(name, passages, link, is_on, height))
    ends = [f"{day // 10_000:04}" for day in (chosen[0] if len(chosen) == 1 else ())]
    since, to = ends or ("", "")
    return Chart(tuple(bars), narrowing.chosen(Facet.YEAR, None), since, to)
