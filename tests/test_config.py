"""Where settings come from, and which weigh more."""

from pathlib import Path

import pytest

from indexer.config import Settings, load_settings
from indexer.errors import BadSetting


def test_defaults(tmp_path: Path) -> None:
    assert load_settings(environ={}, folder=tmp_path) == Settings()


def test_the_file_weighs_less_than_the_environment_and_that_less_than_flags(
    tmp_path: Path,
) -> None:
    (tmp_path / "pilcrow.toml").write_text('corpus = "file"\nport = 1\nhost = "file"\n')
    environ = {"PILCROW_PORT": "2", "PILCROW_HOST": "environment", "OTHER": "x"}
    settings = load_settings({"host": "flag", "data": None}, environ, tmp_path)
    assert (settings.corpus, settings.port, settings.host) == (Path("file"), 2, "flag")
    assert settings.data == Settings().data


@pytest.mark.parametrize(
    ("toml", "environ", "message"),
    [
        ("prot = 1", {}, "'prot', which is no setting; there are corpus, data"),
        ("port = 'x'", {}, "pilcrow.toml sets port to 'x'; it must be a whole number"),
        ("port = 0", {}, "from 1 to 65535"),
        ("port = ", {}, "not valid TOML"),
        ("", {"PILCROW_PROT": "1"}, "the environment sets 'prot'"),
        ("", {"PILCROW_CORPUS": ""}, "to nothing"),
        ("ocr = 'eng, fra'", {}, "languages by the codes of Tesseract"),
        ("", {"PILCROW_OCR": "-l"}, "languages by the codes of Tesseract"),
    ],
)
def test_mistakes_are_named(
    tmp_path: Path, toml: str, environ: dict[str, str], message: str
) -> None:
    (tmp_path / "pilcrow.toml").write_text(toml)
    with pytest.raises(BadSetting, match=message):
        load_settings(environ=environ, folder=tmp_path)


def test_what_the_file_turns_on_the_environment_turns_off(tmp_path: Path) -> None:
    (tmp_path / "pilcrow.toml").write_text('ocr = "eng+fra"\n')
    assert load_settings(environ={}, folder=tmp_path).ocr == "eng+fra"
    assert load_settings(environ={"PILCROW_OCR": ""}, folder=tmp_path).ocr == ""
