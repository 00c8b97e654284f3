"""The settings of the benchmarks: the one page, with the comparison programs' addresses added."""

import os

os.environ["SECOND_FACTOR"] = "offered"

from config.settings import *  # noqa: F403, TID251

ROOT_URLCONF = "benchmarks.urls"
HTTPS = SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sid", "csrftoken"
