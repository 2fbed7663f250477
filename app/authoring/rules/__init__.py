"""What authors' pages decide: pure."""
