"""What a page costs, measured against a bare Flask view under the same server: `make bench`."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the app does, before numpy is loaded
