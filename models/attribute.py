"""Skills, and the scorecards that weigh them."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    Base,
    Fixed,
    Imported,
    InWorkspace,
    Named,
    points_to,
    unique_external_id,
)


class Attribute(Imported, Named, Base):
    """A skill. Called a coaching area where it is coached, an attribute where it is scored."""

    __tablename__ = "attribute"
    __table_args__ = (
        unique_external_id(),
        sa.Index(None, "workspace_id", "name_key", "id"),
    )


class Scorecard(Imported, Named, Base):
    """Attributes whose weights add up to 100 %. Each workspace has at most one default."""

    __tablename__ = "scorecard"
    __table_args__ = (
        unique_external_id(),
        sa.Index(
            "uq_scorecard_default",
            "workspace_id",
            unique=True,
            sqlite_where=sa.text("is_default"),
            postgresql_where=sa.text("is_default"),
        ),
    )

    is_default: Mapped[bool]


class ScorecardWeight(InWorkspace, Base):
    """Percent that an attribute has in a scorecard."""

    __tablename__ = "scorecard_weight"
    __table_args__ = (
        points_to("scorecard", "scorecard_id", ondelete="CASCADE"),
        points_to("attribute", "attribute_id"),
        sa.CheckConstraint("percent > 0 AND percent <= 10000", name="percent"),
    )

    scorecard_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    attribute_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    percent: Mapped[float] = mapped_column(Fixed(2))
