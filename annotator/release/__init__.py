"""The gold release: a directory that researchers can trust, built from a project and checked without it."""
