"""What an author may do, decided without page or database."""
