"""The arguments of every command, and the help that explains them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from annotator.edits import LogHead
from annotator.formats import registry
from annotator.formats.tables.columns import FIELDS
from ui.cli.parser_base import Command, Parser
from ui.cli.parser_keeping import add_keeping

if TYPE_CHECKING:
    from annotator.formats.base import Format

_MAX_SIDE = 16_384


_NEW = Command(
    "new",
    "make a new, empty project",
    "Make a new, empty project. Nothing that exists is ever replaced. --scheme says by what rules it is labelled;\n"
    "everything in a scheme can be changed in the window.",
    "annotator new elections.annotator --scheme quotations",
)
_IMPORT = Command(
    "import",
    "add articles from files to a project",
    "Add the articles in FILE … to the project, as one change that can be undone in the window.\n"
    "FILE may be a folder or a zip archive: all files in it are taken that are of a format that can be read.\n"
    "In tables each row is an article; --column says where its parts are when the headers do not.\n"
    "A text that is already in the project is skipped. A file that cannot be read is named on stderr\n"
    "and stops no other file; the exit code is then 2. An article that is there with other content is\n"
    "left alone and named; the exit code is then 1. One that is there without labels takes those of the file.\n"
    "Labels that only NAME.scheme.json beside NAME.jsonl knows\n"
    "are added to the project's.",
    "annotator import elections.annotator articles/ more.zip\n"
    "  annotator import elections.annotator table.csv --column text=Body --column title=Head\n"
    "  annotator import new.annotator gold.jsonl --annotator Ann",
)
_EXPORT = Command(
    "export",
    "write a project's articles and annotations to a file",
    "Write every article with its annotations to OUT in one of the formats (annotator formats lists them), read it\n"
    "back, and say what of the project it could not carry. OUT appears complete or not at all; a file of that name\n"
    "is replaced. So are NAME.scheme.json and NAME.guideline.md beside it, which say by what rules the articles are\n"
    "labelled. A format of several files goes into a new folder, or into a zip archive when OUT ends in .zip.\n"
    "--view corrected writes the text as its transcription corrections make it; such a file is for\n"
    "reading and training and cannot be imported again.",
    "annotator export elections.annotator gold.jsonl\n  annotator export elections.annotator brat.zip --format brat",
)
_MAPPING = Command(
    "mapping",
    "propose what the labels in files of another tool mean",
    "Print a mapping for the labels, relations and attributes in FILE …: rules that say what each is here. Labels\n"
    "that are usual for quotations, names and corrections are known; what is doubtful stands in its remarks. Look\n"
    "through it, change it, and give it to import and export with --mapping. What no rule covers is kept in\n"
    "quarantine, and goes out again under its own label.",
    "annotator mapping corpus/ > corpus.mapping.json\n"
    "  annotator import elections.annotator corpus/ --mapping corpus.mapping.json",
)
_FORMATS = Command(
    "formats",
    "list the formats that can be read and written",
    "List every format: its name for --format, whether it can be read (in) and written (out), its files, and in\n"
    "what it counts places. One that needs a package which is not installed says which. Other packages add formats\n"
    "by the entry point group article_annotator.formats; one that cannot be used is named on stderr (exit code 1).",
    "annotator formats",
)
_STATS = Command(
    "stats",
    "count articles, claims, speakers, mentions and corrections",
    "Count what is in the project, by state and status.\n"
    "--json prints one object: project (its name); articles, claims, speakers, mentions, corrections,\n"
    "quarantined (numbers); articles_by_state, claims_by_status, mentions_by_status, corrections_by_status,\n"
    "corrections_by_kind\n"
    "(objects of numbers, every value of the vocabulary included).",
    "annotator stats elections.annotator --json",
)
_VERIFY = Command(
    "verify",
    "check every anchor, link and the change log",
    "Check that every annotation quotes its text exactly, that every link leads somewhere, that the texts are\n"
    "unchanged since import, and that the database and the change log are whole. Changes nothing.\n"
    "Problems are printed one a line, and the exit code is then 1. The last line is the end of the change log: noted\n"
    "elsewhere and given with --head, it shows that nothing of what was there then was removed or rewritten, which\n"
    "nothing in the project alone can show (docs/reliability.md).",
    "annotator verify elections.annotator\n  annotator verify elections.annotator --head 812:5f0c3e9a1b7d",
)
_ROLES = Command(
    "database-roles",
    "print who may do what in a project on a PostgreSQL server",
    "Print a script for psql that makes two roles with the least rights: NAME_annotator, who works with the project\n"
    "and can only add to its change log, and NAME_reader, who reads. Nothing is connected to; see docs/team-server.md.",
    "annotator database-roles postgresql+psycopg://server/news | psql -h server -d news",
)
_SCREENSHOT = Command(
    "screenshot",
    "draw the window of a project into a PNG file",
    "Draw the window as it would look with the project open, without showing it; no display is needed.",
    "annotator screenshot elections.annotator window.png --article 2 --theme dark --size 1500x940",
)
_PDF = Command(
    "pdf",
    "write an annotated article to a PDF file",
    "Write an article to OUT.pdf as the window shows it, on pages, with a legend: what its marks mean, its speakers,\n"
    "claims and corrections. The text can be searched and copied. OUT.pdf appears complete or not at all; a file of\n"
    "that name is replaced. No display is needed.",
    "annotator pdf elections.annotator article.pdf --article 2 --view corrected",
)
_RELEASE = Command(
    "release",
    "build a gold release, put the texts back into one, or check one",
    "Build a gold release of the articles that are done in the new folder OUT_DIR: JSON Lines and Parquet in train,\n"
    "dev and test, their schema, labels and guideline, a dataset card, Croissant, statistics with charts, a citation,\n"
    "what is new since an earlier release, and a MANIFEST with the hash of every file. What blocks is named, and\n"
    "nothing is written (exit code 1). The same project gives the same bytes. What is not given is as in --wish,\n"
    "else as the window keeps it beside the project, in NAME.release.json.\n\n"
    "--rebuild puts the texts back into a release without text: TEXT … are files, folders or zip archives, and each\n"
    "text is found by its hash. --check looks at a release without its project; problems are printed one a line\n"
    "(exit code 1). It finds every change of a file or of the MANIFEST, but not a release made anew as a whole.",
    "annotator release elections.annotator elections-1.0 --creator 'Doe, Jane' --seed 7 --apart sources\n"
    "  annotator release elections.annotator elections-1.0-bare --without-text --since elections-0.9\n"
    "  annotator release --rebuild elections-1.0-bare articles/ more.zip --out elections-1.0\n"
    "  annotator release --check elections-1.0",
)


def make_parser(version: str) -> argparse.ArgumentParser:
    """The parser of all commands. ``command`` in its result is the command's name."""
    parser = Parser(
        prog="annotator",
        usage="annotator [PROJECT]\n       annotator COMMAND …",
        description="Label claims, speakers and corrections in news articles by hand, and export a gold standard.\n"
        "Without a command the window opens: on PROJECT, else on the last project, else on the sample.",
        epilog="PROJECT is the path of a project file or a database URL such as postgresql+psycopg://…/name.\n"
        "A project that is named like a command is given as ./new.\n"
        "Exit codes: 0 done, 1 problems were found, 2 bad use or input.\n\n"
        "examples:\n  annotator\n  annotator elections.annotator\n  annotator import --help",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"annotator {version}")
    group = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", required=True, prog="annotator")
    _add_new(_add(group, _NEW))
    _add_import(_add(group, _IMPORT))
    _add_export(_add(group, _EXPORT))
    _add_mapping(_add(group, _MAPPING, project=False))
    listing = _add(group, _FORMATS, project=False)
    listing.add_argument("--json", action="store_true", help="print a JSON array instead of lines")
    stats = _add(group, _STATS)
    stats.add_argument("--json", action="store_true", help="print a JSON object instead of lines")
    verify = _add(group, _VERIFY)
    verify.add_argument("--head", metavar="SEQ:HASH", type=_head, help="where the change log ended, as it was noted")
    add_keeping(partial(_add, group))
    _add(group, _ROLES)
    _add_screenshot(_add(group, _SCREENSHOT))
    _add_pdf(_add(group, _PDF))
    _add_release(_add(group, _RELEASE, project=False))
    return parser


def _add(group: argparse._SubParsersAction[Parser], command: Command, *, project: bool = True) -> Parser:
    parser = group.add_parser(
        command.name,
        help=command.summary,
        description=command.details,
        epilog=f"example:\n  {command.example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    if project:
        parser.add_argument("project", metavar="PROJECT", help="path of a project file, or a database URL")
    return parser


class _Names:
    """The names of formats, looked up when one is given and not before: that loads all formats."""

    def __init__(self, which: Callable[[], Iterable[Format]]) -> None:
        self._which = which

    def __iter__(self) -> Iterator[str]:
        return (each.name for each in self._which())


def _add_format(parser: Parser, which: Callable[[], Iterable[Format]], what: str) -> None:
    parser.add_argument("--format", metavar="NAME", choices=_Names(which), help=what)


def _of_other_tools() -> Iterator[Format]:
    return (each for each in registry.readable() if each.read_standoff is not None)


def _add_new(parser: Parser) -> None:
    parser.add_argument(
        "--scheme",
        choices=("claims", "quotations", "transcription"),
        default="claims",
        help="what it begins with: guideline, vocabularies and checks (default: claims)",
    )


def _add_import(parser: Parser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="file, folder or zip archive to import")
    _add_format(parser, registry.readable, "format of the files (default: by extension, else text)")
    parser.add_argument("--annotator", metavar="NAME", help="who imports (default: your user name)")
    parser.add_argument(
        "--mapping", metavar="FILE", help="what the labels of another tool mean (default: as they suggest themselves)"
    )
    parser.add_argument("--encoding", metavar="NAME", help="encoding of the files (default: as they say, or a guess)")
    parser.add_argument("--repair", action="store_true", help="put wrongly decoded letters right (Ã¤ to ä)")
    parser.add_argument(
        "--column", metavar="FIELD=HEADER", action="append", type=_column, help=f"in tables: {', '.join(FIELDS)}"
    )
    parser.add_argument("--keep-duplicates", action="store_true", help="import texts that are there already, too")


def _add_export(parser: Parser) -> None:
    parser.add_argument("out", metavar="OUT", help="file to write")
    _add_format(parser, registry.writable, "format to write (default: by the extension of OUT)")
    parser.add_argument("--mapping", metavar="FILE", help="the labels of another tool to write (default: our own)")
    parser.add_argument(
        "--view", choices=("source", "corrected"), default="source", help="which text to write (default: source)"
    )


def _add_mapping(parser: Parser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="file, folder or archive to look at")
    _add_format(parser, _of_other_tools, "format of the files (default: by extension)")


def _add_screenshot(parser: Parser) -> None:
    parser.add_argument("out", metavar="OUT.png", help="file to write")
    parser.add_argument("--article", metavar="N", type=_ordinal, default=1, help="which article, from 1 (default: 1)")
    parser.add_argument("--theme", choices=("light", "dark"), default="light", help="default: light")
    parser.add_argument("--view", choices=("source", "corrected", "both"), default="source", help="default: source")
    parser.add_argument("--size", metavar="WxH", type=_size, default=(1500, 940), help="pixels (default: 1500x940)")


def _add_pdf(parser: Parser) -> None:
    parser.add_argument("out", metavar="OUT.pdf", help="file to write")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--article", metavar="N", help="which article, from 1, or its id (default: 1)")
    which.add_argument("--all", action="store_true", help="all articles, one after the other")
    parser.add_argument("--view", choices=("source", "corrected", "both"), default="source", help="default: source")
    parser.add_argument(
        "--paper", choices=("A4", "Letter", "A3", "A5", "Legal"), help="size of the pages (default: your country's)"
    )
    parser.add_argument("--landscape", action="store_true", help="pages wider than high")
    parser.add_argument("--no-legend", dest="legend", action="store_false", help="the article alone")


def _add_release(parser: Parser) -> None:
    parser.usage = (
        "annotator release PROJECT OUT_DIR [options]\n       annotator release --rebuild DIR TEXT … --out DIR\n"
        "       annotator release --check DIR"
    )
    parser.add_argument("paths", metavar="PATH", nargs="+", help="as the first lines say")
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--check", action="store_true", help="check the release in DIR")
    does.add_argument("--rebuild", action="store_true", help="put texts back into the release in DIR")
    parser.add_argument("--out", metavar="DIR", help="new folder for the rebuilt release")
    parser.add_argument("--wish", metavar="FILE", help="what the release is to be, as JSON")
    parser.add_argument("--name", help="what the dataset is called (default: the project's name)")
    parser.add_argument("--version", metavar="N.N.N", help="version of the dataset (default: 1.0.0)")
    parser.add_argument("--description", metavar="TEXT", help="what it is, in a few sentences")
    parser.add_argument(
        "--creator", metavar="NAME", action="append", help="who made it: 'Family, Given'; may be repeated"
    )
    parser.add_argument("--licence", metavar="SPDX", help="of the annotations (default: CC-BY-4.0)")
    parser.add_argument("--url", help="where it will be published")
    parser.add_argument("--shares", metavar="N,N,N", type=_shares, help="of train, dev and test (default: 80,10,10)")
    parser.add_argument("--seed", metavar="TEXT", help="another seed gives other splits (default: 1)")
    parser.add_argument(
        "--apart", choices=("none", "sources", "all"), help="speakers that must not stand in two splits (default: none)"
    )
    parser.add_argument("--since", metavar="DIR", help="earlier release: tell what changed, keep the splits")
    parser.add_argument("--without-text", action="store_true", help="without any word of the articles")
    parser.add_argument("--no-parquet", action="store_true", help="JSON Lines only")


def _shares(text: str) -> tuple[int, int, int]:
    match = re.fullmatch(r"([0-9]{1,6})[,:]([0-9]{1,6})[,:]([0-9]{1,6})", text)
    if match is None or not any(map(int, match.groups())):
        raise argparse.ArgumentTypeError(f"“{text}” is no three numbers such as 80,10,10, not all of them 0")
    return int(match[1]), int(match[2]), int(match[3])


def _column(text: str) -> tuple[str, str]:
    name, sign, header = text.partition("=")
    if not sign or name not in FIELDS or not header:
        raise argparse.ArgumentTypeError(f"“{text}” is no FIELD=HEADER with a field of {', '.join(FIELDS)}")
    return name, header


def _ordinal(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1 on")
    return int(text)


def _head(text: str) -> LogHead:
    try:
        return LogHead.of(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no end of a change log, such as 12:0123456789ab…") from None


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([0-9]{1,5})[xX×]([0-9]{1,5})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"“{text}” is no size such as 1500x940")
    width, height = int(match[1]), int(match[2])
    if not (1 <= width <= _MAX_SIDE and 1 <= height <= _MAX_SIDE):
        raise argparse.ArgumentTypeError(f"“{text}” is out of range (1 to {_MAX_SIDE:,} a side)")
    return width, height
