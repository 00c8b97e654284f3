"""The composition of the apps: settings, addresses, errors, tasks."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
