import hashlib

import pytest

from annotator.model import Article, Document, SourceText, Speaker
from annotator.services.annotate import Author
from annotator.workspace import Workspace

TEXT = 'Russia agreed. "I would go," Lavrov said. "We hear 😀 this." He left.'


@pytest.fixture
def author():
    return Author("Ann", "2")


@pytest.fixture
def ws():
    source = SourceText(id="art", text=TEXT, text_sha256=hashlib.sha256(TEXT.encode()).hexdigest())
    speakers = [Speaker(id="s1", name="Sergei Lavrov", aliases=("Lavrov",)), Speaker(id="s2", name="RIA Novosti")]
    return Workspace(speakers, Document(Article(id="art", title="T"), source))


@pytest.fixture
def place():
    def find(words: str) -> tuple[int, int]:
        start = TEXT.index(words)
        return start, start + len(words)

    return find
