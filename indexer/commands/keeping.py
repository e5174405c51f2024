"""The commands that keep a library: sync, rebuild, check, info."""

import sys
import time
from collections.abc import Iterable
from itertools import chain

import click

from indexer import serialise, terminal
from indexer.commands.bar import Bar
from indexer.commands.common import json_option, put, wait_option, with_library, with_writer
from indexer.library import Library
from indexer.shapes import AgreementJson, InfoJson, PlanJson, ReportJson
from indexer.sync.apply import Report


@click.command()
@click.option("--dry-run", is_flag=True, help="Print what would be done, and do nothing.")
@click.option("--new-store", is_flag=True, help="Begin without the store that is missing.")
@wait_option
@json_option(ReportJson, PlanJson)
@with_writer
def sync(library: Library, dry_run: bool, wait: float, as_json: bool) -> None:
    """Bring store and index up to the corpus folder."""
    if dry_run:
        planned = library.maintenance.plan()
        put(serialise.plan_json(planned) if as_json else terminal.plan(planned))
        return
    report, lines = synced(library, wait)
    put(serialise.report_json(report, library.maintenance.ignored()) if as_json else lines)
    if report.failures:
        sys.exit(1)


@click.command()
@wait_option
@with_library
def rebuild(library: Library, wait: float) -> None:
    """Rebuild the index from the store, beside the one in use."""
    started = time.monotonic()
    with Bar() as bar:
        library.maintenance.rebuild(bar.tick, wait=wait)
    passages = terminal.count(library.maintenance.indexed(), "passage")
    click.echo(f"{passages} indexed again in {time.monotonic() - started:.1f} s")


@click.command()
@click.option("--repair", is_flag=True, help="Repair the differences.")
@wait_option
@json_option(AgreementJson)
@with_library
def check(library: Library, repair: bool, wait: float, as_json: bool) -> None:
    """Compare the store with the index, both ways."""
    with Bar() as bar:
        agreement = (
            library.maintenance.repair(bar.tick, wait=wait)
            if repair
            else library.maintenance.check()
        )
    put(serialise.agreement_json(agreement) if as_json else terminal.agreement(agreement))
    if not agreement.holds:
        sys.exit(1)


@click.command()
@json_option(InfoJson)
@with_library
def info(library: Library, as_json: bool) -> None:
    """Print what is held, and where."""
    held = library.info()
    noted = library.noted()
    put(serialise.info_json(held, noted) if as_json else terminal.info(held, noted))


def synced(library: Library, wait: float = 0) -> tuple[Report, Iterable[str]]:
    """A sync with its progress on show: the report, and its lines for a person."""
    started = time.monotonic()
    with Bar() as bar:
        report = library.maintenance.sync(bar.tick, wait=wait)
    seconds = time.monotonic() - started
    advice = terminal.advice("" if report.awaits else library.maintenance.advice())
    return report, chain(terminal.report(report, library.maintenance.ignored(), seconds), advice)
