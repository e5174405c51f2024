"""The command `pilcrow`, with all its commands.

Exit codes: 0 done; 1 done, but something is wrong with the data (a file that cannot be read, an
index that disagrees, nothing at an address); 2 asked in a way that cannot be carried out.
"""

from typing import Any

import click

from indexer import __version__, disks
from indexer.commands import (
    agreed,
    asking,
    keeping,
    parallel,
    programs,
    proving,
    quoting,
    safekeeping,
    serving,
)
from indexer.commands.common import Wrong
from indexer.errors import BadSetting, PilcrowError
from indexer.printed import named


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


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pilcrow")
def main() -> None:
    """Full-text search that answers with the paragraph."""


_ALL = (
    asking.search,
    asking.show,
    asking.cite,
    asking.history,
    asking.export,
    quoting.check_quotes,
    parallel.compare,
    parallel.languages,
    parallel.beside,
    agreed.wording,
    keeping.sync,
    keeping.rebuild,
    keeping.check,
    keeping.info,
    safekeeping.backup,
    safekeeping.restore,
    serving.serve,
    serving.watch,
    serving.token,
    programs.mcp,
    proving.bundle,
    proving.verify,
    proving.root,
    proving.key,
)

for _command in _ALL:
    main.add_command(_command)
