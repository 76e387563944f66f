"""What PostgreSQL keeps beside the tables: triggers that guard and tell of the change log, and who may do what."""

from __future__ import annotations

CHANNEL = "article_annotator"
"""Where the server says, at each commit, up to which ``seq`` the change log goes."""
LOG = ("changeset", "change")
_GUARD = "change_log_is_append_only"
_TELL = "change_log_has_grown"


def log_triggers() -> list[str]:
    """Statements that make the change log append-only and let it tell of what is new; they may be run again."""
    return [
        _function(_GUARD, "RAISE EXCEPTION 'the change log is append-only'"),
        _function(_TELL, f"PERFORM pg_notify('{CHANNEL}', NEW.seq::text); RETURN NULL"),
        *(
            f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {_GUARD}()"
            for table in LOG
        ),
        f"CREATE OR REPLACE TRIGGER changeset_tells AFTER INSERT ON changeset FOR EACH ROW EXECUTE FUNCTION {_TELL}()",
    ]


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; END $$"
