"""What decides about attempts, by subject: starting, layout, answering, review. Pure."""
