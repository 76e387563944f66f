"""What is done to a project while the power fails: creating, editing, importing, upgrading, backing up, exporting.

Joining, releasing, restoring and rebuilding are in ``more_scenarios``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from db_samples import changing, commit, creating, sample

from annotator.edits import Changeset
from annotator.formats import registry
from annotator.schemes import DEFAULT_SCHEME
from annotator.services.exporting import export
from db import migrate
from db.copies.copying import copy_project
from db.engine import APPLICATION_ID, WRITE, sqlite_engine
from db.project import SqlProject, create_project, open_project

NAME = "p.annotator"
Actions = Iterator[Callable[[], object]]
"""Each is one action of a person, acknowledged when it returns."""


@dataclass(frozen=True, slots=True)
class Scenario:
    prepare: Callable[[Path], None]
    """Makes what is in the folder before."""
    actions: Callable[[Path], Actions]
    keeps: frozenset[int] = frozenset()
    """Actions, by number, at any moment of which what was there before is in some file, whole."""


def with_articles(count: int) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        project = create_project(str(folder / NAME))
        for number in range(count):
            commit(project, creating(*small(number)))
        project.close()

    return prepare


def small(number: int):
    """An article of a few words with a claim and its speaker."""
    made = sample(position=number)
    chain = tuple(replace(hop, addressee_id=None, date=None) for hop in made.claim.chain)  # older projects knew neither
    claim = replace(made.claim, chain=chain)
    return [made.article, made.source, made.outer, made.inner, made.parent, claim, made.mention]


def edited(project: SqlProject) -> Actions:
    """Small changes of fields, undone and done again in the end, a new article, and a deletion."""
    claims = [claim for document in project.documents() for claim in document.claims]
    for number, claim in enumerate(claims):
        changed = replace(claim, note=f"seen {number}" * (number + 1))
        yield partial(commit, project, changing(claim, changed))
        yield partial(commit, project, changing(changed, replace(changed, unsure=not claim.unsure)))
    yield partial(commit, project, creating(*small(100)))
    last = project.document(project.article_ids()[0]).mentions[0]
    deletion = changing(last, None)
    yield partial(commit, project, deletion)
    yield partial(commit, project, Changeset.of(deletion.edit.inverted(), "anna", "undo", deletion.id))
    yield partial(commit, project, Changeset.of(deletion.edit, "anna", "redo", deletion.id))


def _edit(folder: Path) -> Actions:
    with closing(open_project(str(folder / NAME), "write")) as project:
        yield from edited(project)


def _create(folder: Path) -> Actions:
    opened: list[SqlProject] = []
    yield lambda: opened.append(create_project(str(folder / NAME)))
    with closing(opened[0]):
        yield partial(commit, opened[0], creating(*small(0)))


def _import(folder: Path) -> Actions:
    """Large transactions that do not fit into SQLite's cache, so that the file changes before they are committed."""
    with closing(open_project(str(folder / NAME), "write")) as project:
        with project._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA cache_size=10")
        for start in (0, 40):
            articles = [record for n in range(start, start + 40) for record in sample(position=n).records]
            yield partial(commit, project, creating(*articles, title="Import"))


def _older(folder: Path) -> None:
    """A project of the first version that has articles."""
    from alembic import command
    from alembic.config import Config

    (folder / "new").mkdir()
    with_articles(2)(folder / "new")
    path = folder / NAME
    sqlite3.connect(path).close()
    engine = sqlite_engine(path, writer=True)
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        command.upgrade(config, "0001")
    engine.dispose()
    old = sqlite3.connect(path)
    old.execute("ATTACH ? AS new", (str(folder / "new" / NAME),))
    tables = [name for (name,) in old.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
    for table in tables:
        if table != "alembic_version":
            columns = ", ".join(f'"{row[1]}"' for row in old.execute(f"PRAGMA main.table_info({table})"))
            old.execute(f"DELETE FROM main.{table}")
            old.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
    old.commit()
    old.close()
    (folder / "new" / NAME).unlink()
    (folder / "new").rmdir()


def _migrate(folder: Path) -> Actions:
    yield lambda: open_project(str(folder / NAME), "write").close()


def _backup(folder: Path) -> Actions:
    """Backups and copies between edits, the last copies in the place of older ones."""
    with closing(open_project(str(folder / NAME), "write")) as project:
        for number, edit in enumerate(edited(project)):
            yield edit
            if number % 5 == 0:
                yield lambda: project.backups.make("regular")
                yield lambda name=f"copy-{number % 3}": copy_project(folder / NAME, folder / f"{name}.annotator")


def _copy(folder: Path) -> Actions:
    """The project saved elsewhere, with changes that could not be saved where it is."""
    with closing(open_project(str(folder / NAME), "write")) as project:
        for number, edit in enumerate(edited(project)):
            yield edit
            if number % 2 == 0:
                waiting = [creating(*small(200 + number)), creating(*small(300 + number))]
                yield partial(project.copy_to, str(folder / f"copy-{number}.annotator"), waiting)


def _export(folder: Path) -> Actions:
    """A file, a file in its place, a folder and an archive, each with its scheme, edits between them."""
    with closing(open_project(str(folder / NAME), "write")) as project:
        edits = edited(project)
        wanted = [("gold.jsonl", "jsonl"), ("gold.jsonl", "jsonl"), ("brat", "brat"), ("packed.zip", "brat")]
        for name, chosen in wanted:
            yield next(edits)
            yield lambda name=name, chosen=chosen: export(
                project, folder / name, registry.named(chosen), scheme=DEFAULT_SCHEME, head=str(project.head())
            )


SCENARIOS = {
    "create": Scenario(lambda _folder: None, _create),
    "edit": Scenario(with_articles(2), _edit),
    "import": Scenario(with_articles(1), _import),
    "migration": Scenario(_older, _migrate),
    "backup": Scenario(with_articles(2), _backup),
    "copy": Scenario(with_articles(1), _copy),
    "export": Scenario(with_articles(2), _export),
}
