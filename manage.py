#!/usr/bin/env python
"""Run a management command of Jianbei."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from agencies import walls

    # A command acts for nobody in particular; what it serves declares a scope of its own.
    with walls.opened():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
