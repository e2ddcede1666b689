"""The portal under mixed use for half an hour: at the end it weighs what it weighed."""
