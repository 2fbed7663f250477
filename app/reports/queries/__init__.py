"""Reads that only the staff's pages need, across what people did."""
