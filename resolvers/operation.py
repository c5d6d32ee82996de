"""What one operation works with: who asks, the database, and the loaders."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from auth.viewer import Viewer
from models.database import Database
from resolvers.loaders import MOST_ROWS, Loaders


class Operation:
    """One GraphQL operation. Lives as long as its answer takes, and shares nothing with others."""

    __slots__ = ("database", "loaders", "viewer")

    def __init__(self, database: Database, viewer: Viewer, most_rows: int = MOST_ROWS) -> None:
        self.database = database.watched()
        self.viewer = viewer
        self.loaders = Loaders(self.database, viewer, most_rows)

    def apart(self) -> "Operation":
        """The same operation as if it had loaded nothing; abandoned with this one."""
        made = object.__new__(Operation)
        made.database, made.viewer = self.database, self.viewer
        made.loaders = self.loaders.apart()
        return made

    def read(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for one statement that reads."""
        return self.loaders.read()

    def abandon(self) -> None:
        """Stop what is still being read: nobody waits for it any more."""
        self.loaders.abandon()

    @property
    def abandoned(self) -> bool:
        """Whether it was stopped before its end."""
        return self.loaders.levels.abandoned

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction that writes. At its end, what was loaded before is loaded anew."""
        try:
            async with self.database.write(self.viewer.identity) as session:
                yield session
        finally:
            self.loaders.forget()
