"""The table: which fields there are for whom, which rows are in whose reach, who may do what.

A field that is not written here has no decision, and the matrix fails until it has one.
"""

from tests.matrix.decided import Decided, edge, page, payload
from tests.matrix.kinds import (
    Kind,
    Who,
    answer_evaluations,
    both,
    coaches,
    everybody,
    imports,
    manage_coaching,
    manage_settings,
    read_coaching,
    read_figures,
    read_marks,
    review_coaching,
    staff,
)

COACHED = (
    "id name assignedAt followUpOn areas conversationCount status agentAssignments"  # of both kinds
)

QUERIES: dict[str, Who] = {
    "viewer": everybody,
    "workspace": everybody,
    "node": everybody,
    "nodes": everybody,
    "assignments": read_coaching,
    "assignment": read_coaching,
    "coachingGroups": manage_coaching,
    "groupNameAvailable": manage_coaching,
    "coachingGroup": manage_coaching,
    "conversations": staff,
    "conversation": everybody,
    "agents": staff,
    "agent": staff,
    "agentGroups": staff,
    "attributes": everybody,
    "queues": staff,
    "evaluationForms": staff,
    "auditors": manage_settings,
    "bookmarks": coaches,
    "auditHistory": coaches,
    "marks": read_marks,
    "mark": read_marks,
    "coachingCandidates": manage_coaching,
    "previewDispatch": manage_coaching,
    "coachingMonitor": coaches,
    "agentLeaderboard": coaches,
    "dashboard": read_figures,
}

MUTATIONS: dict[str, Who] = {
    "createAssignment": manage_coaching,
    "updateAssignment": manage_coaching,
    "cancelAssignment": manage_coaching,
    "reviewConversation": review_coaching,
    "reviewBestResponse": review_coaching,
    "createBookmark": coaches,
    "updateBookmark": coaches,
    "deleteBookmark": coaches,
    "tagConversations": coaches,
    "untagConversations": coaches,
    "updateWorkspace": manage_settings,
    "updateEvaluationFormAuditors": manage_settings,
    "saveEvaluationDraft": coaches,
    "submitEvaluation": coaches,
    "respondToEvaluation": answer_evaluations,
    "withdrawDispute": answer_evaluations,
    "resolveDispute": coaches,
    "reassignDispute": coaches,
    "markForCoaching": manage_coaching,
    "addConversationsToMark": manage_coaching,
    "removeMark": manage_coaching,
    "createCoachingGroup": manage_coaching,
    "updateCoachingGroup": manage_coaching,
    "deleteCoachingGroup": manage_coaching,
    "addAgentsToGroup": manage_coaching,
    "removeAgentsFromGroup": manage_coaching,
    "moveMarksToGroup": manage_coaching,
    "assignCandidate": manage_coaching,
    "dispatchCoachingGroup": manage_coaching,
    "importConversations": imports,
}

SUBSCRIPTIONS: dict[str, Who] = {
    "assignmentChanged": read_coaching,
    "evaluationChanged": everybody,
    "coachingGroupChanged": manage_coaching,
    "candidatesChanged": manage_coaching,
}


def writes(kind: Kind) -> bool:
    """Who has any mutation at all: everybody else's view has nothing that is about writing."""
    return any(who(kind) for who in MUTATIONS.values())


def acts(kind: Kind) -> bool:
    """Who does anything to coaching: a partner, who may import, acts on nothing."""
    return any(who(kind) for name, who in MUTATIONS.items() if name != "importConversations")


TYPES: dict[str, Decided] = {
    "Query": Decided(everybody, "", absent=QUERIES),
    "Mutation": Decided(writes, "", absent=MUTATIONS),
    "Subscription": Decided(everybody, "", absent=SUBSCRIPTIONS),
    "AssignmentChanged": Decided(read_coaching, "assignmentId assignment"),
    "EvaluationChanged": Decided(everybody, "evaluationId evaluation"),
    "CoachingGroupChanged": Decided(manage_coaching, "coachingGroupId coachingGroup"),
    "CandidatesChanged": Decided(manage_coaching, "agentId candidate"),
    "Viewer": Decided(everybody, "name email role permissions workspace agent"),
    "Workspace": Decided(
        everybody, "name timeZone acceptAndDispute autoQa hideAuditorDetails version"
    ),
    "PageInfo": Decided(everybody, "hasNextPage hasPreviousPage startCursor endCursor"),
    # Words of the workspace, and who works in it.
    "Attribute": Decided(everybody, "id name"),
    "Queue": Decided(everybody, "id name"),
    "AgentGroup": Decided(staff, "id name"),
    "Agent": Decided(everybody, "id agentId name", {"agentGroup": staff, "queues": staff}),
    "User": Decided(staff, "id name"),
    "EvaluationForm": Decided(
        everybody,
        "id name formVersion channel passScore disputeRouting allowReDisputes maxDisputeRounds"
        " reviewWindowDays metrics",
        {"auditors": staff, "queues": staff},
    ),
    "Metric": Decided(everybody, "id key name weight negativeWeight fatal attributes"),
    # Conversations and their evaluations.
    "Conversation": Decided(
        everybody,
        "id startedAt endedAt channel topic intent sentimentScore koreEvaluationScore"
        " supervisorAuditScore agent queue transcript insights evaluations",
        {"assignments": staff, "bookmarks": staff, "evaluationDraft": coaches},
        {"assignments": read_coaching, "bookmarks": coaches},
    ),
    "Message": Decided(everybody, "position speaker sentAt text"),
    "Insight": Decided(everybody, "title text"),
    "Evaluation": Decided(
        everybody,
        "id source evaluatedAt revision total passed reviewState reviewUntil disputeRounds"
        " completedAt form agent conversation scores revisions disputes history"
        " disputableMetrics evaluatedBy",
        {"viewerActions": acts},
    ),
    "MetricScore": Decided(everybody, "metric adherence points comment"),
    "EvaluationRevision": Decided(
        everybody, "number reason createdAt total passed comment evaluatedBy scores"
    ),
    "Dispute": Decided(
        everybody,
        "id round revision state openedAt closedAt version evaluation metrics assignee",
        {"viewerActions": acts, "auditors": coaches},
    ),
    "DisputedMetric": Decided(everybody, "metric comment decision newAdherence decisionComment"),
    "Auditor": Decided(coaches, "id name openDisputes"),
    "EvaluationDraft": Decided(coaches, "form comment savedAt version scores"),
    "DraftScore": Decided(coaches, "metricId scored adherence comment"),
    "AuditEntry": Decided(
        everybody,
        "at action agent evaluation actor changes",
        {"group": manage_coaching, "mark": manage_coaching},
        {"assignment": read_coaching},
    ),
    "AuditChange": Decided(everybody, "field before after"),
    "ViewerAction": Decided(acts, "action allowed reason"),
    "Bookmark": Decided(coaches, "id name colour createdAt conversationCount conversations"),
    # Coaching.
    "Node": Decided(everybody, "id"),
    "AssignedCoaching": Decided(read_coaching, COACHED, {"coachingType": manage_coaching}),
    "Assignment": Decided(
        read_coaching,
        f"{COACHED} strengths improvements cancelledAt version itemsTotal itemsReviewed"
        " agentTurns supervisorTurns agent conversations bestResponses actionPlan review"
        " assignedBy",
        {
            "coachingType": manage_coaching,
            "group": manage_coaching,
            "progress": coaches,
            "viewerActions": acts,
        },
    ),
    "AssignmentConversation": Decided(read_coaching, "id position reviewedAt conversation areas"),
    "BestResponse": Decided(
        read_coaching, "id position reviewedAt example", {"conversation": staff}
    ),
    "Example": Decided(read_coaching, "id startedAt endedAt channel topic intent queue transcript"),
    "ActionStep": Decided(read_coaching, "position text"),
    "ReviewSection": Decided(read_coaching, "pending disputes resolved"),
    "ReviewItem": Decided(
        read_coaching,
        "evaluation conversation supervisorAuditScore reviewStatus disputeRounds completedAt",
    ),
    "AttributeProgress": Decided(both(coaches, read_coaching), "attribute score"),
    # The monitor is a matter of role; whose coaching it is about, of reading coaching.
    "ScoreChange": Decided(coaches, "atAssignedDate current difference trend"),
    "CoachingMonitorRow": Decided(
        coaches,
        "agent assignedAt followUpOn attributes agentScorecardScore koreEvaluationScore compare",
        absent={"assignment": read_coaching},
    ),
    "MonitorComparison": Decided(coaches, "agentScorecard koreEvaluation"),
    "AgentLeaderboardRow": Decided(
        coaches, "rank agent evaluationCount koreEvaluationScore agentScorecardScore"
    ),
    "Dashboard": Decided(
        read_figures,
        "agentsInCoaching assignmentsByStatus overdueFollowUps pendingReviews disputes",
    ),
    "PendingReviews": Decided(read_figures, "agent supervisor"),
    "DisputeFigures": Decided(read_figures, "open settled overturned"),
    "StatusCount": Decided(read_figures, "status count"),
    # Marks and groups.
    "Mark": Decided(
        read_marks,
        "id state createdAt version agent areas conversations markedBy",
        {
            "group": manage_coaching,
            "assignment": staff,
            "viewerActions": acts,
        },
        {"assignment": read_coaching},
    ),
    "CoachingCandidate": Decided(manage_coaching, "agent areas conversationCount marks"),
    "CoachingGroup": Decided(
        manage_coaching,
        "id name assignedAt followUpOn areas conversationCount status coachingType description"
        " state createdAt assignmentName version members agentCount marks"
        " markedConversationCount canAssign viewerActions outcome effect",
        absent={"agentAssignments": read_coaching},
    ),
    "GroupOutcome": Decided(manage_coaching, "statuses attributes"),
    "AttributeOutcome": Decided(
        manage_coaching, "attribute meanChange improved declined unchanged withoutData"
    ),
    "AttributeEffect": Decided(
        manage_coaching,
        "attribute result difference low high memberChange comparableChange members"
        " comparableAgents",
    ),
    "DispatchPreview": Decided(manage_coaching, "assignments errors skipped"),
    "PlannedAssignment": Decided(manage_coaching, "agent conversations areas"),
    "UserError": Decided(writes, "code message path"),
    # What mutations answer; `errors` is in each.
    "CreateAssignmentPayload": payload(manage_coaching, "assignment"),
    "UpdateAssignmentPayload": payload(manage_coaching, "assignment"),
    "CancelAssignmentPayload": payload(manage_coaching, "assignment"),
    "AssignCandidatePayload": payload(manage_coaching, "assignment"),
    "ReviewConversationPayload": payload(review_coaching, "assignment"),
    "ReviewBestResponsePayload": payload(review_coaching, "assignment"),
    "CreateBookmarkPayload": payload(coaches, "bookmark"),
    "UpdateBookmarkPayload": payload(coaches, "bookmark"),
    "TagConversationsPayload": payload(coaches, "bookmark"),
    "UntagConversationsPayload": payload(coaches, "bookmark"),
    "DeleteBookmarkPayload": payload(coaches, "deletedId"),
    "UpdateWorkspacePayload": payload(manage_settings, "workspace"),
    "UpdateEvaluationFormAuditorsPayload": payload(manage_settings, "evaluationForm"),
    "SaveEvaluationDraftPayload": payload(coaches, "draft"),
    "SubmitEvaluationPayload": payload(coaches, "evaluation"),
    "RespondToEvaluationPayload": payload(answer_evaluations, "evaluation"),
    "WithdrawDisputePayload": payload(answer_evaluations, "dispute"),
    "ResolveDisputePayload": payload(coaches, "dispute"),
    "ReassignDisputePayload": payload(coaches, "dispute"),
    "MarkForCoachingPayload": payload(manage_coaching, "mark existingMark"),
    "AddConversationsToMarkPayload": payload(manage_coaching, "mark"),
    "RemoveMarkPayload": payload(manage_coaching, "mark"),
    "CreateCoachingGroupPayload": payload(manage_coaching, "coachingGroup"),
    "UpdateCoachingGroupPayload": payload(manage_coaching, "coachingGroup"),
    "DeleteCoachingGroupPayload": payload(manage_coaching, "coachingGroup"),
    "AddAgentsToGroupPayload": payload(manage_coaching, "coachingGroup"),
    "RemoveAgentsFromGroupPayload": payload(manage_coaching, "coachingGroup"),
    "MoveMarksToGroupPayload": payload(manage_coaching, "coachingGroup"),
    "ImportedRecord": Decided(imports, "externalId outcome error"),
    "ImportConversationsPayload": payload(imports, "results"),
    "DispatchCoachingGroupPayload": payload(manage_coaching, "coachingGroup assignments skipped"),
}

PAGES: dict[str, Who] = {
    "AssignedCoaching": read_coaching,
    "Assignment": read_coaching,
    "CoachingGroup": manage_coaching,
    "Conversation": staff,
    "Agent": staff,
    "AgentGroup": staff,
    "Attribute": everybody,
    "Queue": staff,
    "EvaluationForm": staff,
    "User": manage_settings,
    "Bookmark": coaches,
    "AuditEntry": coaches,
    "Mark": read_marks,
    "CoachingCandidate": manage_coaching,
    "CoachingMonitorRow": coaches,
    "AgentLeaderboardRow": coaches,
}
TYPES |= {f"{name}Connection": page(who) for name, who in PAGES.items()}
TYPES |= {f"{name}Edge": edge(who) for name, who in PAGES.items()}
