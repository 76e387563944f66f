"""The store: SQLAlchemy 2, Alembic, SQLite by default and any other SQLAlchemy database by its URL.

``db.project`` opens and creates projects; it implements ``annotator.ports``. Rows never leave this package:
what comes out are the frozen records of ``annotator.model``.
"""
