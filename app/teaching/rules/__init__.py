"""Rules of the trainer's pages, one module for each subject."""
