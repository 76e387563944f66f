import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.services import speakers
from annotator.services.lookup import ALIKE, EXACT, INSIDE, START, WORD, NameIndex
from annotator.text.wording import fold
from annotator.workspace import Workspace

NAMES = [
    ("Sergei Lavrov", ("Sergey Lavrov", "Сергей Лавров")),
    ("Aleksandr Lukashenko", ()),
    ("Beyoncé Knowles", ()),
    ("Łukasz Żółw", ()),
    ("Lavrov Foundation", ()),
    ("Donald Trump", ("the president",)),
    ("Donald Trump Jr", ()),
]
INDEX = NameIndex(NAMES)


def found(typed, limit=60):
    return [(match.name, match.rank) for match in INDEX.find(typed, limit)]


def test_the_best_fit_comes_first():
    assert found("donald trump") == [("Donald Trump", EXACT), ("Donald Trump Jr", START)]
    assert found("lavrov") == [("Lavrov Foundation", START), ("Sergei Lavrov", WORD)]
    assert found("vrov") == [("Lavrov Foundation", INSIDE), ("Sergei Lavrov", INSIDE)]
    assert found("presid") == [("Donald Trump", WORD)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("beyonce", "Beyoncé Knowles"),
        ("BEYONCÉ", "Beyoncé Knowles"),
        ("beyonce\u0301", "Beyoncé Knowles"),
        ("zołw", "Łukasz Żółw"),
        ("лавров", "Sergei Lavrov"),
    ],
)
def test_accents_and_case_are_forgiven(typed, name):
    assert found(typed)[0][0] == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Lavorv", "Sergei Lavrov"),
        ("Lukashenka", "Aleksandr Lukashenko"),
        ("Aleksander Lukashenko", "Aleksandr Lukashenko"),
        ("Trunp", "Donald Trump"),
        ("Knowels", "Beyoncé Knowles"),
    ],
)
def test_a_misspelt_name_is_found(typed, name):
    assert (name, ALIKE) in found(typed)


def test_what_is_like_nothing_is_not_found():
    assert found("Merkel") == []
    assert found("") == found("  ") == []
    assert found("tx") == []


def test_no_more_than_was_asked_for():
    assert len(found("a", 2)) == 2


def test_a_known_spelling_is_known():
    assert INDEX.knows("sergey  lavrov")
    assert INDEX.knows("beyonce knowles")
    assert not INDEX.knows("Lavrov")


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(name):
    assert fold(fold(name)) == fold(name)


@given(st.lists(st.text("abcdé ", min_size=1, max_size=8), max_size=20), st.integers(0, 19))
def test_every_name_is_found_by_itself(names, place):
    names = [name for name in names if fold(name)]
    if place < len(names):
        index = NameIndex((name, ()) for name in names)
        assert fold(index.find(names[place])[0].name) == fold(names[place])


def test_an_index_follows_the_speakers_of_a_project():
    one, two = speakers.new_speaker("Sergei Lavrov"), speakers.new_speaker("Donald Trump")
    ws = Workspace((one, two))
    index = NameIndex.of(ws.speakers.values())

    def do(edit):
        ws.apply(edit)
        index.follow(edit)
        return edit

    renamed = do(speakers.change(ws, one.id, name="S. V. Lavrow", aliases=("the minister",)))
    assert [match.name for match in index.find("minister")] == ["S. V. Lavrow"]
    assert not index.knows("Sergei Lavrov")
    assert index.find("sergei") == []
    do(speakers.create(ws, "Angela Merkel"))
    do(speakers.delete(ws, two.id, ()))
    assert index.first() == ["Angela Merkel", "S. V. Lavrow"]
    assert index.find("Donald") == []
    do(renamed.inverted())
    assert index.first(1) == ["Angela Merkel"]
    assert [match.name for match in index.find("sergei lavrow")] == ["Sergei Lavrov"]
