"""Make the joe voice in the cache: ``python -m ivr_ari.voices``."""

from __future__ import annotations

import sys

from ..errors import SetupError
from ..models import cache_folder
from . import ensure_joe


def main() -> int:
    try:
        folder = ensure_joe(cache_folder(), lambda what, share: print(f"{share:4.0%} {what}", flush=True))
    except SetupError as exc:
        print(exc, file=sys.stderr)
        return 1
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
