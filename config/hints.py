"""The cache in Redis as what it is: hints.  Out of reach it holds nothing, and no page fails.

What must hold, such as counts and sessions, lies in the database.
"""

from contextlib import suppress
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis import RedisError


class Hints(RedisCache):
    """Redis, asked and told without a word when it does not answer."""

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        with suppress(RedisError):
            return super().get(key, default, version)
        return default

    def get_many(self, keys: Any, version: Any = None) -> Any:
        with suppress(RedisError):
            return super().get_many(keys, version)
        return {}

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        with suppress(RedisError):
            super().set(key, value, timeout, version)
