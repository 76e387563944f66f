"""Charts of a release's figures as SVG: bars, readable on light and dark pages, the same bytes for the same figures."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape

from annotator.text.wording import shorten

_MOST = 20
_UNPRINTABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""
_ROW, _TOP, _LEFT, _BARS, _RIGHT = 24, 44, 210, 400, 70
_CHARTS = {
    "outlets": ("Articles by outlet", "articles.outlet"),
    "years": ("Articles by year", "articles.year"),
    "forms": ("Claims by form", "claims.form"),
    "types": ("Claims by type", "claims.type"),
    "corrections": ("Corrections by kind", "corrections.kind"),
}
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1f2328}.t{font-weight:600;font-size:15px}.b{fill:#3b6ea8}"
    ".p{fill:#ffffff}@media(prefers-color-scheme:dark){text{fill:#e6e6e6}.b{fill:#7aa7da}.p{fill:#1b1d21}}"
)


def charts(figures: dict[str, Any]) -> dict[str, bytes]:
    """File name → picture, for everything of which there is something to show."""
    rows = {name: _counts(figures, key) for name, (_, key) in _CHARTS.items()}
    titles = {name: title for name, (title, _) in _CHARTS.items()}
    rows["splits"] = [(name, counts["articles"]) for name, counts in figures["splits"].items()]
    titles["splits"] = "Articles by split"
    rows["speakers"] = [(each["name"], each["claims"]) for each in figures["claims_by_speaker"]]
    titles["speakers"] = "Claims by speaker"
    return {f"charts/{name}.svg": bars(titles[name], rows[name]) for name in sorted(rows) if rows[name]}


def _counts(figures: dict[str, Any], key: str) -> list[tuple[str, int]]:
    found = [(value, counts["all"]) for value, counts in figures["counts"].get(key, {}).items()]
    return sorted(found) if key == "articles.year" else found


def bars(title: str, rows: list[tuple[str, int]]) -> bytes:
    """A bar for each row, its name left and its number right; more than twenty rows end in “others”."""
    if len(rows) > _MOST:
        others = sum(count for _, count in rows[_MOST - 1 :])
        rows = [*rows[: _MOST - 1], (f"{len(rows) - _MOST + 1:,} others", others)]
    most = max(count for _, count in rows)
    width, height = _LEFT + _BARS + _RIGHT, _TOP + _ROW * len(rows) + 12
    told = ", ".join(f"{name} {count:,}" for name, count in rows)
    size = f'width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size} role="img">',
        f"<title>{_text(title)}</title><desc>{_text(told)}</desc><style>{_STYLE}</style>",
        f'<rect class="p" {size}/><text class="t" x="16" y="26">{_text(title)}</text>',
    ]
    for index, (name, count) in enumerate(rows):
        y = _TOP + _ROW * index
        length = max(1, round(_BARS * count / most))
        parts += [
            f'<text x="{_LEFT - 10}" y="{y + 13}" text-anchor="end">{_text(shorten(name, 28))}</text>',
            f'<rect class="b" x="{_LEFT}" y="{y}" width="{length}" height="17" rx="2"/>',
            f'<text x="{_LEFT + length + 8}" y="{y + 13}">{count:,}</text>',
        ]
    return ("\n".join([*parts, "</svg>"]) + "\n").encode()


def _text(text: str) -> str:
    return escape(_UNPRINTABLE.sub("\ufffd", text))
