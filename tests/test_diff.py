"""What a reader is shown as changed between two texts of a paragraph."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.editions.diff import Change, ChangeKind, changes


def shown(old: str, new: str) -> str:
    """As a page shows it: [-removed-], [+added+], [-old-][+new+] for what was replaced."""
    return "".join(_shown(change, old, new) for change in changes(old, new))


def _shown(change: Change, old: str, new: str) -> str:
    was, now = old[slice(*change.old)], new[slice(*change.new)]
    match change.kind:
        case ChangeKind.UNCHANGED:
            return now
        case ChangeKind.REMOVED:
            return f"[-{was}-]"
        case ChangeKind.ADDED:
            return f"[+{now}+]"
        case ChangeKind.REPLACED:
            return f"[-{was}-][+{now}+]"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("The same.", "The same.", "The same."),
        ("a \n", "\n a", "\n a"),
        ("The parties  meet.", "The parties meet.\n", "The parties meet.\n"),
        ("", "All of it.", "[+All of it.+]"),
        ("All of it.", "", "[-All of it.-]"),
        (
            "The parties shall meet once a year.",
            "The parties shall meet twice a year.",
            "The parties shall meet [-once-][+twice+] a year.",
        ),
        (
            "The parties shall meet once a year.",
            "The parties shall meet a year.",
            "The parties shall meet [-once -]a year.",
        ),
        (
            "The parties meet.",
            "The parties meet in the capital.",
            "The parties meet[+ in the capital+].",
        ),
        (
            "The parties meet",
            "Once a year the parties meet",
            "[-The-][+Once a year the+] parties meet",
        ),
        ("They may do so.", "They may do so,", "They may do so[-.-][+,+]"),
        # No part of a word, a number or a date is ever marked by itself.
        ("Some 1,250 ratified.", "Some 1,350 ratified.", "Some [-1,250-][+1,350+] ratified."),
        ("Done on 2020-08-11.", "Done on 2020-09-11.", "Done on [-2020-08-11-][+2020-09-11+]."),
        ("They don't object.", "They didn't object.", "They [-don't-][+didn't+] object."),
        ("हिन्दी में", "हिन्दू में", "[-हिन्दी-][+हिन्दू+] में"),
        # Small words between changes are part of them, larger ones are not.
        (
            "Thirty of the states objected.",
            "Forty of the powers objected.",
            "[-Thirty of the states-][+Forty of the powers+] objected.",
        ),
        (
            "States shall promptly notify others.",
            "Parties shall promptly inform others.",
            "[-States-][+Parties+] shall promptly [-notify-][+inform+] others.",
        ),
        (
            "Fast mail, in a letter, by the chair.",
            "Yes: we met, and in rain, under trees.",
            "[-Fast mail, in a letter, by the chair-][+Yes: we met, and in rain, under trees+].",
        ),
        # Scripts without spaces change by the sign, those with marks by the whole letter.
        ("人人生而自由。", "人人生而平等。", "人人生而[-自由-][+平等+]。"),
        ("日本国民は投票する。", "日本国民は毎年投票する。", "日本国民は[+毎年+]投票する。"),
        ("เด็กไทย", "เด้กไทย", "เ[-ด็-][+ด้+]กไทย"),
    ],
)
def test_changes_as_shown(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_a_long_text_with_a_word_changed_here_and_there_is_shown_word_for_word() -> None:
    old = [f"word{n}" for n in range(10_000)]
    new = [f"other{n}" if n % 100 == 50 else word for n, word in enumerate(old)]
    found = changes(" ".join(old), " ".join(new))
    assert sum(change.kind is ChangeKind.REPLACED for change in found) == 100
    assert sum(change.kind is ChangeKind.UNCHANGED for change in found) == 101


TEXT = st.lists(
    st.sampled_from(["a", "the", "sea", "states", "1,000", ",", ".", "日本", "国", "ด้", "\n", "  "])
).map(" ".join) | st.text(max_size=30)


@given(old=TEXT, new=TEXT)
def test_the_pieces_are_both_texts_from_end_to_end(old: str, new: str) -> None:
    found = changes(old, new)
    assert "".join(old[slice(*change.old)] for change in found) == old
    assert "".join(new[slice(*change.new)] for change in found) == new
    for change in found:
        was, now = old[slice(*change.old)].split(), new[slice(*change.new)].split()
        if change.kind is ChangeKind.UNCHANGED:
            assert "".join(was) == "".join(now)
        else:
            assert was != now
        assert (change.kind is ChangeKind.ADDED) == (not was and bool(now))
        assert (change.kind is ChangeKind.REMOVED) == (not now and bool(was))


@given(old=TEXT, new=TEXT)
def test_unchanged_and_changed_pieces_take_turns(old: str, new: str) -> None:
    kinds = [change.kind is ChangeKind.UNCHANGED for change in changes(old, new)]
    assert all(one != other for one, other in pairwise(kinds))
