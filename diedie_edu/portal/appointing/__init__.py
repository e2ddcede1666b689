"""Who may do what: the branch appoints community staff and leads, and takes it back."""
