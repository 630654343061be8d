"""``python -m ivr_ari`` is the ``ivr-ari`` command."""

from .cli import main

main()
