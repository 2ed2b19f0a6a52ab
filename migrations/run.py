"""The few statements that every revision repeats, and the way a revision runs its SQL."""

from alembic import op


def run(sql: str) -> None:
    """Run plain SQL, one or many statements, exactly as written (no bind parameters are looked for)."""
    context = op.get_context()
    if context.as_sql:
        context.impl.static_output(sql.strip() + "\n")
        return
    op.get_bind().execution_options(no_parameters=True).exec_driver_sql(sql)


def touched(*tables: str) -> None:
    """Let the database keep `updated_at` of these tables."""
    run(
        "\n".join(
            f"CREATE TRIGGER {table}_touch BEFORE UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();"
            for table in tables
        )
    )


def append_only(*tables: str) -> None:
    """Refuse every UPDATE and DELETE on these tables, whoever asks."""
    run(
        "\n".join(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION cvd_refuse_change();"
            for table in tables
        )
    )
