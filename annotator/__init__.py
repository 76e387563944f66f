"""The domain of Article Annotator: records, text and offsets, use cases and formats.

Imports neither Qt nor SQLAlchemy; ``db`` and ``ui`` depend on it, never the other way round.
"""

__version__ = "0.1.0"
