"""The environment: good values are taken, bad ones are named with the way out."""

import os
import stat
import subprocess
import sys

import pytest
from django.conf import settings

from config.checks import environment
from config.environment import VARIABLES, Reader, kept_secret


@pytest.fixture
def reader(tmp_path):
    return Reader(tmp_path / "none")


class TestReader:
    @pytest.mark.parametrize("raw", ["0", "65536", "80a", "-1", "８０", "1_0"])
    def test_refuses_a_bad_number_and_falls_back(self, reader, monkeypatch, raw):
        monkeypatch.setenv("PORT", raw)
        assert reader.number("PORT", 8000, low=1, high=65535) == 8000
        assert reader.problems == [("PORT", raw, "number from 1 to 65535")]

    @pytest.mark.parametrize("raw", ["clamd", "clamd:0", "host:port", "a b:3310"])
    def test_refuses_a_place_that_is_none(self, reader, monkeypatch, raw):
        monkeypatch.setenv("CLAMD", raw)
        assert reader.shaped("CLAMD", r"/.+|[^/\s]+:[1-9][0-9]{0,4}") == ""
        assert reader.problems == [("CLAMD", raw, "host:port or /path/of/socket")]

    @pytest.mark.parametrize(("raw", "value"), [("on", True), ("FALSE", False), ("1", True)])
    def test_reads_flags(self, reader, monkeypatch, raw, value):
        monkeypatch.setenv("DEBUG", raw)
        assert reader.flag("DEBUG", default=not value) is value

    @pytest.mark.parametrize("raw", ["mysql://host/db", "nonsense", "postgres://"])
    def test_refuses_a_database_it_cannot_use(self, reader, monkeypatch, tmp_path, raw):
        monkeypatch.setenv("DATABASE_URL", raw)
        assert reader.database(tmp_path / "x")["NAME"] == str(tmp_path / "x")
        assert [name for name, _value, _form in reader.problems] == ["DATABASE_URL"]

    def test_reads_the_file(self, monkeypatch, tmp_path):
        (tmp_path / "env").write_text("LOG_LEVEL=ERROR\n")
        monkeypatch.setenv("ENV_FILE", str(tmp_path / "env"))
        monkeypatch.delenv("LOG_LEVEL", raising=False)
        assert Reader(tmp_path / "none").text("LOG_LEVEL") == "ERROR"
        monkeypatch.delenv("LOG_LEVEL", raising=False)


class TestSecret:
    def test_is_made_once_and_is_the_owners_alone(self, tmp_path):
        first = kept_secret(tmp_path / "new" / "db.sqlite3")
        path = tmp_path / "new" / "secret_key"
        assert kept_secret(tmp_path / "new" / "db.sqlite3") == first
        assert len(first) >= 50
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


class TestCheck:
    def test_says_what_to_set_and_hides_passwords(self, monkeypatch):
        bad = ("DATABASE_URL", "mysql://me:secret@host/x", "sqlite or postgres")
        monkeypatch.setattr(settings, "ENVIRONMENT_PROBLEMS", (bad, ("SECRET_KEY", "", "random")))
        database, key = environment(None)
        assert "secret" not in database.msg
        assert "SECRET_KEY is not set" in key.msg
        assert "token_urlsafe" in key.hint

    def test_stops_a_command(self, tmp_path):
        env = {"PATH": os.environ["PATH"], "DATABASE_URL": "postgres://h/x", "ENV_FILE": ""}
        done = subprocess.run(
            [sys.executable, "manage.py", "check"],
            cwd=settings.BASE_DIR,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert "SECRET_KEY is not set" in done.stderr

    def test_every_variable_is_described(self):
        assert len({variable.name for variable in VARIABLES}) == len(VARIABLES)
        assert all(variable.meaning.endswith(".") for variable in VARIABLES)


def test_traces_of_access_are_kept_half_a_year_at_least(reader, monkeypatch):
    for value, kept in (("182", 1095), ("183", 183)):
        monkeypatch.setenv("AUDIT_RETENTION", value)
        assert reader.number("AUDIT_RETENTION", 1095, low=183, high=36500) == kept
    assert [name for name, _value, _form in reader.problems] == ["AUDIT_RETENTION"]
