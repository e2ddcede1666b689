"""Numbered papers that anybody can check: issuing, checking, revoking. Learning and service are
the two sources of what they say."""
