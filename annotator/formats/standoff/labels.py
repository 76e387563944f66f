"""The labels, roles and attributes with which a standoff tells this program's own records.

=================  =======================================================================  ==========================
label              attributes                                                               links of the same name
=================  =======================================================================  ==========================
``Claim``          the fields of a claim that are values; ``tag`` once for each
``Source``         of a hop, on its mention spans                                           end of ``Hop``
``Cue``            of a hop, on its cue spans                                               end of ``Hop``
``Mention``        ``speaker`` (id), ``name``, ``kind``
``Speaker``        without places: the fields; ``alias`` and ``role`` once for each
``Transcription``  ``replacement``, ``cause``
``Regularisation`` the same
``Factual``        on its spans if it has any: ``verdict``; ``evidence`` once for each      end of ``About``
``Segment``        ``kind``
=================  =======================================================================  ==========================

Links: ``Hop`` (claim, source, cue; ``order`` from 1, ``speaker``, ``name``, ``referring``, ``medium``, ``addressee``,
``date``), ``Inside`` (child, parent), ``About``. Every item that is a record has ``uuid`` and what every annotation
carries (``annotator``, ``guideline``, ``created`` …); a source or cue says of which ``hop`` it is (claim/order).
A field that is None, False or empty is left out.
"""

from __future__ import annotations

CLAIM, SOURCE, CUE, MENTION, SPEAKER, SEGMENT = "Claim", "Source", "Cue", "Mention", "Speaker", "Segment"
TRANSCRIPTION, REGULARISATION, FACTUAL = "Transcription", "Regularisation", "Factual"
ITEM_LABELS = (CLAIM, SOURCE, CUE, MENTION, SPEAKER, TRANSCRIPTION, REGULARISATION, FACTUAL, SEGMENT)

HOP, INSIDE, ABOUT = "Hop", "Inside", "About"
LINK_LABELS = (HOP, INSIDE, ABOUT)
ROLES = {HOP: ("claim", "source", "cue"), INSIDE: ("child", "parent"), ABOUT: ("correction", "claim")}

TECHNICAL = frozenset(
    (
        *("uuid", "created", "updated", "annotator", "guideline", "origin", "status", "hop", "order", "speaker"),
        *("addressee", "quarantine_place", "quarantine_since"),
    )
)
"""Attributes that say nothing to a person who looks at another tool's window."""
