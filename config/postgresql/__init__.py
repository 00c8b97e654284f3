"""Django's PostgreSQL, which tells the database of the declared scope."""
