"""The server's and the shell's entry: `flask --app wsgi …`, `granian --interface wsgi wsgi:app`."""

from app import create_app

app = create_app()
