"""What may be uploaded, and what is kept of it: pure, from bytes to bytes."""
