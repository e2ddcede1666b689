"""What people have learned, in all programmes, and the paper that says so."""
