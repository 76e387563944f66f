"""What a project is verified by on the side of the database: file, shape, change log, and every row against the log."""
