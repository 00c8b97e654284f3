"""A file that is handed on as it grows, and not kept."""

import io
from typing import Any


class Pipe(io.RawIOBase):
    """What programs write to it is taken from it in blocks; nobody can go back in it."""

    def __init__(self) -> None:
        self._place, self._blocks = 0, []

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def write(self, block: Any) -> int:
        self._blocks.append(bytes(block))
        self._place += len(self._blocks[-1])
        return len(self._blocks[-1])

    def taken(self) -> bytes:
        """What was written since it was last asked for."""
        blocks, self._blocks = self._blocks, []
        return b"".join(blocks)
