"""Files as they are brought through the page."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone, translation

from filings.imports import uploads

OFFICERS = "agency,code,name,joined_on\n"


@pytest.fixture(autouse=True)
def _english():
    """The refusals are compared in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def now():
    """Files are judged on the day they are brought."""
    return timezone.now()


@pytest.fixture
def bring(clerk, authority, now):
    """Brings a text as a file of `kind`; the clerk does, unless another is named."""

    def made(content, kind="officers", *, by=None, rules="", name="rows.csv"):
        file = ContentFile(content if isinstance(content, bytes) else content.encode())
        brought = uploads.Brought(kind, name, file, rules.encode())
        return uploads.bring(brought, by=authority(by or clerk, now.date()), at=now)

    return made


@pytest.fixture
def work(now):
    """Does what is ordered for an upload and gives the upload as it then is."""

    def done(upload):
        uploads.run(upload.job_id, clock=lambda: now)
        return type(upload).objects.select_related("job").get(pk=upload.pk)

    return done


@pytest.fixture
def tried(bring, work):
    """A file that was brought and tried."""

    def made(*args, **kwargs):
        return work(bring(*args, **kwargs))

    return made
