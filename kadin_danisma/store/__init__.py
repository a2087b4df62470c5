"""The encrypted vault: keys, schema, migrations, queries, audit and backup. The only SQL."""
