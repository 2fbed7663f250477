"""What editing a course decides, without a page or a database."""
