"""The command `pilcrow`, with all its commands.

Exit codes: 0 done; 1 done, but something is wrong with the data (a file that cannot be read, an
index that disagrees, nothing at an address); 2 asked in a way that cannot be carried out.

A command is imported when it is asked for, so that a search need not wait for the others.
"""

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any, NoReturn

import click

from indexer import __version__, disks
from indexer.commands.wrong import Wrong
from indexer.errors import BadSetting, PilcrowError
from indexer.printed import named

# Module of `indexer.commands` → the commands in it, each a function of that name.
_MODULES: dict[str, tuple[str, ...]] = {
    "asking": ("search", "show", "cite", "history", "export"),
    "quoting": ("check-quotes",),
    "parallel": ("compare", "languages", "beside"),
    "agreed": ("wording",),
    "keeping": ("sync", "rebuild", "check", "info"),
    "safekeeping": ("backup", "restore"),
    "serving": ("serve", "watch", "token"),
    "programs": ("mcp", "schema"),
    "proving": ("bundle", "verify", "root", "key"),
}
_PLACES = {name: module for module, names in _MODULES.items() for name in names}


class _Known(MutableMapping[str, click.Command]):
    """All commands by name; nothing is imported but what is looked up."""

    def __getitem__(self, name: str) -> click.Command:
        module = import_module(f"indexer.commands.{_PLACES[name]}")
        command: click.Command = getattr(module, name.replace("-", "_"))
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)

    def __contains__(self, name: object) -> bool:
        return name in _PLACES

    def __setitem__(self, name: str, command: click.Command) -> NoReturn:
        raise TypeError(name)  # commands are named in the table

    def __delitem__(self, name: str) -> NoReturn:
        raise TypeError(name)


class _Commands(click.Group):
    """Turns our exceptions into one line on standard error and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        try:
            return super().invoke(ctx)
        except BadSetting as error:
            raise Wrong(named(str(error))) from error
        except PilcrowError as error:
            raise click.ClickException(named(str(error))) from error
        except OSError as error:
            if not (lacks := disks.wanting(error)):
                raise
            where = f" ({error.filename})" if error.filename else ""
            raise click.ClickException(named(f"{lacks}{where}")) from error


@click.group(
    cls=_Commands, commands=_Known(), context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="pilcrow")
def main() -> None:
    """Full-text search that answers with the paragraph."""
