from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck.env import Env


def refused(**environ: str) -> "Refusal":
    return Refusal(Env(environ))


class Refusal:
    """`refused(DEBUG="yes").boolean("DEBUG", False)` is the message of the refusal."""

    def __init__(self, env: Env) -> None:
        self._env = env

    def __getattr__(self, kind: str):  # type: ignore[no-untyped-def]
        def read(*arguments: object, **options: object) -> str:
            with pytest.raises(ImproperlyConfigured) as error:
                getattr(self._env, kind)(*arguments, **options)
            return str(error.value)

        return read


def test_a_boolean_is_true_or_false_and_nothing_else() -> None:
    assert Env({"DEBUG": "True"}).boolean("DEBUG", False) is True
    assert Env({"DEBUG": "False"}).boolean("DEBUG", True) is False
    assert Env({}).boolean("DEBUG", True) is True
    for value in ("yes", "true", "1", "on"):
        message = refused(DEBUG=value).boolean("DEBUG", False)
        assert message == f"Unexpected value DEBUG={value}, use 'True' or 'False'."


def test_an_empty_value_is_not_taken_for_the_default() -> None:
    assert refused(SECRET_KEY=" ").secret("SECRET_KEY") == (
        "SECRET_KEY is empty. Give it a value or remove it."
    )


def test_a_secret_is_read_from_the_file_its_variable_names(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("three blind mice\n")

    assert Env({"SECRET_KEY_FILE": str(file)}).secret("SECRET_KEY") == "three blind mice"
    assert Env({"SECRET_KEY": "three"}).secret("SECRET_KEY") == "three"
    assert Env({}).secret("SECRET_KEY") is None


def test_a_bad_path_to_a_secret_is_loud(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    message = refused(SECRET_KEY_FILE=str(missing)).secret("SECRET_KEY")
    assert message.startswith(f"SECRET_KEY_FILE={missing} cannot be read ([Errno 2]")

    empty = tmp_path / "empty"
    empty.touch()
    message = refused(SECRET_KEY_FILE=str(empty)).secret("SECRET_KEY")
    assert message == (
        f"SECRET_KEY_FILE={empty} is empty. Its first line should be the value of SECRET_KEY."
    )


def test_a_secret_given_twice_is_refused() -> None:
    assert refused(SECRET_KEY="a", SECRET_KEY_FILE="/b").secret("SECRET_KEY") == (
        "SECRET_KEY and SECRET_KEY_FILE are both set. Remove one of them."
    )


@pytest.mark.parametrize("value", ["0", "65536", "-1", "80a", "٨٠"])
def test_a_port_is_a_number_up_to_65535(value: str) -> None:
    assert Env({"PORT": "65535"}).port("PORT", 8000) == 65535
    assert refused(PORT=value).port("PORT", 8000) == (
        f"Unexpected value PORT={value}, use a port number from 1 to 65535."
    )


@pytest.mark.parametrize(
    "value",
    [
        "desk.example.org",
        "ftp://desk.example.org",
        "https://",
        "https://desk example.org",
        "https://desk.example.org:99999",
        "https://user@desk.example.org",
        "https://desk.example.org/?a=b",
    ],
)
def test_a_url_is_absolute_and_plain(value: str) -> None:
    url = "https://desk.example.org/checks"
    assert Env({"SITE_URL": url}).url("SITE_URL", "") == url
    message = refused(SITE_URL=value).url("SITE_URL", "")
    assert message.startswith(f"Unexpected value SITE_URL={value}, use an absolute URL that starts")


def test_hosts_carry_no_scheme() -> None:
    env = Env({"ALLOWED_HOSTS": "desk.example.org, .example.com,[::1]"})
    assert env.hosts("ALLOWED_HOSTS", []) == ["desk.example.org", ".example.com", "[::1]"]
    assert refused(ALLOWED_HOSTS="https://desk.example.org").hosts("ALLOWED_HOSTS", []) == (
        "Unexpected value ALLOWED_HOSTS=https://desk.example.org, "
        "use host names without scheme or port, separated by commas."
    )


@pytest.mark.parametrize(
    "value", ["search.example.org", "*:80", "10.0.0.0/8:80", "http://a:80", "a:0", "a:70000"]
)
def test_an_exception_of_the_door_is_an_exact_pair(value: str) -> None:
    env = Env({"FETCH_ALLOW": "127.0.0.1:8888,Search.example.org:80,[::1]:9"})
    assert env.host_ports("FETCH_ALLOW") == {"127.0.0.1:8888", "search.example.org:80", "[::1]:9"}
    assert f"FETCH_ALLOW={value}, use exact pairs" in refused(FETCH_ALLOW=value).host_ports(
        "FETCH_ALLOW"
    )


def test_networks_are_addresses() -> None:
    env = Env({"TRUSTED_PROXIES": "10.0.0.2, 172.18.0.0/16"})
    assert env.networks("TRUSTED_PROXIES") == ["10.0.0.2", "172.18.0.0/16"]
    assert "TRUSTED_PROXIES=proxy" in refused(TRUSTED_PROXIES="proxy").networks("TRUSTED_PROXIES")


def test_a_database_url_becomes_djangos_description() -> None:
    url = "postgres://desk:p%40ss@db.example:5433/facts?sslmode=verify-full"
    assert Env({"DATABASE_URL": url}).database("DATABASE_URL", Path("x")) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "facts",
        "USER": "desk",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full"},
    }
    env = Env({"DATABASE_URL": "sqlite:////var/lib/desk.sqlite3"})
    assert env.database("DATABASE_URL", Path("x")) == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path("/var/lib/desk.sqlite3"),
        "OPTIONS": {},
    }


@pytest.mark.parametrize(
    "value",
    [
        "mysql://desk:hunter2@db/facts",
        "postgres://desk:hunter2@db:port/facts",
        "postgres://desk:hunter2@db",
        "postgres://desk:hunter2@db/facts?sslmod=require",
        "postgres://desk:hunter2@db/facts?sslmode",
        "desk:hunter2@db/facts",
    ],
)
def test_a_refused_database_url_does_not_show_its_password(value: str) -> None:
    message = refused(DATABASE_URL=value).database("DATABASE_URL", Path("x"))

    assert message.startswith(("Unexpected DATABASE_URL", "DATABASE_URL carries the option"))
    assert "hunter2" not in message


def test_a_misspelt_variable_is_named_with_the_one_that_was_meant() -> None:
    env = Env({"ALLOWED_HOST": "a", "HOSTNAME": "b", "TEST_DATABASE_URL": "c"})
    env.hosts("ALLOWED_HOSTS", [])
    env.database("DATABASE_URL", Path("x"))

    with pytest.raises(ImproperlyConfigured) as error:
        env.refuse_misspellings()

    assert str(error.value) == (
        "ALLOWED_HOST is set, but no setting reads it. Did you mean ALLOWED_HOSTS?"
    )


def test_foreign_variables_are_left_alone() -> None:
    env = Env({"HOSTNAME": "b", "TEST_DATABASE_URL": "c", "PATH": "d", "XDG_DATA_DIRS": "e"})
    env.hosts("ALLOWED_HOSTS", [])
    env.database("DATABASE_URL", Path("x"))
    env.path("DATA_DIR", Path("x"))

    env.refuse_misspellings()


def test_a_time_zone_is_one_that_exists() -> None:
    assert Env({"TIME_ZONE": "Asia/Amman"}).time_zone("TIME_ZONE", "UTC") == "Asia/Amman"
    with pytest.raises(
        ImproperlyConfigured, match="Unexpected value TIME_ZONE=Amman, use a name such"
    ):
        Env({"TIME_ZONE": "Amman"}).time_zone("TIME_ZONE", "UTC")
