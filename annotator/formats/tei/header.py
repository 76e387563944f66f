"""The header of a TEI document: what is known of the article, who annotated it, and by what rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from annotator.formats.standoff.graph import Standoff
from annotator.formats.tei.common import NAMESPACE, SCHEME_FILE, SCHEME_TYPE, content, element, name_of, tag
from annotator.model import Scheme, Term

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_HOW = (
    "Without the content of corr and reg, the characters of the text are those of the source, white space included. "
    "What ana leads to says all that is known of an annotation. Offsets in string-range count Unicode code points of "
    "all characters inside the element text, from 0."
)


def header(standoff: Standoff, people: Mapping[str, str], *, has_scheme: bool, head: str = "") -> str:
    """The ``teiHeader`` of an article; ``people`` are the XML ids of annotators by name."""
    title = element("title", (), content(standoff.name))
    responsible = (
        element("respStmt", (("xml:id", id_),), "<resp>annotation</resp>", element("name", (), content(name)))
        for name, id_ in people.items()
    )
    by = standoff.get("byline")
    author = element("author", (), content(by)) if by else ""
    rules = f'<p>The rules are in <ref target="{SCHEME_FILE}">{SCHEME_FILE}</ref>.</p>' if has_scheme else ""
    log = f"<p>Change log of the project: {content(head)}</p>" if head else ""
    language = standoff.get("language") or ""
    profile = (
        f'<profileDesc><langUsage><language ident="{language}"/></langUsage></profileDesc>\n'
        if _LANGUAGE.fullmatch(language)
        else ""
    )
    return (
        "<teiHeader>\n<fileDesc>\n"
        f"<titleStmt>{title}{author}{''.join(responsible)}</titleStmt>\n"
        f"<publicationStmt><p>Annotated with Article Annotator.</p>{log}</publicationStmt>\n"
        f"<sourceDesc>{_source(standoff, title + author)}</sourceDesc>\n</fileDesc>\n"
        f"<encodingDesc><editorialDecl><p>{_HOW}</p>{rules}</editorialDecl></encodingDesc>\n{profile}</teiHeader>\n"
    )


def _source(standoff: Standoff, begin: str) -> str:
    published, url, outlet = (standoff.get(name) for name in ("published", "url", "outlet"))
    when = (("when", published),) if published and _DATE.fullmatch(published) else ()
    return element(
        "bibl",
        (),
        begin,
        element("publisher", (), content(outlet)) if outlet else "",
        element("date", when, content(published)) if published else "",
        element("idno", (("type", "URL"),), content(url)) if url else "",
    )


def begin(kind: str = "") -> str:
    """How each document begins."""
    attributes = (("xmlns", NAMESPACE), *((("type", kind),) if kind else ()))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tag("TEI", attributes)}\n'


def scheme_document(scheme: Scheme) -> str:
    """A document of its own: the guideline as its text, the vocabularies as taxonomies of its ``encodingDesc``."""
    title = f"{scheme.name or 'Scheme'}, version {scheme.version}"
    terms = sorted(scheme.terms, key=lambda term: term.vocabulary)
    taxonomies = [_taxonomy(name, group) for name, group in groupby(terms, key=lambda term: term.vocabulary)]
    declared = f"<classDecl>\n{''.join(taxonomies)}</classDecl>" if taxonomies else "<p>No vocabularies.</p>"
    paragraphs = [element("p", (), content(each)) for each in re.split(r"\n\s*\n", scheme.guideline) if each.strip()]
    return (
        f"{begin(SCHEME_TYPE)}<teiHeader>\n<fileDesc>\n"
        f"<titleStmt><title>{content(title)}</title></titleStmt>\n"
        "<publicationStmt><p>Written by Article Annotator.</p></publicationStmt>\n"
        "<sourceDesc><p>The scheme of a project.</p></sourceDesc>\n</fileDesc>\n"
        f"<encodingDesc>{declared}</encodingDesc>\n</teiHeader>\n"
        f"<text><body>\n{chr(10).join(paragraphs) or '<p/>'}\n</body></text>\n</TEI>\n"
    )


def _taxonomy(name: str, terms: Iterable[Term]) -> str:
    categories = (
        element(
            "category",
            (("xml:id", f"{name_of(name)}.{number}"), ("n", term.value)),
            element("catDesc", (), element("term", (), content(term.label)), content(f" {term.meaning}")),
        )
        for number, term in enumerate(terms, start=1)
    )
    return element("taxonomy", (("xml:id", name_of(name)),), *(f"{each}\n" for each in categories))
