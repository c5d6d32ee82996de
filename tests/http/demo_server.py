"""The demo, served while another program judges it, from a folder that is thrown away.

    python -m tests.http.demo_server USER PROGRAM ARGUMENTS…

The program finds the server in COACHING_URL, a token of the user in COACHING_AUTHORIZATION, the
closed set of error codes in COACHING_CODES, and in COACHING_FOLDER the folder, in which files
such as `Agent.txt` have ids of rows, also of such as the user may not see. It ends as the program
does; or with 1, where the server logged a fault, whatever the program thought of the answer.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import httpx2

from server.answer import Code
from tests.serving import ROOT, Demo, demo

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
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as served:
        for kind, ids in _ids(served).items():
            (Path(folder) / f"{kind}.txt").write_text("\n".join(ids))
        given = {
            "COACHING_URL": served.url,
            "COACHING_AUTHORIZATION": served.authorization(user),
            "COACHING_CODES": " ".join(Code),
            "COACHING_FOLDER": folder,
        }
        done = subprocess.run(program, cwd=ROOT, env={**os.environ, **given}, check=False)
        logged = served.log.read_text().splitlines()
    faults = [line for line in logged if re.search(r"\bERROR\b", line)]
    for line in faults:
        print("The server logged:", line)  # noqa: T201
    return done.returncode or bool(faults)


def _ids(served: Demo) -> dict[str, list[str]]:
    """Ids by type, each in quotes."""
    headers = {"authorization": served.authorization(SEES_ALL)}
    answer = httpx2.post(served.url, json={"query": ROWS}, headers=headers)
    found: dict[str, list[str]] = defaultdict(list)
    for kind, row in re.findall(r'"__typename":"(\w+)","id":("[^"]+")', answer.text):
        if row not in found[kind]:
            found[kind].append(row)
    return found


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
