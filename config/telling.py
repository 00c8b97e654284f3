"""How a command tells how far long work has come."""

import time
from collections.abc import Callable

from django.utils.translation import gettext as _

TELL_EVERY = 2.0


class Teller:
    """One line every two seconds: the stage, what is done of how much, and the seconds gone."""

    def __init__(self, write: Callable[[str], object]):
        self._write = write
        self._told = time.monotonic()

    def __call__(self, stage: str, done: int, of: int, seconds: float) -> None:
        """Tell that `stage` has done so many of `of`; 0 when nobody knows how many there are."""
        if time.monotonic() - self._told < TELL_EVERY:
            return
        self._told = time.monotonic()
        words = {"stage": stage, "done": f"{done:,}", "of": f"{of:,}", "seconds": f"{seconds:.0f}"}
        self._write(f"  {_form(done, of) % words}")


def _form(done: int, of: int) -> str:
    if of:
        return _("%(stage)s: %(done)s of %(of)s, %(seconds)s s")
    if done:
        return _("%(stage)s: %(done)s, %(seconds)s s")
    return _("%(stage)s: %(seconds)s s")
