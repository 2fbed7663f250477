"""What an attempt and its answers come to: by the program, and by people."""
