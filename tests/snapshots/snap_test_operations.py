# -*- coding: utf-8 -*-
# snapshottest: v1 - https://goo.gl/zC4yUc
from __future__ import unicode_literals

from snapshottest import Snapshot


snapshots = Snapshot()

snapshots['test_the_answer_of_a_named_operation[postgresql-agent-AgentProgress] 1'] = {
    'assignment': {
        'agent': {
            'id': 'Agent 1',
            'name': 'Ann'
        },
        'assignedAt': '2026-03-03T09:30:00+00:00',
        'id': 'Assignment 1',
        'name': 'Listening',
        'progress': [
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-agent-AuditDetails] 1'] = {
    'conversation': {
        'agent': {
            'agentId': 'A-1',
            'id': 'Agent 1',
            'name': 'Ann'
        },
        'assignments': [
        ],
        'channel': 'CHAT',
        'endedAt': '2026-03-02T09:35:00+00:00',
        'evaluations': [
            {
                'disputeRounds': 0,
                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                'evaluatedBy': 'Auto QA',
                'form': {
                    'formVersion': 1,
                    'id': 'EvaluationForm 1',
                    'name': 'Chat quality',
                    'passScore': 70.0
                },
                'history': [
                ],
                'id': 'Evaluation 1',
                'passed': True,
                'reviewState': None,
                'revision': 1,
                'revisions': [
                    {
                        'comment': None,
                        'createdAt': '2026-03-02T09:35:00+00:00',
                        'evaluatedBy': 'Auto QA',
                        'number': 1,
                        'reason': 'AUDIT',
                        'total': 80.0
                    }
                ],
                'scores': [
                    {
                        'adherence': 0.8,
                        'comment': None,
                        'metric': {
                            'attributes': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'fatal': False,
                            'id': 'Metric 1',
                            'name': 'Shows Empathy',
                            'negativeWeight': 0.0,
                            'weight': 10.0
                        },
                        'points': 80.0
                    }
                ],
                'source': 'AUTO',
                'total': 80.0
            },
            {
                'disputeRounds': 0,
                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                'evaluatedBy': 'Quinn',
                'form': {
                    'formVersion': 1,
                    'id': 'EvaluationForm 1',
                    'name': 'Chat quality',
                    'passScore': 70.0
                },
                'history': [
                ],
                'id': 'Evaluation 2',
                'passed': False,
                'reviewState': 'PENDING_AGENT_REVIEW',
                'revision': 1,
                'revisions': [
                    {
                        'comment': None,
                        'createdAt': '2026-03-02T09:35:00+00:00',
                        'evaluatedBy': 'Quinn',
                        'number': 1,
                        'reason': 'AUDIT',
                        'total': 62.5
                    }
                ],
                'scores': [
                    {
                        'adherence': 0.625,
                        'comment': None,
                        'metric': {
                            'attributes': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'fatal': False,
                            'id': 'Metric 1',
                            'name': 'Shows Empathy',
                            'negativeWeight': 0.0,
                            'weight': 10.0
                        },
                        'points': 62.5
                    }
                ],
                'source': 'MANUAL',
                'total': 62.5
            }
        ],
        'id': 'Conversation 1',
        'insights': [
        ],
        'intent': 'Money back',
        'koreEvaluationScore': 80.0,
        'queue': {
            'id': 'Queue 1',
            'name': 'Billing'
        },
        'sentimentScore': -12.5,
        'startedAt': '2026-03-02T09:30:00+00:00',
        'supervisorAuditScore': 62.5,
        'topic': 'Refund',
        'transcript': [
            {
                'position': 1,
                'sentAt': '2026-03-02T09:30:01+00:00',
                'speaker': 'CUSTOMER',
                'text': 'Message 1'
            },
            {
                'position': 2,
                'sentAt': '2026-03-02T09:30:02+00:00',
                'speaker': 'AGENT',
                'text': 'Message 2'
            }
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-agent-MyAssignment] 1'] = {
    'assignment': {
        'actionPlan': [
        ],
        'areas': [
            {
                'id': 'Attribute 1',
                'name': 'Empathy'
            }
        ],
        'assignedAt': '2026-03-03T09:30:00+00:00',
        'assignedBy': 'Quinn',
        'bestResponses': [
            {
                'example': {
                    'id': 'Example 1',
                    'intent': 'Money back',
                    'queue': {
                        'id': 'Queue 1',
                        'name': 'Billing'
                    },
                    'startedAt': '2026-03-02T09:30:00+00:00',
                    'topic': 'Refund',
                    'transcript': [
                        {
                            'position': 1,
                            'speaker': 'CUSTOMER',
                            'text': 'Message 1'
                        },
                        {
                            'position': 2,
                            'speaker': 'AGENT',
                            'text': 'Message 2'
                        }
                    ]
                },
                'id': 'BestResponse 1',
                'reviewedAt': None
            }
        ],
        'conversations': [
            {
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'conversation': {
                    'id': 'Conversation 1',
                    'intent': 'Money back',
                    'koreEvaluationScore': 80.0,
                    'queue': {
                        'id': 'Queue 1',
                        'name': 'Billing'
                    },
                    'sentimentScore': -12.5,
                    'startedAt': '2026-03-02T09:30:00+00:00',
                    'supervisorAuditScore': 62.5,
                    'topic': 'Refund'
                },
                'id': 'AssignmentConversation 1',
                'reviewedAt': '<now>'
            }
        ],
        'followUpOn': '2026-03-16',
        'id': 'Assignment 1',
        'improvements': 'Listen to the end.',
        'itemsReviewed': 1,
        'itemsTotal': 2,
        'name': 'Listening',
        'status': 'IN_PROGRESS',
        'strengths': 'Warm.'
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-agent-MyAssignments] 1'] = {
    'assignments': {
        'edges': [
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'Assignment',
                    'agent': {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-04T09:30:00+00:00',
                    'coachingType': None,
                    'conversationCount': 1,
                    'followUpOn': '2026-03-16',
                    'group': None,
                    'id': 'Assignment 1',
                    'itemsReviewed': 0,
                    'itemsTotal': 1,
                    'name': 'Kindness',
                    'status': 'START_COACHING',
                    'version': 1
                }
            },
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'Assignment',
                    'agent': {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-03T09:30:00+00:00',
                    'coachingType': None,
                    'conversationCount': 1,
                    'followUpOn': '2026-03-16',
                    'group': None,
                    'id': 'Assignment 2',
                    'itemsReviewed': 1,
                    'itemsTotal': 2,
                    'name': 'Listening',
                    'status': 'IN_PROGRESS',
                    'version': 1
                }
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        },
        'totalCount': 2
    },
    'viewer': {
        'agent': {
            'agentId': 'A-1',
            'id': 'Agent 1',
            'name': 'Ann'
        },
        'name': 'Ann'
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-agent-RespondToEvaluation] 1'] = {
    'respondToEvaluation': {
        'errors': [
        ],
        'evaluation': {
            'completedAt': None,
            'disputableMetrics': [
            ],
            'disputeRounds': 1,
            'disputes': [
                {
                    'assignee': 'Quinn',
                    'id': 'Dispute 1',
                    'metrics': [
                        {
                            'comment': 'I did listen.',
                            'metric': {
                                'id': 'Metric 1',
                                'name': 'Shows Empathy'
                            }
                        }
                    ],
                    'revision': 1,
                    'round': 1,
                    'state': 'OPEN',
                    'viewerActions': [
                        {
                            'action': 'WITHDRAW_DISPUTE',
                            'allowed': True,
                            'reason': None
                        }
                    ]
                }
            ],
            'id': 'Evaluation 1',
            'reviewState': 'PENDING_SUPERVISOR_REVIEW',
            'revision': 1,
            'viewerActions': [
                {
                    'action': 'RESPOND_TO_EVALUATION',
                    'allowed': False,
                    'reason': 'NOT_WAITING_FOR_AGENT'
                }
            ]
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-agent-ReviewConversation] 1'] = {
    'reviewConversation': {
        'assignment': {
            'id': 'Assignment 1',
            'itemsReviewed': 1,
            'itemsTotal': 2,
            'status': 'IN_PROGRESS'
        },
        'errors': [
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-agent-ReviewSection] 1'] = {
    'assignment': {
        'id': 'Assignment 1',
        'review': {
            'disputes': [
            ],
            'pending': [
                {
                    'conversation': {
                        'id': 'Conversation 1',
                        'intent': 'Money back',
                        'queue': {
                            'id': 'Queue 1',
                            'name': 'Billing'
                        },
                        'startedAt': '2026-03-02T09:30:00+00:00',
                        'topic': 'Refund'
                    },
                    'disputeRounds': 0,
                    'evaluation': {
                        'id': 'Evaluation 1',
                        'revision': 1
                    },
                    'reviewStatus': 'PENDING_AGENT_REVIEW',
                    'supervisorAuditScore': 62.5
                }
            ],
            'resolved': [
            ]
        },
        'status': 'IN_PROGRESS'
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-partner-ImportConversations] 1'] = {
    'importConversations': {
        'errors': [
        ],
        'results': [
            {
                'error': None,
                'externalId': 'loans',
                'outcome': 'CREATED'
            },
            {
                'error': {
                    'code': 'INVALID',
                    'message': 'name: must have at least 1 character',
                    'path': [
                        'records',
                        '1',
                        'agentGroup',
                        'name'
                    ]
                },
                'externalId': 'new',
                'outcome': 'REJECTED'
            }
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-AddAgentsToGroup] 1'] = {
    'addAgentsToGroup': {
        'coachingGroup': {
            'canAssign': True,
            'id': 'CoachingGroup 1',
            'markedConversationCount': 2,
            'members': [
                {
                    'agentId': 'A-1',
                    'id': 'Agent 1',
                    'name': 'Ann'
                },
                {
                    'agentId': 'B-2',
                    'id': 'Agent 2',
                    'name': 'Ben'
                }
            ],
            'name': 'Autumn',
            'version': 2
        },
        'errors': [
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-AgentConversations] 1'] = {
    'assignment': {
        'agent': {
            'agentId': 'A-1',
            'id': 'Agent 1',
            'name': 'Ann'
        },
        'conversations': [
            {
                'conversation': {
                    'id': 'Conversation 1',
                    'intent': 'Money back',
                    'koreEvaluationScore': 80.0,
                    'queue': {
                        'id': 'Queue 1',
                        'name': 'Billing'
                    },
                    'startedAt': '2026-03-02T09:30:00+00:00',
                    'supervisorAuditScore': 62.5,
                    'topic': 'Refund'
                },
                'id': 'AssignmentConversation 1',
                'reviewedAt': '<now>'
            }
        ],
        'id': 'Assignment 1'
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-AgentLeaderboard] 1'] = {
    'agentLeaderboard': {
        'nodes': [
            {
                'agent': {
                    'agentId': 'A-1',
                    'id': 'Agent 1',
                    'name': 'Ann'
                },
                'agentScorecardScore': None,
                'evaluationCount': 1,
                'koreEvaluationScore': 80.0,
                'rank': 1
            },
            {
                'agent': {
                    'agentId': 'B-2',
                    'id': 'Agent 2',
                    'name': 'Ben'
                },
                'agentScorecardScore': None,
                'evaluationCount': 1,
                'koreEvaluationScore': 72.5,
                'rank': 2
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-AgentProgress] 1'] = {
    'assignment': {
        'agent': {
            'id': 'Agent 1',
            'name': 'Ann'
        },
        'assignedAt': '2026-03-03T09:30:00+00:00',
        'id': 'Assignment 1',
        'name': 'Listening',
        'progress': [
            {
                'attribute': {
                    'id': 'Attribute 1',
                    'name': 'Empathy'
                },
                'score': {
                    'atAssignedDate': 80.0,
                    'current': None,
                    'difference': None,
                    'trend': None
                }
            }
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-AgentsInCoaching] 1'] = {
    'dashboard': {
        'agentsInCoaching': 2
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-AssignmentAgents] 1'] = {
    'node': {
        'agentAssignments': {
            'nodes': [
                {
                    'agent': {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'conversationCount': 1,
                    'id': 'Assignment 1',
                    'status': 'YET_TO_START'
                },
                {
                    'agent': {
                        'agentId': 'B-2',
                        'id': 'Agent 2',
                        'name': 'Ben'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'conversationCount': 1,
                    'id': 'Assignment 2',
                    'status': 'YET_TO_START'
                }
            ],
            'totalCount': 2
        },
        'id': 'CoachingGroup 1',
        'name': 'Spring',
        'status': 'YET_TO_START'
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-AssignmentsPage] 1'] = {
    'assignments': {
        'edges': [
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'Assignment',
                    'agent': {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-03T09:30:00+00:00',
                    'coachingType': 'INDIVIDUAL_AGENT',
                    'conversationCount': 1,
                    'followUpOn': '2026-03-16',
                    'group': None,
                    'id': 'Assignment 1',
                    'itemsReviewed': 1,
                    'itemsTotal': 2,
                    'name': 'Listening',
                    'status': 'IN_PROGRESS',
                    'version': 1
                }
            },
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'CoachingGroup',
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-04T09:30:00+00:00',
                    'coachingType': 'GROUP_AGENTS',
                    'conversationCount': 2,
                    'followUpOn': '2026-03-16',
                    'id': 'CoachingGroup 1',
                    'name': 'Spring',
                    'status': 'YET_TO_START'
                }
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        },
        'totalCount': 2
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-AuditDetails] 1'] = {
    'conversation': {
        'agent': {
            'agentId': 'A-1',
            'id': 'Agent 1',
            'name': 'Ann'
        },
        'assignments': [
            {
                'id': 'Assignment 1',
                'improvements': '',
                'name': 'Kindness',
                'strengths': ''
            },
            {
                'id': 'Assignment 2',
                'improvements': 'Listen to the end.',
                'name': 'Listening',
                'strengths': 'Warm.'
            }
        ],
        'channel': 'CHAT',
        'endedAt': '2026-03-02T09:35:00+00:00',
        'evaluations': [
            {
                'disputeRounds': 0,
                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                'evaluatedBy': 'Auto QA',
                'form': {
                    'formVersion': 1,
                    'id': 'EvaluationForm 1',
                    'name': 'Chat quality',
                    'passScore': 70.0
                },
                'history': [
                ],
                'id': 'Evaluation 1',
                'passed': True,
                'reviewState': None,
                'revision': 1,
                'revisions': [
                    {
                        'comment': None,
                        'createdAt': '2026-03-02T09:35:00+00:00',
                        'evaluatedBy': 'Auto QA',
                        'number': 1,
                        'reason': 'AUDIT',
                        'total': 80.0
                    }
                ],
                'scores': [
                    {
                        'adherence': 0.8,
                        'comment': None,
                        'metric': {
                            'attributes': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'fatal': False,
                            'id': 'Metric 1',
                            'name': 'Shows Empathy',
                            'negativeWeight': 0.0,
                            'weight': 10.0
                        },
                        'points': 80.0
                    }
                ],
                'source': 'AUTO',
                'total': 80.0
            },
            {
                'disputeRounds': 0,
                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                'evaluatedBy': 'Quinn',
                'form': {
                    'formVersion': 1,
                    'id': 'EvaluationForm 1',
                    'name': 'Chat quality',
                    'passScore': 70.0
                },
                'history': [
                ],
                'id': 'Evaluation 2',
                'passed': False,
                'reviewState': 'PENDING_AGENT_REVIEW',
                'revision': 1,
                'revisions': [
                    {
                        'comment': None,
                        'createdAt': '2026-03-02T09:35:00+00:00',
                        'evaluatedBy': 'Quinn',
                        'number': 1,
                        'reason': 'AUDIT',
                        'total': 62.5
                    }
                ],
                'scores': [
                    {
                        'adherence': 0.625,
                        'comment': None,
                        'metric': {
                            'attributes': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'fatal': False,
                            'id': 'Metric 1',
                            'name': 'Shows Empathy',
                            'negativeWeight': 0.0,
                            'weight': 10.0
                        },
                        'points': 62.5
                    }
                ],
                'source': 'MANUAL',
                'total': 62.5
            }
        ],
        'id': 'Conversation 1',
        'insights': [
        ],
        'intent': 'Money back',
        'koreEvaluationScore': 80.0,
        'queue': {
            'id': 'Queue 1',
            'name': 'Billing'
        },
        'sentimentScore': -12.5,
        'startedAt': '2026-03-02T09:30:00+00:00',
        'supervisorAuditScore': 62.5,
        'topic': 'Refund',
        'transcript': [
            {
                'position': 1,
                'sentAt': '2026-03-02T09:30:01+00:00',
                'speaker': 'CUSTOMER',
                'text': 'Message 1'
            },
            {
                'position': 2,
                'sentAt': '2026-03-02T09:30:02+00:00',
                'speaker': 'AGENT',
                'text': 'Message 2'
            }
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-CoachingCandidates] 1'] = {
    'coachingCandidates': {
        'nodes': [
            {
                'agent': {
                    'agentId': 'A-1',
                    'id': 'Agent 1',
                    'name': 'Ann'
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'conversationCount': 1,
                'marks': [
                    {
                        'areas': [
                            {
                                'id': 'Attribute 1',
                                'name': 'Empathy'
                            }
                        ],
                        'conversations': [
                            {
                                'id': 'Conversation 1',
                                'startedAt': '2026-03-02T09:30:00+00:00'
                            }
                        ],
                        'createdAt': '2026-03-02T09:30:00+00:00',
                        'id': 'Mark 1',
                        'markedBy': 'Sue',
                        'version': 1,
                        'viewerActions': [
                            {
                                'action': 'ADD_CONVERSATIONS_TO_MARK',
                                'allowed': True,
                                'reason': None
                            },
                            {
                                'action': 'REMOVE_MARK',
                                'allowed': True,
                                'reason': None
                            },
                            {
                                'action': 'MOVE_MARKS_TO_GROUP',
                                'allowed': True,
                                'reason': None
                            }
                        ]
                    }
                ]
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        },
        'totalCount': 1
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-CoachingGroups] 1'] = {
    'coachingGroups': {
        'nodes': [
            {
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'canAssign': True,
                'description': '',
                'id': 'CoachingGroup 1',
                'markedConversationCount': 1,
                'marks': [
                    {
                        'agent': {
                            'id': 'Agent 2'
                        },
                        'id': 'Mark 1'
                    }
                ],
                'members': [
                    {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    {
                        'agentId': 'B-2',
                        'id': 'Agent 2',
                        'name': 'Ben'
                    }
                ],
                'name': 'Autumn',
                'state': 'PENDING',
                'version': 1,
                'viewerActions': [
                    {
                        'action': 'UPDATE_COACHING_GROUP',
                        'allowed': True,
                        'reason': None
                    },
                    {
                        'action': 'DELETE_COACHING_GROUP',
                        'allowed': True,
                        'reason': None
                    },
                    {
                        'action': 'ADD_AGENTS_TO_GROUP',
                        'allowed': True,
                        'reason': None
                    },
                    {
                        'action': 'REMOVE_AGENTS_FROM_GROUP',
                        'allowed': True,
                        'reason': None
                    },
                    {
                        'action': 'MOVE_MARKS_TO_GROUP',
                        'allowed': True,
                        'reason': None
                    },
                    {
                        'action': 'DISPATCH_COACHING_GROUP',
                        'allowed': True,
                        'reason': None
                    }
                ]
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        },
        'totalCount': 1
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-CoachingMonitor] 1'] = {
    'coachingMonitor': {
        'nodes': [
            {
                'agent': {
                    'agentId': 'B-2',
                    'id': 'Agent 1',
                    'name': 'Ben'
                },
                'agentScorecardScore': None,
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'attributes': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'compare': {
                    'agentScorecard': {
                        'atAssignedDate': None,
                        'difference': None,
                        'trend': None
                    },
                    'koreEvaluation': {
                        'atAssignedDate': 72.5,
                        'difference': None,
                        'trend': None
                    }
                },
                'followUpOn': '2026-03-16',
                'koreEvaluationScore': None
            },
            {
                'agent': {
                    'agentId': 'A-1',
                    'id': 'Agent 2',
                    'name': 'Ann'
                },
                'agentScorecardScore': None,
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'attributes': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'compare': {
                    'agentScorecard': {
                        'atAssignedDate': None,
                        'difference': None,
                        'trend': None
                    },
                    'koreEvaluation': {
                        'atAssignedDate': 80.0,
                        'difference': None,
                        'trend': None
                    }
                },
                'followUpOn': '2026-03-16',
                'koreEvaluationScore': None
            },
            {
                'agent': {
                    'agentId': 'A-1',
                    'id': 'Agent 2',
                    'name': 'Ann'
                },
                'agentScorecardScore': None,
                'assignedAt': '2026-03-03T09:30:00+00:00',
                'attributes': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'compare': {
                    'agentScorecard': {
                        'atAssignedDate': None,
                        'difference': None,
                        'trend': None
                    },
                    'koreEvaluation': {
                        'atAssignedDate': 80.0,
                        'difference': None,
                        'trend': None
                    }
                },
                'followUpOn': '2026-03-16',
                'koreEvaluationScore': None
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-CreateAssignment] 1'] = {
    'createAssignment': {
        'assignment': {
            'agent': {
                'agentId': 'A-1',
                'id': 'Agent 1',
                'name': 'Ann'
            },
            'areas': [
                {
                    'id': 'Attribute 1',
                    'name': 'Empathy'
                }
            ],
            'assignedAt': '<now>',
            'conversationCount': 1,
            'followUpOn': '<now>',
            'id': 'Assignment 1',
            'name': 'New',
            'status': 'YET_TO_START',
            'version': 1
        },
        'errors': [
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-CreateCoachingGroup] 1'] = {
    'createCoachingGroup': {
        'coachingGroup': {
            'areas': [
                {
                    'id': 'Attribute 1',
                    'name': 'Empathy'
                }
            ],
            'canAssign': True,
            'description': '',
            'id': 'CoachingGroup 1',
            'markedConversationCount': 1,
            'members': [
                {
                    'agentId': 'A-1',
                    'id': 'Agent 1',
                    'name': 'Ann'
                }
            ],
            'name': 'Winter',
            'state': 'PENDING',
            'version': 1
        },
        'errors': [
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-DispatchCoachingGroup] 1'] = {
    'dispatchCoachingGroup': {
        'assignments': [
            {
                'agent': {
                    'agentId': 'B-2',
                    'id': 'Agent 1',
                    'name': 'Ben'
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'conversationCount': 1,
                'id': 'Assignment 1',
                'name': 'Kindness',
                'status': 'YET_TO_START',
                'version': 1
            }
        ],
        'coachingGroup': {
            'agentCount': 1,
            'assignedAt': '<now>',
            'assignmentName': 'Kindness',
            'conversationCount': 1,
            'followUpOn': '<now>',
            'id': 'CoachingGroup 1',
            'name': 'Autumn',
            'state': 'SENT',
            'status': 'YET_TO_START',
            'version': 2
        },
        'errors': [
        ],
        'skipped': [
            {
                'agentId': 'A-1',
                'id': 'Agent 2',
                'name': 'Ann'
            }
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-DrillDown] 1'] = {
    'assignments': {
        'nodes': [
            {
                'agentAssignments': {
                    'nodes': [
                        {
                            'agent': {
                                'agentId': 'A-1',
                                'id': 'Agent 1',
                                'name': 'Ann'
                            },
                            'areas': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'conversationCount': 1,
                            'conversations': [
                                {
                                    'conversation': {
                                        'evaluations': [
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Auto QA',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 1',
                                                'passed': True,
                                                'reviewState': None,
                                                'scores': [
                                                    {
                                                        'adherence': 0.8,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 80.0
                                                    }
                                                ],
                                                'source': 'AUTO',
                                                'total': 80.0
                                            },
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Quinn',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 2',
                                                'passed': False,
                                                'reviewState': 'PENDING_AGENT_REVIEW',
                                                'scores': [
                                                    {
                                                        'adherence': 0.625,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 62.5
                                                    }
                                                ],
                                                'source': 'MANUAL',
                                                'total': 62.5
                                            }
                                        ],
                                        'id': 'Conversation 1',
                                        'insights': [
                                        ],
                                        'intent': 'Money back',
                                        'koreEvaluationScore': 80.0,
                                        'queue': {
                                            'id': 'Queue 1',
                                            'name': 'Billing'
                                        },
                                        'sentimentScore': -12.5,
                                        'startedAt': '2026-03-02T09:30:00+00:00',
                                        'supervisorAuditScore': 62.5,
                                        'topic': 'Refund',
                                        'transcript': [
                                            {
                                                'position': 1,
                                                'sentAt': '2026-03-02T09:30:01+00:00',
                                                'speaker': 'CUSTOMER',
                                                'text': 'Message 1'
                                            },
                                            {
                                                'position': 2,
                                                'sentAt': '2026-03-02T09:30:02+00:00',
                                                'speaker': 'AGENT',
                                                'text': 'Message 2'
                                            }
                                        ]
                                    },
                                    'id': 'AssignmentConversation 1',
                                    'reviewedAt': None
                                }
                            ],
                            'id': 'Assignment 1',
                            'status': 'YET_TO_START'
                        },
                        {
                            'agent': {
                                'agentId': 'B-2',
                                'id': 'Agent 2',
                                'name': 'Ben'
                            },
                            'areas': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'conversationCount': 1,
                            'conversations': [
                                {
                                    'conversation': {
                                        'evaluations': [
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Auto QA',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 3',
                                                'passed': True,
                                                'reviewState': None,
                                                'scores': [
                                                    {
                                                        'adherence': 0.725,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 72.5
                                                    }
                                                ],
                                                'source': 'AUTO',
                                                'total': 72.5
                                            }
                                        ],
                                        'id': 'Conversation 2',
                                        'insights': [
                                        ],
                                        'intent': 'Money back',
                                        'koreEvaluationScore': 72.5,
                                        'queue': {
                                            'id': 'Queue 1',
                                            'name': 'Billing'
                                        },
                                        'sentimentScore': -12.5,
                                        'startedAt': '2026-03-02T09:30:00+00:00',
                                        'supervisorAuditScore': None,
                                        'topic': 'Refund',
                                        'transcript': [
                                            {
                                                'position': 1,
                                                'sentAt': '2026-03-02T09:30:01+00:00',
                                                'speaker': 'CUSTOMER',
                                                'text': 'Message 1'
                                            },
                                            {
                                                'position': 2,
                                                'sentAt': '2026-03-02T09:30:02+00:00',
                                                'speaker': 'AGENT',
                                                'text': 'Message 2'
                                            }
                                        ]
                                    },
                                    'id': 'AssignmentConversation 2',
                                    'reviewedAt': None
                                }
                            ],
                            'id': 'Assignment 2',
                            'status': 'YET_TO_START'
                        }
                    ]
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'coachingType': 'GROUP_AGENTS',
                'followUpOn': '2026-03-16',
                'id': 'CoachingGroup 1',
                'name': 'Spring',
                'status': 'YET_TO_START'
            },
            {
                'agentAssignments': {
                    'nodes': [
                        {
                            'agent': {
                                'agentId': 'A-1',
                                'id': 'Agent 1',
                                'name': 'Ann'
                            },
                            'areas': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'conversationCount': 1,
                            'conversations': [
                                {
                                    'conversation': {
                                        'evaluations': [
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Auto QA',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 1',
                                                'passed': True,
                                                'reviewState': None,
                                                'scores': [
                                                    {
                                                        'adherence': 0.8,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 80.0
                                                    }
                                                ],
                                                'source': 'AUTO',
                                                'total': 80.0
                                            },
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Quinn',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 2',
                                                'passed': False,
                                                'reviewState': 'PENDING_AGENT_REVIEW',
                                                'scores': [
                                                    {
                                                        'adherence': 0.625,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 62.5
                                                    }
                                                ],
                                                'source': 'MANUAL',
                                                'total': 62.5
                                            }
                                        ],
                                        'id': 'Conversation 1',
                                        'insights': [
                                        ],
                                        'intent': 'Money back',
                                        'koreEvaluationScore': 80.0,
                                        'queue': {
                                            'id': 'Queue 1',
                                            'name': 'Billing'
                                        },
                                        'sentimentScore': -12.5,
                                        'startedAt': '2026-03-02T09:30:00+00:00',
                                        'supervisorAuditScore': 62.5,
                                        'topic': 'Refund',
                                        'transcript': [
                                            {
                                                'position': 1,
                                                'sentAt': '2026-03-02T09:30:01+00:00',
                                                'speaker': 'CUSTOMER',
                                                'text': 'Message 1'
                                            },
                                            {
                                                'position': 2,
                                                'sentAt': '2026-03-02T09:30:02+00:00',
                                                'speaker': 'AGENT',
                                                'text': 'Message 2'
                                            }
                                        ]
                                    },
                                    'id': 'AssignmentConversation 3',
                                    'reviewedAt': '<now>'
                                }
                            ],
                            'id': 'Assignment 3',
                            'status': 'IN_PROGRESS'
                        }
                    ]
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'assignedAt': '2026-03-03T09:30:00+00:00',
                'coachingType': 'INDIVIDUAL_AGENT',
                'followUpOn': '2026-03-16',
                'id': 'Assignment 3',
                'name': 'Listening',
                'status': 'IN_PROGRESS'
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-GroupOutcome] 1'] = {
    'coachingGroup': {
        'assignedAt': '2026-03-04T09:30:00+00:00',
        'effect': [
            {
                'attribute': {
                    'id': 'Attribute 1',
                    'name': 'Empathy'
                },
                'comparableAgents': 0,
                'comparableChange': None,
                'difference': None,
                'high': None,
                'low': None,
                'memberChange': None,
                'members': 0,
                'result': 'INSUFFICIENT_DATA'
            }
        ],
        'id': 'CoachingGroup 1',
        'name': 'Spring',
        'outcome': {
            'attributes': [
                {
                    'attribute': {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    },
                    'declined': 0,
                    'improved': 0,
                    'meanChange': None,
                    'unchanged': 0,
                    'withoutData': 2
                }
            ],
            'statuses': [
                {
                    'count': 2,
                    'status': 'YET_TO_START'
                }
            ]
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-MarkForCoaching] 1'] = {
    'markForCoaching': {
        'errors': [
        ],
        'existingMark': None,
        'mark': {
            'agent': {
                'agentId': 'A-1',
                'id': 'Agent 1',
                'name': 'Ann'
            },
            'areas': [
                {
                    'id': 'Attribute 1',
                    'name': 'Empathy'
                }
            ],
            'conversations': [
                {
                    'id': 'Conversation 1',
                    'startedAt': '2026-03-02T09:30:00+00:00'
                }
            ],
            'createdAt': '<now>',
            'group': {
                'id': 'CoachingGroup 1',
                'name': 'Autumn'
            },
            'id': 'Mark 1',
            'markedBy': 'Quinn',
            'state': 'ACTIVE',
            'version': 1
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-ResolveDispute] 1'] = {
    'resolveDispute': {
        'dispute': {
            'evaluation': {
                'conversation': {
                    'id': 'Conversation 1',
                    'supervisorAuditScore': 100.0
                },
                'disputeRounds': 1,
                'id': 'Evaluation 1',
                'passed': True,
                'reviewState': 'CLOSED',
                'revision': 2,
                'total': 100.0
            },
            'id': 'Dispute 1',
            'metrics': [
                {
                    'comment': 'I did.',
                    'decision': 'REVISE',
                    'decisionComment': 'You did.',
                    'metric': {
                        'id': 'Metric 1',
                        'name': 'Shows Empathy'
                    },
                    'newAdherence': 1.0
                }
            ],
            'round': 1,
            'state': 'RESOLVED',
            'version': 2
        },
        'errors': [
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-qa-SubmitEvaluation] 1'] = {
    'submitEvaluation': {
        'errors': [
        ],
        'evaluation': {
            'conversation': {
                'id': 'Conversation 1',
                'supervisorAuditScore': 25.0
            },
            'disputeRounds': 0,
            'evaluatedBy': 'Quinn',
            'id': 'Evaluation 1',
            'passed': False,
            'reviewState': 'AUDITED',
            'reviewUntil': None,
            'revision': 1,
            'scores': [
                {
                    'adherence': 0.25,
                    'comment': None,
                    'metric': {
                        'id': 'Metric 1',
                        'name': 'Shows Empathy'
                    },
                    'points': 25.0
                }
            ],
            'total': 25.0,
            'viewerActions': [
                {
                    'action': 'SUBMIT_EVALUATION',
                    'allowed': True,
                    'reason': None
                }
            ]
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-supervisor-AssignmentsPage] 1'] = {
    'assignments': {
        'edges': [
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'Assignment',
                    'agent': {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-04T09:30:00+00:00',
                    'coachingType': None,
                    'conversationCount': 1,
                    'followUpOn': '2026-03-16',
                    'group': None,
                    'id': 'Assignment 1',
                    'itemsReviewed': 0,
                    'itemsTotal': 1,
                    'name': 'Kindness',
                    'status': 'YET_TO_START',
                    'version': 1
                }
            },
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'Assignment',
                    'agent': {
                        'agentId': 'B-2',
                        'id': 'Agent 2',
                        'name': 'Ben'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-04T09:30:00+00:00',
                    'coachingType': None,
                    'conversationCount': 1,
                    'followUpOn': '2026-03-16',
                    'group': None,
                    'id': 'Assignment 2',
                    'itemsReviewed': 0,
                    'itemsTotal': 1,
                    'name': 'Kindness',
                    'status': 'YET_TO_START',
                    'version': 1
                }
            },
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'Assignment',
                    'agent': {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-03T09:30:00+00:00',
                    'coachingType': None,
                    'conversationCount': 1,
                    'followUpOn': '2026-03-16',
                    'group': None,
                    'id': 'Assignment 3',
                    'itemsReviewed': 1,
                    'itemsTotal': 2,
                    'name': 'Listening',
                    'status': 'IN_PROGRESS',
                    'version': 1
                }
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        },
        'totalCount': 3
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-supervisor-CoachingMonitor] 1'] = {
    'coachingMonitor': {
        'nodes': [
            {
                'agent': {
                    'agentId': 'B-2',
                    'id': 'Agent 1',
                    'name': 'Ben'
                },
                'agentScorecardScore': None,
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'attributes': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'compare': {
                    'agentScorecard': {
                        'atAssignedDate': None,
                        'difference': None,
                        'trend': None
                    },
                    'koreEvaluation': {
                        'atAssignedDate': 72.5,
                        'difference': None,
                        'trend': None
                    }
                },
                'followUpOn': '2026-03-16',
                'koreEvaluationScore': None
            },
            {
                'agent': {
                    'agentId': 'A-1',
                    'id': 'Agent 2',
                    'name': 'Ann'
                },
                'agentScorecardScore': None,
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'attributes': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'compare': {
                    'agentScorecard': {
                        'atAssignedDate': None,
                        'difference': None,
                        'trend': None
                    },
                    'koreEvaluation': {
                        'atAssignedDate': 80.0,
                        'difference': None,
                        'trend': None
                    }
                },
                'followUpOn': '2026-03-16',
                'koreEvaluationScore': None
            },
            {
                'agent': {
                    'agentId': 'A-1',
                    'id': 'Agent 2',
                    'name': 'Ann'
                },
                'agentScorecardScore': None,
                'assignedAt': '2026-03-03T09:30:00+00:00',
                'attributes': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'compare': {
                    'agentScorecard': {
                        'atAssignedDate': None,
                        'difference': None,
                        'trend': None
                    },
                    'koreEvaluation': {
                        'atAssignedDate': 80.0,
                        'difference': None,
                        'trend': None
                    }
                },
                'followUpOn': '2026-03-16',
                'koreEvaluationScore': None
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-supervisor-DrillDown] 1'] = {
    'assignments': {
        'nodes': [
            {
                'agentAssignments': {
                    'nodes': [
                        {
                            'agent': {
                                'agentId': 'B-2',
                                'id': 'Agent 1',
                                'name': 'Ben'
                            },
                            'areas': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'conversationCount': 1,
                            'conversations': [
                                {
                                    'conversation': {
                                        'evaluations': [
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Auto QA',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 1',
                                                'passed': True,
                                                'reviewState': None,
                                                'scores': [
                                                    {
                                                        'adherence': 0.725,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 72.5
                                                    }
                                                ],
                                                'source': 'AUTO',
                                                'total': 72.5
                                            }
                                        ],
                                        'id': 'Conversation 1',
                                        'insights': [
                                        ],
                                        'intent': 'Money back',
                                        'koreEvaluationScore': 72.5,
                                        'queue': {
                                            'id': 'Queue 1',
                                            'name': 'Billing'
                                        },
                                        'sentimentScore': -12.5,
                                        'startedAt': '2026-03-02T09:30:00+00:00',
                                        'supervisorAuditScore': None,
                                        'topic': 'Refund',
                                        'transcript': [
                                            {
                                                'position': 1,
                                                'sentAt': '2026-03-02T09:30:01+00:00',
                                                'speaker': 'CUSTOMER',
                                                'text': 'Message 1'
                                            },
                                            {
                                                'position': 2,
                                                'sentAt': '2026-03-02T09:30:02+00:00',
                                                'speaker': 'AGENT',
                                                'text': 'Message 2'
                                            }
                                        ]
                                    },
                                    'id': 'AssignmentConversation 1',
                                    'reviewedAt': None
                                }
                            ],
                            'id': 'Assignment 1',
                            'status': 'YET_TO_START'
                        }
                    ]
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'coachingType': None,
                'followUpOn': '2026-03-16',
                'id': 'Assignment 1',
                'name': 'Kindness',
                'status': 'YET_TO_START'
            },
            {
                'agentAssignments': {
                    'nodes': [
                        {
                            'agent': {
                                'agentId': 'A-1',
                                'id': 'Agent 2',
                                'name': 'Ann'
                            },
                            'areas': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'conversationCount': 1,
                            'conversations': [
                                {
                                    'conversation': {
                                        'evaluations': [
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Auto QA',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 2',
                                                'passed': True,
                                                'reviewState': None,
                                                'scores': [
                                                    {
                                                        'adherence': 0.8,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 80.0
                                                    }
                                                ],
                                                'source': 'AUTO',
                                                'total': 80.0
                                            },
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Quinn',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 3',
                                                'passed': False,
                                                'reviewState': 'PENDING_AGENT_REVIEW',
                                                'scores': [
                                                    {
                                                        'adherence': 0.625,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 62.5
                                                    }
                                                ],
                                                'source': 'MANUAL',
                                                'total': 62.5
                                            }
                                        ],
                                        'id': 'Conversation 2',
                                        'insights': [
                                        ],
                                        'intent': 'Money back',
                                        'koreEvaluationScore': 80.0,
                                        'queue': {
                                            'id': 'Queue 1',
                                            'name': 'Billing'
                                        },
                                        'sentimentScore': -12.5,
                                        'startedAt': '2026-03-02T09:30:00+00:00',
                                        'supervisorAuditScore': 62.5,
                                        'topic': 'Refund',
                                        'transcript': [
                                            {
                                                'position': 1,
                                                'sentAt': '2026-03-02T09:30:01+00:00',
                                                'speaker': 'CUSTOMER',
                                                'text': 'Message 1'
                                            },
                                            {
                                                'position': 2,
                                                'sentAt': '2026-03-02T09:30:02+00:00',
                                                'speaker': 'AGENT',
                                                'text': 'Message 2'
                                            }
                                        ]
                                    },
                                    'id': 'AssignmentConversation 2',
                                    'reviewedAt': None
                                }
                            ],
                            'id': 'Assignment 2',
                            'status': 'YET_TO_START'
                        }
                    ]
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'coachingType': None,
                'followUpOn': '2026-03-16',
                'id': 'Assignment 2',
                'name': 'Kindness',
                'status': 'YET_TO_START'
            },
            {
                'agentAssignments': {
                    'nodes': [
                        {
                            'agent': {
                                'agentId': 'A-1',
                                'id': 'Agent 2',
                                'name': 'Ann'
                            },
                            'areas': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'conversationCount': 1,
                            'conversations': [
                                {
                                    'conversation': {
                                        'evaluations': [
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Auto QA',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 2',
                                                'passed': True,
                                                'reviewState': None,
                                                'scores': [
                                                    {
                                                        'adherence': 0.8,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 80.0
                                                    }
                                                ],
                                                'source': 'AUTO',
                                                'total': 80.0
                                            },
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Quinn',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 3',
                                                'passed': False,
                                                'reviewState': 'PENDING_AGENT_REVIEW',
                                                'scores': [
                                                    {
                                                        'adherence': 0.625,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 62.5
                                                    }
                                                ],
                                                'source': 'MANUAL',
                                                'total': 62.5
                                            }
                                        ],
                                        'id': 'Conversation 2',
                                        'insights': [
                                        ],
                                        'intent': 'Money back',
                                        'koreEvaluationScore': 80.0,
                                        'queue': {
                                            'id': 'Queue 1',
                                            'name': 'Billing'
                                        },
                                        'sentimentScore': -12.5,
                                        'startedAt': '2026-03-02T09:30:00+00:00',
                                        'supervisorAuditScore': 62.5,
                                        'topic': 'Refund',
                                        'transcript': [
                                            {
                                                'position': 1,
                                                'sentAt': '2026-03-02T09:30:01+00:00',
                                                'speaker': 'CUSTOMER',
                                                'text': 'Message 1'
                                            },
                                            {
                                                'position': 2,
                                                'sentAt': '2026-03-02T09:30:02+00:00',
                                                'speaker': 'AGENT',
                                                'text': 'Message 2'
                                            }
                                        ]
                                    },
                                    'id': 'AssignmentConversation 3',
                                    'reviewedAt': '<now>'
                                }
                            ],
                            'id': 'Assignment 3',
                            'status': 'IN_PROGRESS'
                        }
                    ]
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'assignedAt': '2026-03-03T09:30:00+00:00',
                'coachingType': None,
                'followUpOn': '2026-03-16',
                'id': 'Assignment 3',
                'name': 'Listening',
                'status': 'IN_PROGRESS'
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[postgresql-supervisor-ReviewSection] 1'] = {
    'assignment': {
        'id': 'Assignment 1',
        'review': {
            'disputes': [
            ],
            'pending': [
                {
                    'conversation': {
                        'id': 'Conversation 1',
                        'intent': 'Money back',
                        'queue': {
                            'id': 'Queue 1',
                            'name': 'Billing'
                        },
                        'startedAt': '2026-03-02T09:30:00+00:00',
                        'topic': 'Refund'
                    },
                    'disputeRounds': 0,
                    'evaluation': {
                        'id': 'Evaluation 1',
                        'revision': 1
                    },
                    'reviewStatus': 'PENDING_AGENT_REVIEW',
                    'supervisorAuditScore': 62.5
                }
            ],
            'resolved': [
            ]
        },
        'status': 'IN_PROGRESS'
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-agent-AgentProgress] 1'] = {
    'assignment': {
        'agent': {
            'id': 'Agent 1',
            'name': 'Ann'
        },
        'assignedAt': '2026-03-03T09:30:00+00:00',
        'id': 'Assignment 1',
        'name': 'Listening',
        'progress': [
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-agent-AuditDetails] 1'] = {
    'conversation': {
        'agent': {
            'agentId': 'A-1',
            'id': 'Agent 1',
            'name': 'Ann'
        },
        'assignments': [
        ],
        'channel': 'CHAT',
        'endedAt': '2026-03-02T09:35:00+00:00',
        'evaluations': [
            {
                'disputeRounds': 0,
                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                'evaluatedBy': 'Auto QA',
                'form': {
                    'formVersion': 1,
                    'id': 'EvaluationForm 1',
                    'name': 'Chat quality',
                    'passScore': 70.0
                },
                'history': [
                ],
                'id': 'Evaluation 1',
                'passed': True,
                'reviewState': None,
                'revision': 1,
                'revisions': [
                    {
                        'comment': None,
                        'createdAt': '2026-03-02T09:35:00+00:00',
                        'evaluatedBy': 'Auto QA',
                        'number': 1,
                        'reason': 'AUDIT',
                        'total': 80.0
                    }
                ],
                'scores': [
                    {
                        'adherence': 0.8,
                        'comment': None,
                        'metric': {
                            'attributes': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'fatal': False,
                            'id': 'Metric 1',
                            'name': 'Shows Empathy',
                            'negativeWeight': 0.0,
                            'weight': 10.0
                        },
                        'points': 80.0
                    }
                ],
                'source': 'AUTO',
                'total': 80.0
            },
            {
                'disputeRounds': 0,
                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                'evaluatedBy': 'Quinn',
                'form': {
                    'formVersion': 1,
                    'id': 'EvaluationForm 1',
                    'name': 'Chat quality',
                    'passScore': 70.0
                },
                'history': [
                ],
                'id': 'Evaluation 2',
                'passed': False,
                'reviewState': 'PENDING_AGENT_REVIEW',
                'revision': 1,
                'revisions': [
                    {
                        'comment': None,
                        'createdAt': '2026-03-02T09:35:00+00:00',
                        'evaluatedBy': 'Quinn',
                        'number': 1,
                        'reason': 'AUDIT',
                        'total': 62.5
                    }
                ],
                'scores': [
                    {
                        'adherence': 0.625,
                        'comment': None,
                        'metric': {
                            'attributes': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'fatal': False,
                            'id': 'Metric 1',
                            'name': 'Shows Empathy',
                            'negativeWeight': 0.0,
                            'weight': 10.0
                        },
                        'points': 62.5
                    }
                ],
                'source': 'MANUAL',
                'total': 62.5
            }
        ],
        'id': 'Conversation 1',
        'insights': [
        ],
        'intent': 'Money back',
        'koreEvaluationScore': 80.0,
        'queue': {
            'id': 'Queue 1',
            'name': 'Billing'
        },
        'sentimentScore': -12.5,
        'startedAt': '2026-03-02T09:30:00+00:00',
        'supervisorAuditScore': 62.5,
        'topic': 'Refund',
        'transcript': [
            {
                'position': 1,
                'sentAt': '2026-03-02T09:30:01+00:00',
                'speaker': 'CUSTOMER',
                'text': 'Message 1'
            },
            {
                'position': 2,
                'sentAt': '2026-03-02T09:30:02+00:00',
                'speaker': 'AGENT',
                'text': 'Message 2'
            }
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-agent-MyAssignment] 1'] = {
    'assignment': {
        'actionPlan': [
        ],
        'areas': [
            {
                'id': 'Attribute 1',
                'name': 'Empathy'
            }
        ],
        'assignedAt': '2026-03-03T09:30:00+00:00',
        'assignedBy': 'Quinn',
        'bestResponses': [
            {
                'example': {
                    'id': 'Example 1',
                    'intent': 'Money back',
                    'queue': {
                        'id': 'Queue 1',
                        'name': 'Billing'
                    },
                    'startedAt': '2026-03-02T09:30:00+00:00',
                    'topic': 'Refund',
                    'transcript': [
                        {
                            'position': 1,
                            'speaker': 'CUSTOMER',
                            'text': 'Message 1'
                        },
                        {
                            'position': 2,
                            'speaker': 'AGENT',
                            'text': 'Message 2'
                        }
                    ]
                },
                'id': 'BestResponse 1',
                'reviewedAt': None
            }
        ],
        'conversations': [
            {
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'conversation': {
                    'id': 'Conversation 1',
                    'intent': 'Money back',
                    'koreEvaluationScore': 80.0,
                    'queue': {
                        'id': 'Queue 1',
                        'name': 'Billing'
                    },
                    'sentimentScore': -12.5,
                    'startedAt': '2026-03-02T09:30:00+00:00',
                    'supervisorAuditScore': 62.5,
                    'topic': 'Refund'
                },
                'id': 'AssignmentConversation 1',
                'reviewedAt': '<now>'
            }
        ],
        'followUpOn': '2026-03-16',
        'id': 'Assignment 1',
        'improvements': 'Listen to the end.',
        'itemsReviewed': 1,
        'itemsTotal': 2,
        'name': 'Listening',
        'status': 'IN_PROGRESS',
        'strengths': 'Warm.'
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-agent-MyAssignments] 1'] = {
    'assignments': {
        'edges': [
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'Assignment',
                    'agent': {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-04T09:30:00+00:00',
                    'coachingType': None,
                    'conversationCount': 1,
                    'followUpOn': '2026-03-16',
                    'group': None,
                    'id': 'Assignment 1',
                    'itemsReviewed': 0,
                    'itemsTotal': 1,
                    'name': 'Kindness',
                    'status': 'START_COACHING',
                    'version': 1
                }
            },
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'Assignment',
                    'agent': {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-03T09:30:00+00:00',
                    'coachingType': None,
                    'conversationCount': 1,
                    'followUpOn': '2026-03-16',
                    'group': None,
                    'id': 'Assignment 2',
                    'itemsReviewed': 1,
                    'itemsTotal': 2,
                    'name': 'Listening',
                    'status': 'IN_PROGRESS',
                    'version': 1
                }
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        },
        'totalCount': 2
    },
    'viewer': {
        'agent': {
            'agentId': 'A-1',
            'id': 'Agent 1',
            'name': 'Ann'
        },
        'name': 'Ann'
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-agent-RespondToEvaluation] 1'] = {
    'respondToEvaluation': {
        'errors': [
        ],
        'evaluation': {
            'completedAt': None,
            'disputableMetrics': [
            ],
            'disputeRounds': 1,
            'disputes': [
                {
                    'assignee': 'Quinn',
                    'id': 'Dispute 1',
                    'metrics': [
                        {
                            'comment': 'I did listen.',
                            'metric': {
                                'id': 'Metric 1',
                                'name': 'Shows Empathy'
                            }
                        }
                    ],
                    'revision': 1,
                    'round': 1,
                    'state': 'OPEN',
                    'viewerActions': [
                        {
                            'action': 'WITHDRAW_DISPUTE',
                            'allowed': True,
                            'reason': None
                        }
                    ]
                }
            ],
            'id': 'Evaluation 1',
            'reviewState': 'PENDING_SUPERVISOR_REVIEW',
            'revision': 1,
            'viewerActions': [
                {
                    'action': 'RESPOND_TO_EVALUATION',
                    'allowed': False,
                    'reason': 'NOT_WAITING_FOR_AGENT'
                }
            ]
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-agent-ReviewConversation] 1'] = {
    'reviewConversation': {
        'assignment': {
            'id': 'Assignment 1',
            'itemsReviewed': 1,
            'itemsTotal': 2,
            'status': 'IN_PROGRESS'
        },
        'errors': [
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-agent-ReviewSection] 1'] = {
    'assignment': {
        'id': 'Assignment 1',
        'review': {
            'disputes': [
            ],
            'pending': [
                {
                    'conversation': {
                        'id': 'Conversation 1',
                        'intent': 'Money back',
                        'queue': {
                            'id': 'Queue 1',
                            'name': 'Billing'
                        },
                        'startedAt': '2026-03-02T09:30:00+00:00',
                        'topic': 'Refund'
                    },
                    'disputeRounds': 0,
                    'evaluation': {
                        'id': 'Evaluation 1',
                        'revision': 1
                    },
                    'reviewStatus': 'PENDING_AGENT_REVIEW',
                    'supervisorAuditScore': 62.5
                }
            ],
            'resolved': [
            ]
        },
        'status': 'IN_PROGRESS'
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-partner-ImportConversations] 1'] = {
    'importConversations': {
        'errors': [
        ],
        'results': [
            {
                'error': None,
                'externalId': 'loans',
                'outcome': 'CREATED'
            },
            {
                'error': {
                    'code': 'INVALID',
                    'message': 'name: must have at least 1 character',
                    'path': [
                        'records',
                        '1',
                        'agentGroup',
                        'name'
                    ]
                },
                'externalId': 'new',
                'outcome': 'REJECTED'
            }
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-AddAgentsToGroup] 1'] = {
    'addAgentsToGroup': {
        'coachingGroup': {
            'canAssign': True,
            'id': 'CoachingGroup 1',
            'markedConversationCount': 2,
            'members': [
                {
                    'agentId': 'A-1',
                    'id': 'Agent 1',
                    'name': 'Ann'
                },
                {
                    'agentId': 'B-2',
                    'id': 'Agent 2',
                    'name': 'Ben'
                }
            ],
            'name': 'Autumn',
            'version': 2
        },
        'errors': [
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-AgentConversations] 1'] = {
    'assignment': {
        'agent': {
            'agentId': 'A-1',
            'id': 'Agent 1',
            'name': 'Ann'
        },
        'conversations': [
            {
                'conversation': {
                    'id': 'Conversation 1',
                    'intent': 'Money back',
                    'koreEvaluationScore': 80.0,
                    'queue': {
                        'id': 'Queue 1',
                        'name': 'Billing'
                    },
                    'startedAt': '2026-03-02T09:30:00+00:00',
                    'supervisorAuditScore': 62.5,
                    'topic': 'Refund'
                },
                'id': 'AssignmentConversation 1',
                'reviewedAt': '<now>'
            }
        ],
        'id': 'Assignment 1'
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-AgentLeaderboard] 1'] = {
    'agentLeaderboard': {
        'nodes': [
            {
                'agent': {
                    'agentId': 'A-1',
                    'id': 'Agent 1',
                    'name': 'Ann'
                },
                'agentScorecardScore': None,
                'evaluationCount': 1,
                'koreEvaluationScore': 80.0,
                'rank': 1
            },
            {
                'agent': {
                    'agentId': 'B-2',
                    'id': 'Agent 2',
                    'name': 'Ben'
                },
                'agentScorecardScore': None,
                'evaluationCount': 1,
                'koreEvaluationScore': 72.5,
                'rank': 2
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-AgentProgress] 1'] = {
    'assignment': {
        'agent': {
            'id': 'Agent 1',
            'name': 'Ann'
        },
        'assignedAt': '2026-03-03T09:30:00+00:00',
        'id': 'Assignment 1',
        'name': 'Listening',
        'progress': [
            {
                'attribute': {
                    'id': 'Attribute 1',
                    'name': 'Empathy'
                },
                'score': {
                    'atAssignedDate': 80.0,
                    'current': None,
                    'difference': None,
                    'trend': None
                }
            }
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-AgentsInCoaching] 1'] = {
    'dashboard': {
        'agentsInCoaching': 2
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-AssignmentAgents] 1'] = {
    'node': {
        'agentAssignments': {
            'nodes': [
                {
                    'agent': {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'conversationCount': 1,
                    'id': 'Assignment 1',
                    'status': 'YET_TO_START'
                },
                {
                    'agent': {
                        'agentId': 'B-2',
                        'id': 'Agent 2',
                        'name': 'Ben'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'conversationCount': 1,
                    'id': 'Assignment 2',
                    'status': 'YET_TO_START'
                }
            ],
            'totalCount': 2
        },
        'id': 'CoachingGroup 1',
        'name': 'Spring',
        'status': 'YET_TO_START'
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-AssignmentsPage] 1'] = {
    'assignments': {
        'edges': [
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'Assignment',
                    'agent': {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-03T09:30:00+00:00',
                    'coachingType': 'INDIVIDUAL_AGENT',
                    'conversationCount': 1,
                    'followUpOn': '2026-03-16',
                    'group': None,
                    'id': 'Assignment 1',
                    'itemsReviewed': 1,
                    'itemsTotal': 2,
                    'name': 'Listening',
                    'status': 'IN_PROGRESS',
                    'version': 1
                }
            },
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'CoachingGroup',
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-04T09:30:00+00:00',
                    'coachingType': 'GROUP_AGENTS',
                    'conversationCount': 2,
                    'followUpOn': '2026-03-16',
                    'id': 'CoachingGroup 1',
                    'name': 'Spring',
                    'status': 'YET_TO_START'
                }
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        },
        'totalCount': 2
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-AuditDetails] 1'] = {
    'conversation': {
        'agent': {
            'agentId': 'A-1',
            'id': 'Agent 1',
            'name': 'Ann'
        },
        'assignments': [
            {
                'id': 'Assignment 1',
                'improvements': '',
                'name': 'Kindness',
                'strengths': ''
            },
            {
                'id': 'Assignment 2',
                'improvements': 'Listen to the end.',
                'name': 'Listening',
                'strengths': 'Warm.'
            }
        ],
        'channel': 'CHAT',
        'endedAt': '2026-03-02T09:35:00+00:00',
        'evaluations': [
            {
                'disputeRounds': 0,
                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                'evaluatedBy': 'Auto QA',
                'form': {
                    'formVersion': 1,
                    'id': 'EvaluationForm 1',
                    'name': 'Chat quality',
                    'passScore': 70.0
                },
                'history': [
                ],
                'id': 'Evaluation 1',
                'passed': True,
                'reviewState': None,
                'revision': 1,
                'revisions': [
                    {
                        'comment': None,
                        'createdAt': '2026-03-02T09:35:00+00:00',
                        'evaluatedBy': 'Auto QA',
                        'number': 1,
                        'reason': 'AUDIT',
                        'total': 80.0
                    }
                ],
                'scores': [
                    {
                        'adherence': 0.8,
                        'comment': None,
                        'metric': {
                            'attributes': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'fatal': False,
                            'id': 'Metric 1',
                            'name': 'Shows Empathy',
                            'negativeWeight': 0.0,
                            'weight': 10.0
                        },
                        'points': 80.0
                    }
                ],
                'source': 'AUTO',
                'total': 80.0
            },
            {
                'disputeRounds': 0,
                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                'evaluatedBy': 'Quinn',
                'form': {
                    'formVersion': 1,
                    'id': 'EvaluationForm 1',
                    'name': 'Chat quality',
                    'passScore': 70.0
                },
                'history': [
                ],
                'id': 'Evaluation 2',
                'passed': False,
                'reviewState': 'PENDING_AGENT_REVIEW',
                'revision': 1,
                'revisions': [
                    {
                        'comment': None,
                        'createdAt': '2026-03-02T09:35:00+00:00',
                        'evaluatedBy': 'Quinn',
                        'number': 1,
                        'reason': 'AUDIT',
                        'total': 62.5
                    }
                ],
                'scores': [
                    {
                        'adherence': 0.625,
                        'comment': None,
                        'metric': {
                            'attributes': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'fatal': False,
                            'id': 'Metric 1',
                            'name': 'Shows Empathy',
                            'negativeWeight': 0.0,
                            'weight': 10.0
                        },
                        'points': 62.5
                    }
                ],
                'source': 'MANUAL',
                'total': 62.5
            }
        ],
        'id': 'Conversation 1',
        'insights': [
        ],
        'intent': 'Money back',
        'koreEvaluationScore': 80.0,
        'queue': {
            'id': 'Queue 1',
            'name': 'Billing'
        },
        'sentimentScore': -12.5,
        'startedAt': '2026-03-02T09:30:00+00:00',
        'supervisorAuditScore': 62.5,
        'topic': 'Refund',
        'transcript': [
            {
                'position': 1,
                'sentAt': '2026-03-02T09:30:01+00:00',
                'speaker': 'CUSTOMER',
                'text': 'Message 1'
            },
            {
                'position': 2,
                'sentAt': '2026-03-02T09:30:02+00:00',
                'speaker': 'AGENT',
                'text': 'Message 2'
            }
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-CoachingCandidates] 1'] = {
    'coachingCandidates': {
        'nodes': [
            {
                'agent': {
                    'agentId': 'A-1',
                    'id': 'Agent 1',
                    'name': 'Ann'
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'conversationCount': 1,
                'marks': [
                    {
                        'areas': [
                            {
                                'id': 'Attribute 1',
                                'name': 'Empathy'
                            }
                        ],
                        'conversations': [
                            {
                                'id': 'Conversation 1',
                                'startedAt': '2026-03-02T09:30:00+00:00'
                            }
                        ],
                        'createdAt': '2026-03-02T09:30:00+00:00',
                        'id': 'Mark 1',
                        'markedBy': 'Sue',
                        'version': 1,
                        'viewerActions': [
                            {
                                'action': 'ADD_CONVERSATIONS_TO_MARK',
                                'allowed': True,
                                'reason': None
                            },
                            {
                                'action': 'REMOVE_MARK',
                                'allowed': True,
                                'reason': None
                            },
                            {
                                'action': 'MOVE_MARKS_TO_GROUP',
                                'allowed': True,
                                'reason': None
                            }
                        ]
                    }
                ]
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        },
        'totalCount': 1
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-CoachingGroups] 1'] = {
    'coachingGroups': {
        'nodes': [
            {
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'canAssign': True,
                'description': '',
                'id': 'CoachingGroup 1',
                'markedConversationCount': 1,
                'marks': [
                    {
                        'agent': {
                            'id': 'Agent 2'
                        },
                        'id': 'Mark 1'
                    }
                ],
                'members': [
                    {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    {
                        'agentId': 'B-2',
                        'id': 'Agent 2',
                        'name': 'Ben'
                    }
                ],
                'name': 'Autumn',
                'state': 'PENDING',
                'version': 1,
                'viewerActions': [
                    {
                        'action': 'UPDATE_COACHING_GROUP',
                        'allowed': True,
                        'reason': None
                    },
                    {
                        'action': 'DELETE_COACHING_GROUP',
                        'allowed': True,
                        'reason': None
                    },
                    {
                        'action': 'ADD_AGENTS_TO_GROUP',
                        'allowed': True,
                        'reason': None
                    },
                    {
                        'action': 'REMOVE_AGENTS_FROM_GROUP',
                        'allowed': True,
                        'reason': None
                    },
                    {
                        'action': 'MOVE_MARKS_TO_GROUP',
                        'allowed': True,
                        'reason': None
                    },
                    {
                        'action': 'DISPATCH_COACHING_GROUP',
                        'allowed': True,
                        'reason': None
                    }
                ]
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        },
        'totalCount': 1
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-CoachingMonitor] 1'] = {
    'coachingMonitor': {
        'nodes': [
            {
                'agent': {
                    'agentId': 'B-2',
                    'id': 'Agent 1',
                    'name': 'Ben'
                },
                'agentScorecardScore': None,
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'attributes': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'compare': {
                    'agentScorecard': {
                        'atAssignedDate': None,
                        'difference': None,
                        'trend': None
                    },
                    'koreEvaluation': {
                        'atAssignedDate': 72.5,
                        'difference': None,
                        'trend': None
                    }
                },
                'followUpOn': '2026-03-16',
                'koreEvaluationScore': None
            },
            {
                'agent': {
                    'agentId': 'A-1',
                    'id': 'Agent 2',
                    'name': 'Ann'
                },
                'agentScorecardScore': None,
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'attributes': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'compare': {
                    'agentScorecard': {
                        'atAssignedDate': None,
                        'difference': None,
                        'trend': None
                    },
                    'koreEvaluation': {
                        'atAssignedDate': 80.0,
                        'difference': None,
                        'trend': None
                    }
                },
                'followUpOn': '2026-03-16',
                'koreEvaluationScore': None
            },
            {
                'agent': {
                    'agentId': 'A-1',
                    'id': 'Agent 2',
                    'name': 'Ann'
                },
                'agentScorecardScore': None,
                'assignedAt': '2026-03-03T09:30:00+00:00',
                'attributes': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'compare': {
                    'agentScorecard': {
                        'atAssignedDate': None,
                        'difference': None,
                        'trend': None
                    },
                    'koreEvaluation': {
                        'atAssignedDate': 80.0,
                        'difference': None,
                        'trend': None
                    }
                },
                'followUpOn': '2026-03-16',
                'koreEvaluationScore': None
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-CreateAssignment] 1'] = {
    'createAssignment': {
        'assignment': {
            'agent': {
                'agentId': 'A-1',
                'id': 'Agent 1',
                'name': 'Ann'
            },
            'areas': [
                {
                    'id': 'Attribute 1',
                    'name': 'Empathy'
                }
            ],
            'assignedAt': '<now>',
            'conversationCount': 1,
            'followUpOn': '<now>',
            'id': 'Assignment 1',
            'name': 'New',
            'status': 'YET_TO_START',
            'version': 1
        },
        'errors': [
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-CreateCoachingGroup] 1'] = {
    'createCoachingGroup': {
        'coachingGroup': {
            'areas': [
                {
                    'id': 'Attribute 1',
                    'name': 'Empathy'
                }
            ],
            'canAssign': True,
            'description': '',
            'id': 'CoachingGroup 1',
            'markedConversationCount': 1,
            'members': [
                {
                    'agentId': 'A-1',
                    'id': 'Agent 1',
                    'name': 'Ann'
                }
            ],
            'name': 'Winter',
            'state': 'PENDING',
            'version': 1
        },
        'errors': [
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-DispatchCoachingGroup] 1'] = {
    'dispatchCoachingGroup': {
        'assignments': [
            {
                'agent': {
                    'agentId': 'B-2',
                    'id': 'Agent 1',
                    'name': 'Ben'
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'conversationCount': 1,
                'id': 'Assignment 1',
                'name': 'Kindness',
                'status': 'YET_TO_START',
                'version': 1
            }
        ],
        'coachingGroup': {
            'agentCount': 1,
            'assignedAt': '<now>',
            'assignmentName': 'Kindness',
            'conversationCount': 1,
            'followUpOn': '<now>',
            'id': 'CoachingGroup 1',
            'name': 'Autumn',
            'state': 'SENT',
            'status': 'YET_TO_START',
            'version': 2
        },
        'errors': [
        ],
        'skipped': [
            {
                'agentId': 'A-1',
                'id': 'Agent 2',
                'name': 'Ann'
            }
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-DrillDown] 1'] = {
    'assignments': {
        'nodes': [
            {
                'agentAssignments': {
                    'nodes': [
                        {
                            'agent': {
                                'agentId': 'A-1',
                                'id': 'Agent 1',
                                'name': 'Ann'
                            },
                            'areas': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'conversationCount': 1,
                            'conversations': [
                                {
                                    'conversation': {
                                        'evaluations': [
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Auto QA',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 1',
                                                'passed': True,
                                                'reviewState': None,
                                                'scores': [
                                                    {
                                                        'adherence': 0.8,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 80.0
                                                    }
                                                ],
                                                'source': 'AUTO',
                                                'total': 80.0
                                            },
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Quinn',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 2',
                                                'passed': False,
                                                'reviewState': 'PENDING_AGENT_REVIEW',
                                                'scores': [
                                                    {
                                                        'adherence': 0.625,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 62.5
                                                    }
                                                ],
                                                'source': 'MANUAL',
                                                'total': 62.5
                                            }
                                        ],
                                        'id': 'Conversation 1',
                                        'insights': [
                                        ],
                                        'intent': 'Money back',
                                        'koreEvaluationScore': 80.0,
                                        'queue': {
                                            'id': 'Queue 1',
                                            'name': 'Billing'
                                        },
                                        'sentimentScore': -12.5,
                                        'startedAt': '2026-03-02T09:30:00+00:00',
                                        'supervisorAuditScore': 62.5,
                                        'topic': 'Refund',
                                        'transcript': [
                                            {
                                                'position': 1,
                                                'sentAt': '2026-03-02T09:30:01+00:00',
                                                'speaker': 'CUSTOMER',
                                                'text': 'Message 1'
                                            },
                                            {
                                                'position': 2,
                                                'sentAt': '2026-03-02T09:30:02+00:00',
                                                'speaker': 'AGENT',
                                                'text': 'Message 2'
                                            }
                                        ]
                                    },
                                    'id': 'AssignmentConversation 1',
                                    'reviewedAt': None
                                }
                            ],
                            'id': 'Assignment 1',
                            'status': 'YET_TO_START'
                        },
                        {
                            'agent': {
                                'agentId': 'B-2',
                                'id': 'Agent 2',
                                'name': 'Ben'
                            },
                            'areas': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'conversationCount': 1,
                            'conversations': [
                                {
                                    'conversation': {
                                        'evaluations': [
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Auto QA',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 3',
                                                'passed': True,
                                                'reviewState': None,
                                                'scores': [
                                                    {
                                                        'adherence': 0.725,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 72.5
                                                    }
                                                ],
                                                'source': 'AUTO',
                                                'total': 72.5
                                            }
                                        ],
                                        'id': 'Conversation 2',
                                        'insights': [
                                        ],
                                        'intent': 'Money back',
                                        'koreEvaluationScore': 72.5,
                                        'queue': {
                                            'id': 'Queue 1',
                                            'name': 'Billing'
                                        },
                                        'sentimentScore': -12.5,
                                        'startedAt': '2026-03-02T09:30:00+00:00',
                                        'supervisorAuditScore': None,
                                        'topic': 'Refund',
                                        'transcript': [
                                            {
                                                'position': 1,
                                                'sentAt': '2026-03-02T09:30:01+00:00',
                                                'speaker': 'CUSTOMER',
                                                'text': 'Message 1'
                                            },
                                            {
                                                'position': 2,
                                                'sentAt': '2026-03-02T09:30:02+00:00',
                                                'speaker': 'AGENT',
                                                'text': 'Message 2'
                                            }
                                        ]
                                    },
                                    'id': 'AssignmentConversation 2',
                                    'reviewedAt': None
                                }
                            ],
                            'id': 'Assignment 2',
                            'status': 'YET_TO_START'
                        }
                    ]
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'coachingType': 'GROUP_AGENTS',
                'followUpOn': '2026-03-16',
                'id': 'CoachingGroup 1',
                'name': 'Spring',
                'status': 'YET_TO_START'
            },
            {
                'agentAssignments': {
                    'nodes': [
                        {
                            'agent': {
                                'agentId': 'A-1',
                                'id': 'Agent 1',
                                'name': 'Ann'
                            },
                            'areas': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'conversationCount': 1,
                            'conversations': [
                                {
                                    'conversation': {
                                        'evaluations': [
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Auto QA',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 1',
                                                'passed': True,
                                                'reviewState': None,
                                                'scores': [
                                                    {
                                                        'adherence': 0.8,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 80.0
                                                    }
                                                ],
                                                'source': 'AUTO',
                                                'total': 80.0
                                            },
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Quinn',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 2',
                                                'passed': False,
                                                'reviewState': 'PENDING_AGENT_REVIEW',
                                                'scores': [
                                                    {
                                                        'adherence': 0.625,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 62.5
                                                    }
                                                ],
                                                'source': 'MANUAL',
                                                'total': 62.5
                                            }
                                        ],
                                        'id': 'Conversation 1',
                                        'insights': [
                                        ],
                                        'intent': 'Money back',
                                        'koreEvaluationScore': 80.0,
                                        'queue': {
                                            'id': 'Queue 1',
                                            'name': 'Billing'
                                        },
                                        'sentimentScore': -12.5,
                                        'startedAt': '2026-03-02T09:30:00+00:00',
                                        'supervisorAuditScore': 62.5,
                                        'topic': 'Refund',
                                        'transcript': [
                                            {
                                                'position': 1,
                                                'sentAt': '2026-03-02T09:30:01+00:00',
                                                'speaker': 'CUSTOMER',
                                                'text': 'Message 1'
                                            },
                                            {
                                                'position': 2,
                                                'sentAt': '2026-03-02T09:30:02+00:00',
                                                'speaker': 'AGENT',
                                                'text': 'Message 2'
                                            }
                                        ]
                                    },
                                    'id': 'AssignmentConversation 3',
                                    'reviewedAt': '<now>'
                                }
                            ],
                            'id': 'Assignment 3',
                            'status': 'IN_PROGRESS'
                        }
                    ]
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'assignedAt': '2026-03-03T09:30:00+00:00',
                'coachingType': 'INDIVIDUAL_AGENT',
                'followUpOn': '2026-03-16',
                'id': 'Assignment 3',
                'name': 'Listening',
                'status': 'IN_PROGRESS'
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-GroupOutcome] 1'] = {
    'coachingGroup': {
        'assignedAt': '2026-03-04T09:30:00+00:00',
        'effect': [
            {
                'attribute': {
                    'id': 'Attribute 1',
                    'name': 'Empathy'
                },
                'comparableAgents': 0,
                'comparableChange': None,
                'difference': None,
                'high': None,
                'low': None,
                'memberChange': None,
                'members': 0,
                'result': 'INSUFFICIENT_DATA'
            }
        ],
        'id': 'CoachingGroup 1',
        'name': 'Spring',
        'outcome': {
            'attributes': [
                {
                    'attribute': {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    },
                    'declined': 0,
                    'improved': 0,
                    'meanChange': None,
                    'unchanged': 0,
                    'withoutData': 2
                }
            ],
            'statuses': [
                {
                    'count': 2,
                    'status': 'YET_TO_START'
                }
            ]
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-MarkForCoaching] 1'] = {
    'markForCoaching': {
        'errors': [
        ],
        'existingMark': None,
        'mark': {
            'agent': {
                'agentId': 'A-1',
                'id': 'Agent 1',
                'name': 'Ann'
            },
            'areas': [
                {
                    'id': 'Attribute 1',
                    'name': 'Empathy'
                }
            ],
            'conversations': [
                {
                    'id': 'Conversation 1',
                    'startedAt': '2026-03-02T09:30:00+00:00'
                }
            ],
            'createdAt': '<now>',
            'group': {
                'id': 'CoachingGroup 1',
                'name': 'Autumn'
            },
            'id': 'Mark 1',
            'markedBy': 'Quinn',
            'state': 'ACTIVE',
            'version': 1
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-ResolveDispute] 1'] = {
    'resolveDispute': {
        'dispute': {
            'evaluation': {
                'conversation': {
                    'id': 'Conversation 1',
                    'supervisorAuditScore': 100.0
                },
                'disputeRounds': 1,
                'id': 'Evaluation 1',
                'passed': True,
                'reviewState': 'CLOSED',
                'revision': 2,
                'total': 100.0
            },
            'id': 'Dispute 1',
            'metrics': [
                {
                    'comment': 'I did.',
                    'decision': 'REVISE',
                    'decisionComment': 'You did.',
                    'metric': {
                        'id': 'Metric 1',
                        'name': 'Shows Empathy'
                    },
                    'newAdherence': 1.0
                }
            ],
            'round': 1,
            'state': 'RESOLVED',
            'version': 2
        },
        'errors': [
        ]
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-qa-SubmitEvaluation] 1'] = {
    'submitEvaluation': {
        'errors': [
        ],
        'evaluation': {
            'conversation': {
                'id': 'Conversation 1',
                'supervisorAuditScore': 25.0
            },
            'disputeRounds': 0,
            'evaluatedBy': 'Quinn',
            'id': 'Evaluation 1',
            'passed': False,
            'reviewState': 'AUDITED',
            'reviewUntil': None,
            'revision': 1,
            'scores': [
                {
                    'adherence': 0.25,
                    'comment': None,
                    'metric': {
                        'id': 'Metric 1',
                        'name': 'Shows Empathy'
                    },
                    'points': 25.0
                }
            ],
            'total': 25.0,
            'viewerActions': [
                {
                    'action': 'SUBMIT_EVALUATION',
                    'allowed': True,
                    'reason': None
                }
            ]
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-supervisor-AssignmentsPage] 1'] = {
    'assignments': {
        'edges': [
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'Assignment',
                    'agent': {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-04T09:30:00+00:00',
                    'coachingType': None,
                    'conversationCount': 1,
                    'followUpOn': '2026-03-16',
                    'group': None,
                    'id': 'Assignment 1',
                    'itemsReviewed': 0,
                    'itemsTotal': 1,
                    'name': 'Kindness',
                    'status': 'YET_TO_START',
                    'version': 1
                }
            },
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'Assignment',
                    'agent': {
                        'agentId': 'B-2',
                        'id': 'Agent 2',
                        'name': 'Ben'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-04T09:30:00+00:00',
                    'coachingType': None,
                    'conversationCount': 1,
                    'followUpOn': '2026-03-16',
                    'group': None,
                    'id': 'Assignment 2',
                    'itemsReviewed': 0,
                    'itemsTotal': 1,
                    'name': 'Kindness',
                    'status': 'YET_TO_START',
                    'version': 1
                }
            },
            {
                'cursor': '<cursor>',
                'node': {
                    '__typename': 'Assignment',
                    'agent': {
                        'agentId': 'A-1',
                        'id': 'Agent 1',
                        'name': 'Ann'
                    },
                    'areas': [
                        {
                            'id': 'Attribute 1',
                            'name': 'Empathy'
                        }
                    ],
                    'assignedAt': '2026-03-03T09:30:00+00:00',
                    'coachingType': None,
                    'conversationCount': 1,
                    'followUpOn': '2026-03-16',
                    'group': None,
                    'id': 'Assignment 3',
                    'itemsReviewed': 1,
                    'itemsTotal': 2,
                    'name': 'Listening',
                    'status': 'IN_PROGRESS',
                    'version': 1
                }
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        },
        'totalCount': 3
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-supervisor-CoachingMonitor] 1'] = {
    'coachingMonitor': {
        'nodes': [
            {
                'agent': {
                    'agentId': 'B-2',
                    'id': 'Agent 1',
                    'name': 'Ben'
                },
                'agentScorecardScore': None,
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'attributes': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'compare': {
                    'agentScorecard': {
                        'atAssignedDate': None,
                        'difference': None,
                        'trend': None
                    },
                    'koreEvaluation': {
                        'atAssignedDate': 72.5,
                        'difference': None,
                        'trend': None
                    }
                },
                'followUpOn': '2026-03-16',
                'koreEvaluationScore': None
            },
            {
                'agent': {
                    'agentId': 'A-1',
                    'id': 'Agent 2',
                    'name': 'Ann'
                },
                'agentScorecardScore': None,
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'attributes': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'compare': {
                    'agentScorecard': {
                        'atAssignedDate': None,
                        'difference': None,
                        'trend': None
                    },
                    'koreEvaluation': {
                        'atAssignedDate': 80.0,
                        'difference': None,
                        'trend': None
                    }
                },
                'followUpOn': '2026-03-16',
                'koreEvaluationScore': None
            },
            {
                'agent': {
                    'agentId': 'A-1',
                    'id': 'Agent 2',
                    'name': 'Ann'
                },
                'agentScorecardScore': None,
                'assignedAt': '2026-03-03T09:30:00+00:00',
                'attributes': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'compare': {
                    'agentScorecard': {
                        'atAssignedDate': None,
                        'difference': None,
                        'trend': None
                    },
                    'koreEvaluation': {
                        'atAssignedDate': 80.0,
                        'difference': None,
                        'trend': None
                    }
                },
                'followUpOn': '2026-03-16',
                'koreEvaluationScore': None
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-supervisor-DrillDown] 1'] = {
    'assignments': {
        'nodes': [
            {
                'agentAssignments': {
                    'nodes': [
                        {
                            'agent': {
                                'agentId': 'B-2',
                                'id': 'Agent 1',
                                'name': 'Ben'
                            },
                            'areas': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'conversationCount': 1,
                            'conversations': [
                                {
                                    'conversation': {
                                        'evaluations': [
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Auto QA',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 1',
                                                'passed': True,
                                                'reviewState': None,
                                                'scores': [
                                                    {
                                                        'adherence': 0.725,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 72.5
                                                    }
                                                ],
                                                'source': 'AUTO',
                                                'total': 72.5
                                            }
                                        ],
                                        'id': 'Conversation 1',
                                        'insights': [
                                        ],
                                        'intent': 'Money back',
                                        'koreEvaluationScore': 72.5,
                                        'queue': {
                                            'id': 'Queue 1',
                                            'name': 'Billing'
                                        },
                                        'sentimentScore': -12.5,
                                        'startedAt': '2026-03-02T09:30:00+00:00',
                                        'supervisorAuditScore': None,
                                        'topic': 'Refund',
                                        'transcript': [
                                            {
                                                'position': 1,
                                                'sentAt': '2026-03-02T09:30:01+00:00',
                                                'speaker': 'CUSTOMER',
                                                'text': 'Message 1'
                                            },
                                            {
                                                'position': 2,
                                                'sentAt': '2026-03-02T09:30:02+00:00',
                                                'speaker': 'AGENT',
                                                'text': 'Message 2'
                                            }
                                        ]
                                    },
                                    'id': 'AssignmentConversation 1',
                                    'reviewedAt': None
                                }
                            ],
                            'id': 'Assignment 1',
                            'status': 'YET_TO_START'
                        }
                    ]
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'coachingType': None,
                'followUpOn': '2026-03-16',
                'id': 'Assignment 1',
                'name': 'Kindness',
                'status': 'YET_TO_START'
            },
            {
                'agentAssignments': {
                    'nodes': [
                        {
                            'agent': {
                                'agentId': 'A-1',
                                'id': 'Agent 2',
                                'name': 'Ann'
                            },
                            'areas': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'conversationCount': 1,
                            'conversations': [
                                {
                                    'conversation': {
                                        'evaluations': [
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Auto QA',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 2',
                                                'passed': True,
                                                'reviewState': None,
                                                'scores': [
                                                    {
                                                        'adherence': 0.8,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 80.0
                                                    }
                                                ],
                                                'source': 'AUTO',
                                                'total': 80.0
                                            },
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Quinn',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 3',
                                                'passed': False,
                                                'reviewState': 'PENDING_AGENT_REVIEW',
                                                'scores': [
                                                    {
                                                        'adherence': 0.625,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 62.5
                                                    }
                                                ],
                                                'source': 'MANUAL',
                                                'total': 62.5
                                            }
                                        ],
                                        'id': 'Conversation 2',
                                        'insights': [
                                        ],
                                        'intent': 'Money back',
                                        'koreEvaluationScore': 80.0,
                                        'queue': {
                                            'id': 'Queue 1',
                                            'name': 'Billing'
                                        },
                                        'sentimentScore': -12.5,
                                        'startedAt': '2026-03-02T09:30:00+00:00',
                                        'supervisorAuditScore': 62.5,
                                        'topic': 'Refund',
                                        'transcript': [
                                            {
                                                'position': 1,
                                                'sentAt': '2026-03-02T09:30:01+00:00',
                                                'speaker': 'CUSTOMER',
                                                'text': 'Message 1'
                                            },
                                            {
                                                'position': 2,
                                                'sentAt': '2026-03-02T09:30:02+00:00',
                                                'speaker': 'AGENT',
                                                'text': 'Message 2'
                                            }
                                        ]
                                    },
                                    'id': 'AssignmentConversation 2',
                                    'reviewedAt': None
                                }
                            ],
                            'id': 'Assignment 2',
                            'status': 'YET_TO_START'
                        }
                    ]
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'assignedAt': '2026-03-04T09:30:00+00:00',
                'coachingType': None,
                'followUpOn': '2026-03-16',
                'id': 'Assignment 2',
                'name': 'Kindness',
                'status': 'YET_TO_START'
            },
            {
                'agentAssignments': {
                    'nodes': [
                        {
                            'agent': {
                                'agentId': 'A-1',
                                'id': 'Agent 2',
                                'name': 'Ann'
                            },
                            'areas': [
                                {
                                    'id': 'Attribute 1',
                                    'name': 'Empathy'
                                }
                            ],
                            'conversationCount': 1,
                            'conversations': [
                                {
                                    'conversation': {
                                        'evaluations': [
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Auto QA',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 2',
                                                'passed': True,
                                                'reviewState': None,
                                                'scores': [
                                                    {
                                                        'adherence': 0.8,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 80.0
                                                    }
                                                ],
                                                'source': 'AUTO',
                                                'total': 80.0
                                            },
                                            {
                                                'evaluatedAt': '2026-03-02T09:35:00+00:00',
                                                'evaluatedBy': 'Quinn',
                                                'form': {
                                                    'id': 'EvaluationForm 1',
                                                    'name': 'Chat quality',
                                                    'passScore': 70.0
                                                },
                                                'history': [
                                                ],
                                                'id': 'Evaluation 3',
                                                'passed': False,
                                                'reviewState': 'PENDING_AGENT_REVIEW',
                                                'scores': [
                                                    {
                                                        'adherence': 0.625,
                                                        'comment': None,
                                                        'metric': {
                                                            'id': 'Metric 1',
                                                            'name': 'Shows Empathy',
                                                            'weight': 10.0
                                                        },
                                                        'points': 62.5
                                                    }
                                                ],
                                                'source': 'MANUAL',
                                                'total': 62.5
                                            }
                                        ],
                                        'id': 'Conversation 2',
                                        'insights': [
                                        ],
                                        'intent': 'Money back',
                                        'koreEvaluationScore': 80.0,
                                        'queue': {
                                            'id': 'Queue 1',
                                            'name': 'Billing'
                                        },
                                        'sentimentScore': -12.5,
                                        'startedAt': '2026-03-02T09:30:00+00:00',
                                        'supervisorAuditScore': 62.5,
                                        'topic': 'Refund',
                                        'transcript': [
                                            {
                                                'position': 1,
                                                'sentAt': '2026-03-02T09:30:01+00:00',
                                                'speaker': 'CUSTOMER',
                                                'text': 'Message 1'
                                            },
                                            {
                                                'position': 2,
                                                'sentAt': '2026-03-02T09:30:02+00:00',
                                                'speaker': 'AGENT',
                                                'text': 'Message 2'
                                            }
                                        ]
                                    },
                                    'id': 'AssignmentConversation 3',
                                    'reviewedAt': '<now>'
                                }
                            ],
                            'id': 'Assignment 3',
                            'status': 'IN_PROGRESS'
                        }
                    ]
                },
                'areas': [
                    {
                        'id': 'Attribute 1',
                        'name': 'Empathy'
                    }
                ],
                'assignedAt': '2026-03-03T09:30:00+00:00',
                'coachingType': None,
                'followUpOn': '2026-03-16',
                'id': 'Assignment 3',
                'name': 'Listening',
                'status': 'IN_PROGRESS'
            }
        ],
        'pageInfo': {
            'endCursor': '<cursor>',
            'hasNextPage': False
        }
    }
}

snapshots['test_the_answer_of_a_named_operation[sqlite-supervisor-ReviewSection] 1'] = {
    'assignment': {
        'id': 'Assignment 1',
        'review': {
            'disputes': [
            ],
            'pending': [
                {
                    'conversation': {
                        'id': 'Conversation 1',
                        'intent': 'Money back',
                        'queue': {
                            'id': 'Queue 1',
                            'name': 'Billing'
                        },
                        'startedAt': '2026-03-02T09:30:00+00:00',
                        'topic': 'Refund'
                    },
                    'disputeRounds': 0,
                    'evaluation': {
                        'id': 'Evaluation 1',
                        'revision': 1
                    },
                    'reviewStatus': 'PENDING_AGENT_REVIEW',
                    'supervisorAuditScore': 62.5
                }
            ],
            'resolved': [
            ]
        },
        'status': 'IN_PROGRESS'
    }
}
