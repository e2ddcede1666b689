"""The doors of accounts: here, because they join accounts, people and the outbox."""
