"""What a large compile has done with goes back to the system.

Where memory is glibc's, it keeps hundreds of megabytes of it otherwise, for each thread on its own.
"""

import ctypes

LARGE = 1_000_000
"""From so many filings on it is worth the time."""


def give_back(rows: int) -> None:
    """Give back what is free, after work on so many rows."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if rows > LARGE and trim is not None:
        trim(0)
