"""What the assistant was used for, and how amounts are shown."""

from datetime import datetime

from chalicelib.assistant.models.chat import Use
from chalicelib.kit.db import Connection


def note(db: Connection, user_id: int, use: Use, at: datetime) -> None:
    """Write a use down."""
    db.execute(
        """
        INSERT INTO assistant_uses (user_id, answered_by, model, input_tokens, output_tokens, at)
        VALUES (%(user_id)s, %(answered_by)s, %(model)s, %(input_tokens)s, %(output_tokens)s, %(at)s)
        """,
        user_id=user_id,
        at=at,
        **vars(use),
    )


def currency(db: Connection) -> str:
    """The company's currency."""
    return str(db.value("SELECT currency FROM company_settings"))
