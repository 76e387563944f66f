"""Articles to tasks that Label Studio imports, with the configuration in which they can be seen and changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import quoteattr

from annotator.formats.base import Sink, Source, Writing
from annotator.formats.foreign_json import as_pairs, dumps
from annotator.formats.label_studio.common import (
    ARTICLE,
    CONFIG,
    LABELS_TAG,
    OF_A_LABEL,
    TASKS,
    TEXT,
    TEXT_TAG,
    attribute,
    control,
)
from annotator.formats.standoff.binary import PART, parted, relations
from annotator.formats.standoff.graph import Attributes, Item, Standoff
from annotator.formats.standoff.labels import TECHNICAL
from annotator.formats.standoff.loose import BESIDE, loose
from annotator.formats.writing import standoffs
from annotator.vocabulary import DEFAULT, Vocabulary


@dataclass(slots=True)
class _Seen:
    """What the configuration must offer."""

    chosen: dict[str, tuple[str, ...]]
    """The tags of attributes whose values are of a vocabulary, with these."""
    labels: dict[str, None] = field(default_factory=dict)
    relations: dict[str, None] = field(default_factory=dict)
    values: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    """The values of each tag of which they are chosen and not typed."""
    attributes: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    """The labels at which a tag asks."""


def write(source: Source, sink: Sink, writing: Writing) -> None:
    """``tasks.json``, a task for each article, and ``labeling_config.xml``."""
    seen = _Seen(_chosen(Vocabulary(writing.scheme.terms) if writing.scheme is not None else DEFAULT))
    with sink.open(TASKS) as stream:
        stream.write(b"[")
        for number, (_, standoff) in enumerate(standoffs(source, writing), start=1):
            stream.write(b"\n" if number == 1 else b",\n")
            stream.write(dumps(_task(standoff, number, seen)).rstrip())
        stream.write(b"\n]\n")
    with sink.open(CONFIG) as stream:
        stream.write(_config(seen).encode())


def _task(standoff: Standoff, number: int, seen: _Seen) -> dict[str, Any]:
    placed = {item.id for item in standoff.items if item.places}
    joined = parted(standoff.links, placed)
    result = [each for item in standoff.items if item.places for each in _regions(standoff, item, joined.more, seen)]
    for link in joined.links:
        result += (_relation(each.first, each.second, each.label, seen) for each in relations(link))
    beside = loose((item for item in standoff.items if not item.places), joined.rest)
    data = {TEXT: standoff.text, ARTICLE: as_pairs(standoff.fields), BESIDE: beside}
    return {"id": number, "annotations": [{"result": result}], "data": data}


def _regions(standoff: Standoff, item: Item, more: Mapping[str, Attributes], seen: _Seen) -> Iterator[dict[str, Any]]:
    """A region for each part, joined to the first, and a result for each attribute."""
    seen.labels[item.label] = None
    for number, (start, end) in enumerate(item.places, start=1):
        value = {"start": start, "end": end, "text": standoff.text[start:end], "labels": [item.label]}
        id_ = item.id if number == 1 else f"{item.id}#{number}"
        yield {"id": id_, "from_name": LABELS_TAG, "to_name": TEXT_TAG, "type": "labels", "value": value}
        if number > 1:
            yield _relation(item.id, id_, PART, seen)
    start, end = item.places[0]
    for name, values in _grouped((*item.attributes, *more.get(item.id, ()))).items():
        tag = control(name, item.label)
        seen.attributes[tag][item.label] = None
        told: dict[str, Any] = {"id": item.id, "from_name": tag, "to_name": TEXT_TAG}
        if tag in seen.chosen:
            seen.values[tag].update(dict.fromkeys(values))
            yield {**told, "type": "choices", "value": {"start": start, "end": end, "choices": values}}
        else:
            yield {**told, "type": "textarea", "value": {"start": start, "end": end, "text": values}}


def _grouped(attributes: Attributes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in attributes:
        found[name].append(value)
    return found


def _relation(first: str, second: str, label: str, seen: _Seen) -> dict[str, Any]:
    seen.relations[label] = None
    return {"type": "relation", "from_id": first, "to_id": second, "direction": "right", "labels": [label]}


# -- the configuration ------------------------------------------------------------------------------------------


def _chosen(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in vocabulary.fields:
        if name not in OF_A_LABEL.values():
            tag = control(name.rpartition(".")[2])
            found[tag] = (*found.get(tag, ()), *vocabulary.values(name))
    return {**found, **{tag: vocabulary.values(name) for tag, name in OF_A_LABEL.items() if name in vocabulary}}


def _config(seen: _Seen) -> str:
    lines = [
        "<View>",
        "  <Style>.htx-text { white-space: pre-wrap; }</Style>",
        "  <Relations>",
        *(f"    <Relation value={quoteattr(label)}/>" for label in seen.relations),
        "  </Relations>",
        f'  <Labels name="{LABELS_TAG}" toName="{TEXT_TAG}">',
        *(f"    <Label value={quoteattr(label)}/>" for label in seen.labels),
        "  </Labels>",
        f'  <Text name="{TEXT_TAG}" value="${TEXT}"/>',
        *(line for tag in _in_order(seen) for line in _control(tag, seen.attributes[tag], seen)),
        "</View>",
    ]
    return "\n".join(lines) + "\n"


def _in_order(seen: _Seen) -> list[str]:
    """The tags: what is chosen, then what is typed, then what says nothing to a person."""
    return sorted(seen.attributes, key=lambda tag: (tag.rpartition(".")[2] in TECHNICAL, tag not in seen.chosen))


def _control(tag: str, labels: Collection[str], seen: _Seen) -> Iterator[str]:
    """What asks for an attribute, at regions of the labels that have it."""
    when = f'whenTagName="{LABELS_TAG}" whenLabelValue={quoteattr(",".join(labels))}'
    begin = f'name={quoteattr(tag)} toName="{TEXT_TAG}" perRegion="true" {when}'
    yield f'  <View visibleWhen="region-selected" {when}>'
    yield f'    <Header size="5" value={quoteattr(attribute(tag))}/>'
    if tag in seen.chosen:
        yield f"    <Choices {begin}>"
        for value in dict.fromkeys((*seen.chosen[tag], *seen.values[tag])):
            yield f"      <Choice value={quoteattr(value)}/>"
        yield "    </Choices>"
    else:
        yield f'    <TextArea {begin} editable="true"/>'
    yield "  </View>"
