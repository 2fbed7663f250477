"""The daily practice: cards, what is drawn, rounds and reminders."""
