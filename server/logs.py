"""What processes that go on running write about themselves."""

import logging

from server.settings import Settings


def set_up(chosen: Settings) -> None:
    """Have a line written for each thing worth knowing, on the standard error."""
    logging.basicConfig(
        level=chosen.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
