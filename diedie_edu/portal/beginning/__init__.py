"""The first day of a portal: from an empty database to the first announced lecture."""
