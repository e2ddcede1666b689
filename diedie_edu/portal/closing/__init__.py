"""What a person may ask of what we keep of them: a copy, a correction, to be forgotten."""
