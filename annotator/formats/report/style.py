"""How the report looks, on screens that are light or dark and on paper."""

STYLE = """
:root { --claim: #fff1b8; --cue: #b45309; --source: #1d4ed8; --gone: #b91c1c; --put: #15803d;
  --line: #d4d4d8; --quiet: #52525b }
@media (prefers-color-scheme: dark) { :root { --claim: #4a3f14; --cue: #fbbf24; --source: #93c5fd; --gone: #fca5a5;
  --put: #86efac; --line: #3f3f46; --quiet: #a1a1aa } }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
article { border-top: 1px solid var(--line); margin-top: 3rem }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; font-family: Georgia, serif }
.claim { background: var(--claim) }
.mention { border-bottom: 1px dashed var(--source) }
.source { border-bottom: 2px solid var(--source) }
.cue { border-bottom: 2px dotted var(--cue) }
del { color: var(--gone); text-decoration: line-through }
ins { color: var(--put); text-decoration: underline }
.n { font: 0.7em system-ui, sans-serif; vertical-align: super; user-select: none; text-decoration: none }
dl { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; margin: 0.3rem 0; font-size: 0.9rem }
dl div { display: flex; gap: 0.4rem } dt { color: var(--quiet) } dd { margin: 0; overflow-wrap: anywhere }
.own { font-style: italic } .chain { list-style: none; padding: 0; display: flex; flex-wrap: wrap }
.chain li + li::before { content: " \\2192  "; white-space: pre }
table { border-collapse: collapse } caption { text-align: start; color: var(--quiet); padding-top: 0.8rem }
td, th { text-align: start; padding: 0.2rem 0.6rem 0.2rem 0;
  border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere }
@media print { article { break-before: page } }
"""
