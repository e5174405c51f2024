"""Words that deny, by language: what no cut and no change may touch without being said loudly.

The table is data. A language is added by a line of the words that deny in it, in small letters; of
scripts without spaces the signs that deny, and in `_INNOCENT` the words that only contain them.
"""

import re
from collections.abc import Sequence
from functools import cache

from indexer.quotations.words import is_sign

# As keys of `words`: in small letters, without hyphens, parted at apostrophes.
_DENYING = {
    "en": "not no never nor neither none nothing nobody nowhere without cannot",
    "fr": "ne n pas non ni sans jamais aucun aucune aucuns aucunes nul nulle nuls nulles rien "
    "guère nullement aucunement",
    "es": "no ni sin nunca jamás ningún ninguno ninguna ningunos ningunas nada nadie tampoco",
    "pt": "não nem sem nunca jamais nenhum nenhuma nenhuns nenhumas nada ninguém tampouco",
    "it": "non né senza mai nessun nessuno nessuna nulla niente neppure nemmeno neanche",
    "ro": "nu nici fără niciodată niciun nicio nimic nimeni",
    "de": "nicht nichts kein keine keinen keinem keiner keines nie niemals niemand niemandem "
    "niemanden ohne weder nirgends keinesfalls keineswegs",
    "nl": "niet niets geen nooit niemand zonder noch nergens",
    "sv": "inte ej icke ingen inget inga aldrig utan varken",
    "da": "ikke ej ingen intet aldrig uden hverken",
    "no": "ikke ei ingen intet inga aldri uten verken",
    "pl": "nie ani bez nigdy żaden żadna żadne żadnego żadnej żadnych żadnym nic nikt",
    "cs": "ne ani bez nikdy žádný žádná žádné žádného nic nikdo není nejsou nesmí",
    "ru": "не ни нет без нельзя никогда никто никого никому никем ничто ничего ничему ничем "
    "никакой никакая никакое никакие никакого никакому никаким никакую никаких никакими нигде",
    "uk": "не ні нема немає без ніколи ніхто нікого ніщо нічого жоден жодна жодне жодного жодної "
    "жодних",
    "bg": "не ни няма без никога никой никого нищо никакъв никаква никакви",
    "el": "δεν μην μη όχι χωρίς ποτέ ούτε κανένας καμία κανένα κανείς τίποτα",
    "tr": "değil yok hiç hiçbir olmadan olmaksızın",
    "ar": "لا لم لن ليس ليست ليسوا ليسا غير دون بدون بلا عدم بعدم لعدم بغير ألا لئلا",
    "fa": "نه نیست نیستند بدون هیچ نباید نشود غیر عدم",
    "he": "לא אין אל בלי ללא מבלי אינו אינה אינם אינן מעולם",
    "hi": "नहीं न मत बिना ना",
    "zh": "不 没 沒 未 无 無 非 勿 莫 毋 否",
    "ja": "不 未 無 非 否",
}
# Signs that deny stand in these words without denying what is said.
_INNOCENT = re.compile(
    "非洲|非常|莫桑比克|莫斯科|未来|未來|不断|不斷|不仅|不僅|不但|不同|不久|不管|不论|不論|无论|"
    "無論|不丹|不列颠|无不|無不|是否|否则|否則|南非|中非|西非|东非|北非|東非|亚非|亞非"
)
_JOINED = re.compile("^[وف]")  # "and", "so": written with the next word in Arabic
_WORD_T = "t"  # of don't, parted at its apostrophe


def denying(keys: Sequence[str], language: str) -> list[int]:
    """The places in `keys` of words that deny.

    In `language`, a base language such as `en`; in an unknown one, those that do so in any.
    """
    known = _words(language)
    signs = _in_signs(keys, known) if any(map(is_sign, keys)) else ()
    return [at for at, each in enumerate(keys) if at in signs or _denies(keys, at, known)]


def _denies(keys: Sequence[str], at: int, known: frozenset[str]) -> bool:
    each = keys[at]
    if is_sign(each):
        return False
    if each == _WORD_T:
        return at > 0 and keys[at - 1].endswith("n")
    return each in known or _JOINED.sub("", each, count=1) in known


def _in_signs(keys: Sequence[str], known: frozenset[str]) -> frozenset[int]:
    """Where signs deny, but for those that are a part of an innocent word."""
    line = "".join(each if len(each) == 1 else " " for each in keys)
    innocent = {at for found in _INNOCENT.finditer(line) for at in range(*found.span())}
    return frozenset(at for at, each in enumerate(line) if each in known and at not in innocent)


@cache
def _words(language: str) -> frozenset[str]:
    if language in _DENYING:
        return frozenset(_DENYING[language].split())
    return frozenset(word for each in _DENYING.values() for word in each.split())


# Those that follow what they deny; behind the end of a quotation others deny something else.
_FOLLOWING = frozenset(
    [
        *("not", "cannot", "never", "ne", "n", "pas", "jamais", "guère", "nicht", "nie", "niemals"),
        *("no", "nunca", "não", "non", "niet", "inte", "ikke", "не", "ні"),
        *("لا", "لم", "لن", "ليس", "ليست", "不", "未", "没", "沒"),
    ]
)
_BETWEEN_SIGNS = 1  # of 没有 and 不得 the second sign denies nothing by itself


def denies_before(keys: Sequence[str], first: int, language: str) -> int | None:
    """The place of a word that denies just before the word `first`, if there is one."""
    if first <= 0:
        return None
    back = 1 + (_BETWEEN_SIGNS if is_sign(keys[first - 1]) else 0)
    start = max(0, first - back - 1)
    there = [start + at for at in denying(keys[start : first + 1], language)]
    there = [at for at in there if first - back <= at < first]
    return there[-1] if there else None


def denies_after(keys: Sequence[str], end: int, language: str) -> bool:
    """Whether the word `end` denies what stands before it."""
    if end >= len(keys) or keys[end] not in _FOLLOWING:
        return False
    return 0 in denying(keys[end : end + 2], language)
