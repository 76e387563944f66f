"""What reader and writer of Web Annotations must agree about."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

MODEL = "http://www.w3.org/ns/anno.jsonld"
"""The context of the recommendation. It is a name; nothing is ever loaded from there."""
OWN = "urn:article-annotator:web-annotation:"
CONTEXT = (
    MODEL,
    {
        "own": OWN,
        "attributes": {"@id": "own:attributes", "@type": "@json"},
        "article": {"@id": "own:article", "@type": "@json"},
        "quoted": {"@id": "own:quoted", "@type": "@json"},
        "role": "own:role",
        "sha256": "own:sha256",
        "text": {"@id": "own:text", "@type": "@id"},
    },
)
TEXT_SUFFIX = ".source.txt"
"""How the file with the text ends; the annotations beside it end in ``.jsonld``."""
LINKING = "linking"
"""The motivation of an annotation that joins others, and is a link here."""
TAGGING, COMMENTING, EDITING, IDENTIFYING = "tagging", "commenting", "editing", "identifying"
CLASSIFYING = "classifying"
CONTEXT_LENGTH = 32
"""UTF-16 units of prefix and suffix at most: more than these 32 many readers in JavaScript cannot look for."""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SIGNS = (b"anno.jsonld", b"TextQuoteSelector", b"TextPositionSelector", b"AnnotationPage", b"AnnotationCollection")


def iri(article: str, id_: str) -> str:
    """What an item or a link of an article is called in the world."""
    if _UUID.fullmatch(id_):
        return f"urn:uuid:{id_}"
    return f"{OWN}{quote(article, safe='')}:{quote(id_, safe='')}"


def id_of(name: str) -> str:
    """The id in an IRI of :func:`iri`; any other IRI as it is."""
    if name.startswith("urn:uuid:"):
        return name.removeprefix("urn:uuid:")
    if name.startswith(OWN):
        return unquote(name.rpartition(":")[2])
    return name


def is_ours(head: bytes) -> bool:
    """Whether a file that begins so holds Web Annotations."""
    return any(sign in head for sign in _SIGNS)
