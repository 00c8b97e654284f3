"""The photos of officers, kept by the clerk of their agency."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from officers.models import Officer
from tests.factories import png


@pytest.fixture
def send(client):
    def do(account, code, content):
        client.force_login(account)
        sent = {"officer": code, "file": SimpleUploadedFile("a.png", content)}
        return client.post(reverse("filings:photos"), sent, headers={"Accept-Language": "en"})

    return do


def test_a_clerk_keeps_the_photo_of_an_officer(send, clerk, inspector):
    answer = send(clerk, inspector.officer.code, png(90, 120))

    assert answer.status_code == 302
    assert Officer.objects.get(account=inspector).photo.endswith(".png")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.4\n%%EOF", "JPEG or PNG"),
        (png(filling=b"x" * 400_000), "larger than 300 kB"),
        (b"GIF89a", "neither JPEG"),
    ],
)
def test_what_is_no_photo_is_refused(content, told, send, clerk, inspector):
    answer = send(clerk, inspector.officer.code, content)

    assert answer.status_code == 400
    assert told in answer.content.decode()


def test_nobody_else_may(send, inspector, clerk, outsider):
    assert send(inspector, inspector.officer.code, png()).status_code == 403
    stranger = Officer.objects.create(
        agency=outsider.appointments.get().agency, code="S9", name="外", joined_on="2020-01-01"
    )
    assert send(clerk, stranger.code, png()).status_code == 400
