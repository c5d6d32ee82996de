"""Where conversations are handled."""

import sqlalchemy as sa

from models.base import Base, Imported, Named, unique_external_id


class Queue(Imported, Named, Base):
    """Where conversations are handled; staff work in queues, and reach what is in theirs (V6)."""

    __tablename__ = "queue"
    __table_args__ = (unique_external_id(), sa.Index(None, "workspace_id", "name_key", "id"))
