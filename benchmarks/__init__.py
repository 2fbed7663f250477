"""What a page costs, measured against a bare Flask view under the same server: `make bench`."""
