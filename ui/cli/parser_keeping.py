"""The arguments and the help of the commands around backups."""

from __future__ import annotations

from ui.cli.parser_base import Adding, Command

_BACKUP = Command(
    "backup",
    "back a project up, now",
    "Copy the project, check the copy, and make it durable: to the new file TARGET, else into the folder of its\n"
    "backups (NAME.backups beside it). The window makes them by itself: after opening, every 15 minutes, and before\n"
    "imports, large changes and upgrades, each only when something was changed. Kept are all of the last hour, one an\n"
    "hour for a day, 14 daily, 8 weekly and 12 monthly ones, and each from before an upgrade. The window may be open\n"
    "meanwhile. The end of the change log that is printed vouches for everything in the copy: note it elsewhere.",
    "annotator backup elections.annotator /media/stick/elections.annotator",
)
_BACKUPS = Command(
    "backups",
    "list the backups of a project",
    "List every file in the folder of the project's backups, the newest first: when and why it was made, what is in\n"
    "it, and the end of its change log, each read in the file itself. The project need not be there any more.\n"
    "A file that cannot be read says why, and the exit code is then 1.\n"
    "--json prints an array of objects: time (UTC), path, reason, size, head, articles, claims, speakers, mentions,\n"
    "corrections, problem.",
    "annotator backups elections.annotator",
)

_RESTORE = Command(
    "restore",
    "go back to a backup of a project",
    "Copy BACKUP (a file, or a name as “annotator backups” lists it) to the new project NEW, or put it in the place\n"
    "of PROJECT. What PROJECT is now is backed up before, or set aside when it is damaged, and said; what restoring\n"
    "means for articles and records is listed. Nothing is ever overwritten. For --replace no window may have PROJECT\n"
    "open.",
    "annotator restore elections.annotator 20261129T101500.000Z-import.annotator --to before-import.annotator",
)

_REBUILD = Command(
    "rebuild",
    "make a new project of what is left of a damaged one",
    "Make the new project NEW of the damaged file PROJECT: every changeset that can be read is checked by its hash\n"
    "and replayed, as far as the chain holds. What cannot be read is taken from BACKUP, or else from the newest of\n"
    "the project's backups that can be read (--no-backup: from none), where the chain fits. PROJECT is not touched.\n"
    "What is missing is printed, one thing a line, and the exit code is then 1.",
    "annotator rebuild elections.annotator rebuilt.annotator",
)


def add_keeping(add: Adding) -> None:
    """Add them to the parser."""
    add(_BACKUP).add_argument("target", metavar="TARGET", nargs="?", help="new file to write")
    rebuild = add(_REBUILD)
    rebuild.add_argument("target", metavar="NEW", help="new project file to make")
    rebuild.add_argument("--backup", metavar="BACKUP", help="take what is missing from this one")
    rebuild.add_argument("--no-backup", action="store_true", help="from the damaged file alone")
    restore = add(_RESTORE)
    restore.add_argument("backup", metavar="BACKUP", help="file or name of the backup")
    where = restore.add_mutually_exclusive_group(required=True)
    where.add_argument("--to", metavar="NEW", help="new project file to make")
    where.add_argument("--replace", action="store_true", help="put it in the place of PROJECT")
    add(_BACKUPS).add_argument("--json", action="store_true", help="print a JSON array instead of lines")
