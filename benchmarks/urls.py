"""The real addresses and, beside them, the comparison programs."""

from config.urls import urlpatterns as urlpatterns
