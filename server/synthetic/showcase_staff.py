"""Those who coach, audit and import in the demo workspace."""

from models import Permission as May
from models import Role
from server.synthetic import showcase_plan as plan
from server.synthetic.organisation import OF_QA, QUEUES, Organisation
from server.synthetic.scripts import ACCOUNTS, BILLING, ORDERS, TECHNICAL

LEADS = (BILLING, ORDERS)
"""Queues that the team lead works in."""


def add(made: Organisation) -> None:
    """Add those who coach, audit and import; their e-mail addresses are known to the demo."""
    coaches = frozenset({May.COACHING_ASSIGNMENTS, May.QA_FUNCTIONALITIES})
    reads = frozenset({May.COACHING_ASSIGNMENTS})
    imports = frozenset({May.IMPORT_CONVERSATIONS, May.COACHING_ASSIGNMENTS})
    made.add_user("qa", "Helen Brooks", Role.QA, OF_QA, queues=QUEUES)
    made.add_user("auditor", "Ines Costa", Role.QA, OF_QA, queues=QUEUES)
    made.add_user("lead", "Victor Lindqvist", Role.SUPERVISOR, coaches, queues=LEADS)
    made.add_user(
        "supervisor", "Ruth Adeyemi", Role.SUPERVISOR, reads, queues=(TECHNICAL, ACCOUNTS)
    )
    made.add_user("partner", "Conversation feed", Role.PARTNER, imports, queues=LEADS)
    for email in ("qa", "auditor"):
        made.forms[BILLING, plan.VOICE].add_auditor(made.rows, made.users[email])
