"""Writing made-up lives into the database, in bulk."""
