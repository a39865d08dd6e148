"""Tables that PostgreSQL itself keeps from being changed, whoever asks: application, admin or plain SQL.

SQLite, the embedded default, relies on the models' own refusal: emptying a test database there is a DELETE.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


def append_only(table: str, columns: Sequence[str] = (), where: str = "") -> RunPython:
    """The migration step that lets rows of `table` be inserted and read, and nothing else.

    Where `columns` are named, only these are kept from being changed; with `where`, a condition on OLD, only the rows
    that meet it.
    """

    def protect(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            name = schema_editor.quote_name(table)
            of = f"OF {', '.join(schema_editor.quote_name(column) for column in columns)} " if columns else ""
            when = f"WHEN ({where}) " if where else ""
            schema_editor.execute(REFUSE, params=None)
            schema_editor.execute(
                f"CREATE TRIGGER append_only BEFORE DELETE OR UPDATE {of}ON {name} "
                f"FOR EACH ROW {when}EXECUTE FUNCTION refuse_change()",
                params=None,
            )

    def release(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER append_only ON {schema_editor.quote_name(table)}", params=None)

    return RunPython(protect, release)
