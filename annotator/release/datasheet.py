"""The questions that a dataset card answers: from the wish, from the project where it can tell, else not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotator.release.facts import Facts
from annotator.text.wording import counted

NOT_STATED = "Not stated."


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``key`` is what the wish's ``answers`` call it."""

    key: str
    section: str
    text: str


QUESTIONS: tuple[Question, ...] = (
    Question("purpose", "Motivation", "For what purpose was the dataset made?"),
    Question("funding", "Motivation", "Who paid for it?"),
    Question("instances", "Composition", "What is in it, and how much?"),
    Question("sampling", "Composition", "How were the articles chosen, and of what are they a sample?"),
    Question("missing", "Composition", "What is left out?"),
    Question("splits", "Composition", "How is it split?"),
    Question("personal", "Composition", "Does it speak of persons, and could that harm them?"),
    Question("collection", "Collection", "Where do the articles come from, and how were they collected?"),
    Question("timeframe", "Collection", "From what time are they?"),
    Question("consent", "Collection", "Was anybody asked for consent?"),
    Question("protocol", "Labelling", "By what rules was it labelled?"),
    Question("annotators", "Labelling", "Who labelled it, and how were they paid?"),
    Question("agreement", "Labelling", "How well do the annotators agree?"),
    Question("preprocessing", "Labelling", "How were the texts prepared?"),
    Question("uses", "Uses", "What is it meant to be used for?"),
    Question("misuses", "Uses", "What should it not be used for?"),
    Question("biases", "Uses", "What biases does it have?"),
    Question("limits", "Uses", "What are its limits?"),
    Question("distribution", "Distribution", "How is it distributed, and under which licence?"),
    Question("maintenance", "Maintenance", "Who maintains it, and how are mistakes reported?"),
)


def answers(facts: Facts, figures: dict[str, Any]) -> dict[str, str]:
    """Question key → answer, :data:`NOT_STATED` where nobody has said. What the wish says goes before what is known."""
    told = {key: text.strip() for key, text in facts.wish.answers if text.strip()}
    known = _known(facts, figures)
    return {each.key: told.get(each.key) or known.get(each.key, NOT_STATED) for each in QUESTIONS}


def _known(facts: Facts, figures: dict[str, Any]) -> dict[str, str]:
    wish, counts = facts.wish, figures["counts"]
    years = sorted(year for year in counts.get("articles.year", {}) if year.isdigit())
    outlets = [name for name in counts.get("articles.outlet", {}) if not name.startswith("(")]
    names = ", ".join(f"{name} ({each['all']:,})" for name, each in counts.get("annotations.annotator", {}).items())
    texts = "The texts are part of it; their rights are their publishers'." if wish.with_text else _WITHOUT
    return {
        "instances": f"{told_counts(figures)}. Each is an article with what was marked in it.",
        "missing": left_out(facts),
        "splits": _splits(facts, figures),
        "collection": f"From {counted(len(outlets), 'outlet')}: {', '.join(outlets)}." if outlets else NOT_STATED,
        "timeframe": f"{years[0]} to {years[-1]}." if years else NOT_STATED,
        "protocol": f"By the guideline in guideline.md, “{facts.scheme_name}”, version {facts.scheme_version}; "
        "the labels and their meanings are in scheme.json.",
        "annotators": f"Annotations by annotator: {names}." if names else NOT_STATED,
        "agreement": _agreement(figures),
        "preprocessing": "A text is kept as it was imported, but for line ends, a byte order mark and characters that "
        "cannot be stored. Corrections stand beside it and never change it.",
        "distribution": f"The annotations under {wish.licence}. {texts}",
    }


def _agreement(figures: dict[str, Any]) -> str:
    """What the annotations themselves show of it."""
    by_number = {int(number): each["all"] for number, each in figures["counts"].get("articles.annotators", {}).items()}
    people = list(figures["counts"].get("annotations.annotator", {}))
    if not people:
        return NOT_STATED
    twice = figures["annotated_twice"]
    if twice["pairs"]:
        share = f"{twice['same'] / twice['claims']:.0%}" if twice["claims"] else "none"
        return (
            f"{counted(twice['pairs'], 'pair')} of articles with the same text, annotated by different people: "
            f"{share} of their {counted(twice['claims'], 'claim')} stand on exactly the same words in both. All else "
            "was annotated once."
        )
    if len(people) == 1:
        return f"It was not measured: every article was annotated once, by {people[0]}."
    several = sum(count for number, count in by_number.items() if number > 1)
    shared = f"; in {counted(several, 'article')} each of several annotators made a part" if several else ""
    return f"It was not measured: every article was annotated once, by one of {len(people):,} annotators{shared}."


_WITHOUT = "The texts are not part of it; whoever has them can put them back (see below)."
_APART = {"sources": " No source of a claim is in two of them.", "all": " No speaker is in two of them."}


def told_counts(figures: dict[str, Any]) -> str:
    """``47 articles, 812 claims, 603 mentions, 95 corrections and 120 speakers``."""
    parts = [counted(figures[kind], kind[:-1]) for kind in ("articles", "claims", "mentions", "corrections")]
    return f"{', '.join(parts)} and {counted(figures['speakers'], 'speaker')}"


def _splits(facts: Facts, figures: dict[str, Any]) -> str:
    plan = facts.wish.plan
    sizes = ", ".join(f"{name} {counts['articles']:,}" for name, counts in figures["splits"].items())
    shares = ":".join(str(share) for share in plan.shares)
    told = (
        f"By article, {shares}, seed “{plan.seed}”, by outlet and year: {sizes}. Articles that are near the same are "
        f"never in two splits.{_APART.get(plan.apart, '')}"
    )
    return " ".join([told, *facts.notes])


def left_out(facts: Facts) -> str:
    """What of the project is not in the release."""
    names = {
        "todo": ("article", "that nobody has begun"),
        "in_progress": ("article", "in progress"),
        "needs_review": ("article", "that need review"),
        "claims": ("claim", "that were rejected, or about what was"),
        "mentions": ("mention", "that were rejected"),
        "corrections": ("correction", "that were rejected, or of a claim that was"),
        "quarantined": ("imported thing", "in quarantine"),
    }
    parts = [
        f"{counted(facts.left_out[key], noun)} {why}" for key, (noun, why) in names.items() if facts.left_out.get(key)
    ]
    return f"{'; '.join(parts)}." if parts else "Nothing of the project."
