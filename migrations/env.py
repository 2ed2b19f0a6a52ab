"""Alembic's entry: hands the engine's connection, or none when SQL is only printed, to the revisions."""

from alembic import context


def migrate() -> None:
    """Run the revisions, each in a transaction of its own, on the connection that the engine opened and locked."""
    connection = context.config.attributes.get("connection")
    if context.is_offline_mode():
        context.configure(dialect_name="postgresql", as_sql=True, transaction_per_migration=True)
    else:
        context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


migrate()
