"""The settings of the test suite: the one page, with cheaper passwords."""

from config.settings import *  # noqa: F403, TID251

DEBUG = False
SECRET_KEY = "tests-only-" + "x" * 50
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
