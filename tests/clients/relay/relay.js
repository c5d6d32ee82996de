// What relay-compiler reads, and compiles against the schema as a QA user sees it.

import relay from 'relay-runtime';

const { graphql } = relay;

export const area = graphql`
  query relayAreaQuery {
    attributes(first: 1) {
      nodes {
        id
      }
    }
  }
`;

export const create = graphql`
  mutation relayCreateMutation($input: CreateCoachingGroupInput!) {
    createCoachingGroup(input: $input) {
      coachingGroup {
        ...relay_group
      }
      errors {
        code
        message
      }
    }
  }
`;

export const changed = graphql`
  subscription relayChangedSubscription {
    coachingGroupChanged {
      coachingGroupId
      coachingGroup {
        id
        name
      }
    }
  }
`;

export const group = graphql`
  fragment relay_group on CoachingGroup {
    id
    name
    agentAssignments(first: 10) @connection(key: "relay_agentAssignments") {
      edges {
        node {
          id
        }
      }
    }
  }
`;
