"""Tables with an article in each row: CSV, TSV, lines of JSON, Excel. Which column is what, see :mod:`.columns`."""
