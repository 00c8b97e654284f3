"""Devices that sign for an account: registered by themselves, listed, revoked."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from agencies.models import Event
from officers.models import Device

pytestmark = pytest.mark.django_db
WHERE = "/api/v1/devices/"


def key(curve=None):
    made = ec.generate_private_key(curve or ec.SECP256R1()).public_key()
    return b64encode(made.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@pytest.fixture
def register(client):
    def post(account, public_key, name="Android"):
        client.force_login(account)
        body = {"name": name, "public_key": public_key}
        return client.post(WHERE, body, content_type="application/json")

    return post


class TestRegistering:
    def test_gives_the_device_once_and_leaves_one_event(self, register, inspector):
        mine = key()
        first, again = register(inspector, mine), register(inspector, mine)

        assert (first.status_code, again.status_code) == (201, 201)
        assert first.json()["id"] == again.json()["id"] == Device.objects.get().pk
        assert Event.objects.filter(verb="register_device").count() == 1

    @pytest.mark.parametrize("bad", ["", "no key", "AAAA", key(ec.SECP384R1())])
    def test_refuses_what_is_no_such_key_by_name(self, register, inspector, bad):
        answer = register(inspector, bad)
        assert answer.status_code == 400
        assert answer.json()["problems"][0]["pointer"] == "/public_key"

    def test_is_for_those_who_check_in(self, register, auditor):
        assert register(auditor, key()).status_code == 403

    def test_the_eleventh_is_refused(self, register, inspector):
        made = [register(inspector, key()).status_code for _one in range(11)]
        assert made == [201] * 10 + [400]

    def test_a_revoked_key_does_not_come_back(self, register, inspector, post_seen):
        mine = key()
        pk = register(inspector, mine).json()["id"]
        assert post_seen(f"{WHERE}{pk}/revoke/", {}).json()["revoked_at"]
        assert register(inspector, mine).status_code == 400


class TestPage:
    def test_lists_ones_own_and_revokes(self, client, register, inspector):
        pk = register(inspector, key(), "我的手机").json()["id"]
        assert "我的手机" in client.get("/account/devices/").content.decode()

        client.post(f"/account/devices/{pk}/revoke/")

        assert Device.objects.get().revoked_at is not None

    def test_anothers_device_is_not_there(self, client, register, inspector, partner):
        pk = register(inspector, key(), "我的手机").json()["id"]
        client.force_login(partner)
        assert "我的手机" not in client.get("/account/devices/").content.decode()
        assert client.get(WHERE).json()["results"] == []
        for where in (f"{WHERE}{pk}/revoke/", f"/account/devices/{pk}/revoke/"):
            assert client.post(where, {}, "application/json").status_code == 404
        assert Device.objects.get().revoked_at is None
