"""The settings of the test suite: the one page, with cheap passwords and no pool."""

import os

os.environ["ENV_FILE"] = ""
os.environ["LOG_FORMAT"] = "text"
os.environ["HTTPS"] = "off"
os.environ["SECOND_FACTOR"] = "offered"
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
os.environ.setdefault("SECRET_KEY", "only-for-the-tests-" + "x" * 40)

from config.settings import *  # noqa: F403, TID251
from config.settings import DATABASES, LOGGING  # noqa: TID251

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["OPTIONS"].pop("pool", None)
LOGGING["root"]["level"] = "ERROR"
WHITENOISE_AUTOREFRESH = True
CELERY_TASK_DEFAULT_QUEUE = f"tests-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
