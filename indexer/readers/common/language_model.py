"""The model of languages in its package in; an identifier on files that all processes share, out.

py3langid keeps its model in LZMA, and unpacks 68 MB for 0.6 seconds whenever a process loads it.
Unpacked once in the user's cache, it is mapped into memory, where all that read have it in common.
"""

import json
import shutil
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_ARRAYS = ("ptc", "pc", "nextmove", "row", "output")
_CLASSES = "classes.json"


def identifier() -> "LanguageIdentifier":
    """The identifier, on the unpacked model where there is one, else on a copy of its own."""
    # Imported only where a text is to be told, since a search needs none and would wait for it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    with suppress(OSError, ValueError):
        return _mapped(_place())
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def unpack() -> None:
    """Unpacks the model into the user's cache, unless that was done or nothing can be written."""
    with suppress(OSError):
        place = _place()
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            _write(place)


def _place() -> Path:
    """Where the unpacked model is; another model has another place. Raises `OSError`."""
    stat = _packed().stat()
    name = f"languages-{stat.st_size}-{stat.st_mtime_ns}"
    return Path(platformdirs.user_cache_dir("pilcrow", appauthor=False)) / name


def _packed() -> Path:
    """The model in its package, which need not be imported for that: it takes long."""
    spec = find_spec("py3langid")
    return Path(*((spec and spec.submodule_search_locations) or ()), "data", "model.npz.xz")


def _write(place: Path) -> None:
    """Writes the files beside `place` and moves them there together: others see all or none."""
    import numpy as np  # noqa: PLC0415
    from py3langid.modelio import load_model  # noqa: PLC0415

    ptc, pc, classes, nextmove, row, output = load_model(_packed())
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".languages-") as folder:
        beside = Path(folder) / "model"
        beside.mkdir()
        for name, values in zip(_ARRAYS, (ptc, pc, nextmove, row, output), strict=True):
            np.save(beside / f"{name}.npy", np.asarray(values))
        (beside / _CLASSES).write_text(json.dumps(classes), encoding="utf-8")
        with suppress(OSError):  # another process was first
            beside.rename(place)
    for old in place.parent.glob("languages-*"):
        if old != place:
            shutil.rmtree(old, ignore_errors=True)


def _mapped(place: Path) -> "LanguageIdentifier":
    import numpy as np  # noqa: PLC0415
    from py3langid.langid import LanguageIdentifier  # noqa: PLC0415

    ptc, pc, nextmove, row, output = (
        np.load(place / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS
    )
    classes = json.loads((place / _CLASSES).read_text(encoding="utf-8"))
    # Bytes are looked up one by one, which is quick in a view of memory and slow in an array.
    steps = memoryview(nextmove)
    return LanguageIdentifier(
        ptc, pc, classes, steps, output.tolist(), norm_probs=True, tk_row=row.tolist()
    )
