"""The Celery application; its settings are the CELERY_* names of the settings page."""

import os
from typing import Any

from celery import Celery, Task

from agencies import walls

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class Unwalled(Task):
    """A job acts for nobody in particular; one that acts for a person narrows the scope."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with walls.opened():
            return super().__call__(*args, **kwargs)


app = Celery("jianbei", task_cls=Unwalled)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
