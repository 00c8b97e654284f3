"""The server refuses to start with the name of the variable and the way out."""

import socket

import pytest
from django.core.management import CommandError

from config.server import Server, address, check_port


class TestPort:
    def test_that_is_taken_is_named(self, settings):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            settings.PORT = other.getsockname()[1]
            with pytest.raises(CommandError, match=f"PORT={settings.PORT + 1}"):
                check_port()

    def test_of_a_foreign_address_is_refused(self, settings):
        settings.BIND = "192.0.2.1"
        with pytest.raises(CommandError, match=r"BIND=127\.0\.0\.1"):
            check_port()


class TestServer:
    def test_listens_where_it_says(self, settings):
        settings.PORT = 8765
        assert Server().cfg.address == [("127.0.0.1", 8765)]
        assert address() == "http://127.0.0.1:8765"

    @pytest.mark.parametrize(("processes", "shared"), [(1, False), (4, True)])
    def test_several_processes_share_what_they_load(self, settings, processes, shared):
        settings.WEB_PROCESSES = processes
        assert Server().cfg.preload_app is shared

    def test_runs_jobs_itself_only_without_a_broker(self, settings):
        settings.REDIS_URL = "redis://127.0.0.1/0"
        server = Server()
        server.begin(worker=None)
        assert server.background is None
