"""Whole copies of a project file, and going back to them: backups, restoring, and what is left of a damaged one."""
