"""Conversations instead of press-1 menus, on your own Asterisk."""

import os

__version__ = "0.1.0"

# NumPy's linear algebra would spread a caller's 20 ms over all cores: the helpers spin while they wait for
# the next, and cost more than the work. It is read when NumPy is loaded, so it has to be set before.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
