"""The demo, served while another program judges it, from a folder that is thrown away.

    python -m tests.http.demo_server USER PROGRAM ARGUMENTS…

The program finds the server in COACHING_URL, a token of the user in COACHING_AUTHORIZATION, and
the closed set of error codes in COACHING_CODES. It ends as the program does; or with 1, where the
server logged a fault, whatever the program thought of the answer.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from server.answer import Code
from server.serving import DEMO
from tests.serving import ROOT, serving, start


def main(user: str, *program: str) -> int:
    """Run a program beside the server, and return its exit code."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        log = Path(folder) / "server.log"
        with log.open("w") as output, serving("demo", output=output) as (url, _):
            token, _ = start(
                "token",
                f"{user}@demo.example",
                database_url=DEMO["COACHING_DATABASE_URL"],
                development_key=DEMO["COACHING_DEVELOPMENT_KEY"],
            ).communicate()
            given = {
                "COACHING_URL": f"{url}/graphql",
                "COACHING_AUTHORIZATION": f"Bearer {token.strip()}",
                "COACHING_CODES": " ".join(Code),
            }
            done = subprocess.run(program, cwd=ROOT, env={**os.environ, **given}, check=False)
        faults = [line for line in log.read_text().splitlines() if " ERROR " in line]
    for line in faults:
        print("The server logged:", line)  # noqa: T201
    return done.returncode or bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
