"""What machines ask of every site at its root."""

import pytest

pytestmark = pytest.mark.django_db


def test_search_engines_read_what_is_published_and_nothing_behind_a_sign_in(client):
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert "Allow: /published/" in lines
    assert lines[-1] == "Disallow: /"


def test_the_mark_is_found_under_its_old_name_and_kept_for_when_there_is_no_connection(client):
    assert client.get("/favicon.ico").headers["Location"] == "/static/img/mark.svg"
    assert '"img/mark.svg"' in client.get("/worker.js").content.decode()
