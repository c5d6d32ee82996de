#!/bin/sh -e
# Run Schemathesis on the schema of a view: sh tests/http/schemathesis.sh VIEW
# It looks for the ids beside its settings, so those go to where the ids are.

cp tests/http/schemathesis.toml "$COACHING_FOLDER"
exec tests/http/.venv/bin/schemathesis --config-file "$COACHING_FOLDER/schemathesis.toml" \
  run "graphql/$1.graphql"
