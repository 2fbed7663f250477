"""What the staff's pages are asked, by subject."""
