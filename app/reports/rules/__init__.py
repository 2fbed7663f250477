"""Rules of the staff's pages: what is compared with what, and how it is told."""
