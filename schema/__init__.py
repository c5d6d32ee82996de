"""The one GraphQL schema, and its views. Declares, never decides."""
