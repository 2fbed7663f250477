"""What grades come to together, who may need help, and what is written to them. Pure."""
