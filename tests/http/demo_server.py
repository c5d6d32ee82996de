"""The demo, served while another program judges it, from a folder that is thrown away.

    python -m tests.http.demo_server USER PROGRAM ARGUMENTS…

The program finds the server in COACHING_URL, a token of the user in COACHING_AUTHORIZATION, the
closed set of error codes in COACHING_CODES, and in COACHING_FOLDER the folder, in which files
such as `Agent.txt` have ids of rows, also of such as the user may not see. It ends as the program
does; or with 1, where the server logged a fault, whatever the program thought of the answer.
"""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import httpx2

from server.answer import Code
from server.serving import DEMO
from tests.serving import ROOT, serving, start

SEES_ALL = "qa"
ROWS = """{
  assignments(first: 50) { nodes { __typename id } }
  agents(first: 50) { nodes { __typename id } }
  conversations(first: 100) {
    nodes {
      __typename id
      evaluations { __typename id disputes { __typename id } form { metrics { __typename id } } }
    }
  }
  coachingGroups(first: 50) { nodes { __typename id } }
  marks(first: 50) { nodes { __typename id } }
  attributes(first: 50) { nodes { __typename id } }
  queues(first: 50) { nodes { __typename id } }
  evaluationForms(first: 50) { nodes { __typename id } }
}"""
"""Those that mutations and lookups name."""


def main(user: str, *program: str) -> int:
    """Run a program beside the server, and return its exit code."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        log = Path("server.log")
        with log.open("w") as output, serving("demo", output=output) as (root, _):
            url = f"{root}/graphql"
            for kind, ids in _ids(url).items():
                Path(f"{kind}.txt").write_text("\n".join(ids))
            given = {
                "COACHING_URL": url,
                "COACHING_AUTHORIZATION": _authorization(user),
                "COACHING_CODES": " ".join(Code),
                "COACHING_FOLDER": folder,
            }
            done = subprocess.run(program, cwd=ROOT, env={**os.environ, **given}, check=False)
        faults = [line for line in log.read_text().splitlines() if re.search(r"\bERROR\b", line)]
    for line in faults:
        print("The server logged:", line)  # noqa: T201
    return done.returncode or bool(faults)


def _authorization(user: str) -> str:
    process = start(
        "token",
        f"{user}@demo.example",
        database_url=DEMO["COACHING_DATABASE_URL"],
        development_key=DEMO["COACHING_DEVELOPMENT_KEY"],
    )
    token, _ = process.communicate()
    return f"Bearer {token.strip()}"


def _ids(url: str) -> dict[str, list[str]]:
    """Ids by type, each in quotes."""
    headers = {"authorization": _authorization(SEES_ALL)}
    answer = httpx2.post(url, json={"query": ROWS}, headers=headers)
    found: dict[str, list[str]] = defaultdict(list)
    for kind, row in re.findall(r'"__typename":"(\w+)","id":("[^"]+")', answer.text):
        if row not in found[kind]:
            found[kind].append(row)
    return found


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
