"""The settings of the benchmarks without the comparison programs, for what the site needs alone."""

from benchmarks.settings import *  # noqa: F403

ROOT_URLCONF = "config.urls"
