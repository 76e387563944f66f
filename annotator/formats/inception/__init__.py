"""INCEpTION and WebAnno: UIMA CAS as XMI or JSON (by way of dkpro-cassis) and WebAnno TSV 3.

What a file says is first told in layers (:mod:`.layers`), the terms of these tools, whatever it was written in. From
there :mod:`.standing` makes a standoff, and :mod:`.laying` goes the other way.
"""
