"""What residents see to themselves: their family, their phone, their data."""
