"""Tables. Read: an article in each row (CSV, TSV, lines of JSON, Excel), see :mod:`.columns` for which column is what.
Written: a whole project in tables that are joined by ids (CSV, Excel), see :mod:`.relations`.
"""
