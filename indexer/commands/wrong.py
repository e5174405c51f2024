"""What ends a command that was asked for in a way that cannot be carried out."""

import click


class Wrong(click.ClickException):
    """Asked in a way that cannot be carried out."""

    exit_code = 2
