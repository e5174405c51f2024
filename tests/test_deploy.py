"""What compose.yaml, Dockerfile, nginx and systemd say of the program is true of the program."""

import configparser
import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

import click
import pytest

from indexer.cli import main
from indexer.config import PREFIX, Settings, load_settings
from indexer.library import Library
from tests.cluster.fleet import Nginx
from tests.cluster.nodes import CannotStart
from tests.conftest import ROOT, Write
from tests.helpers.composed import Compose, composed, ours
from tests.helpers.serving import served
from tests.test_serve_uploads import wait_for
from web.app import create_app
from web.gate import CHECK, CHECK_API, EXPORT
from web.reach import _FORWARDED
from web.uploads.receiving import FILES

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSED = pytest.mark.parametrize("more", [(), ("trial.yaml",)], ids=["fleet", "trial"])
SITE = (DEPLOY / "nginx" / "pilcrow.conf").read_text("utf-8")


def assert_command(words: Iterable[str]) -> None:
    """That the program takes these words; it is not run."""
    name, *rest = words
    assert isinstance(main, click.Group)
    main.commands[name].make_context(name, list(rest))


def settings_of(environ: Mapping[str, Any], folder: Path) -> Settings:
    assert all(isinstance(value, str) for value in environ.values())
    return load_settings(environ=environ, folder=folder)


def instructions() -> list[tuple[str, str]]:
    """Those of the Dockerfile, each with what follows it."""
    text = re.sub(r"(?m)^\s*#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8"))
    lines = text.replace("\\\n", " ").splitlines()
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def of_instruction(name: str) -> list[str]:
    return [rest for each, rest in instructions() if each == name]


@COMPOSED
def test_services_run_what_there_is_with_settings_that_there_are(
    more: tuple[str, ...], tmp_path: Path
) -> None:
    services = ours(composed(*more))
    assert {service["command"][0] for service in services.values()} == {"serve", "watch"}
    for service in services.values():
        assert_command(service["command"])
        found = settings_of(service["environment"], tmp_path)
        assert (found.engine, found.host) == ("opensearch", "0.0.0.0")
        assert found.store.startswith("postgresql+psycopg://")
        for word in ("PILCROW_DATA", "PILCROW_CORPUS"):  # they share both
            assert any(v.endswith(f":{service['environment'][word]}") for v in service["volumes"])
    assert [n for n, s in services.items() if s["command"] == ["serve", "--no-sync"]] == [
        "web-1",
        "web-2",
    ]


def test_only_the_trial_has_a_cluster_without_password_and_encryption(tmp_path: Path) -> None:
    for more, is_open in (((), False), (("trial.yaml",), True)):
        whole = composed(*more)
        for name, service in whole["services"].items():
            said = service.get("environment", {})
            if name in ours(whole):
                assert settings_of(said, tmp_path).engine_plain is is_open
                assert ("http://" in said["PILCROW_ENGINE_URL"]) is is_open
            assert (said.get("DISABLE_SECURITY_PLUGIN") == "true") is (
                is_open and name.startswith("opensearch")
            )


@COMPOSED
def test_services_wait_for_what_they_need_and_are_confined(more: tuple[str, ...]) -> None:
    whole = composed(*more)
    services = whole["services"]
    image_has_check = bool(of_instruction("HEALTHCHECK"))
    for name, service in services.items():
        assert service["mem_limit"], name
        assert service["cap_drop"] == ["ALL"], name
        assert ("ports" in service) is (name == "nginx")
        assert "healthcheck" in service or (image_has_check and name in ours(whole))
        for needed, how in service.get("depends_on", {}).items():
            assert how == {"condition": "service_healthy"}
            assert needed in services
        if not name.startswith("opensearch"):
            assert service["read_only"], name
        for secret in service.get("secrets", []):
            assert (secret if isinstance(secret, str) else secret["source"]) in whole["secrets"]
    assert_command(services["worker"]["healthcheck"]["test"][2:])
    assert services["worker"]["healthcheck"]["test"][1] == "pilcrow"
    assert whole["networks"]["back"] == {"internal": True}
    assert [name for name, service in services.items() if "front" in service["networks"]] == [
        *("nginx", "web-1", "web-2")
    ]


def test_nginx_asks_the_web_nodes_where_they_are_and_is_trusted(tmp_path: Path) -> None:
    services = composed()["services"]
    web = [services[name] for name in ("web-1", "web-2")]
    upstream = (DEPLOY / "nginx" / "upstream-fleet.conf").read_text("utf-8")
    said = re.findall(r"server ([\d.]+):(\d+)", upstream)
    ports = {settings_of(each["environment"], tmp_path).port for each in web}
    assert said == [(w["networks"]["front"]["ipv4_address"], str(*ports)) for w in web]
    nginx = services["nginx"]["networks"]["front"]["ipv4_address"]
    assert {each["environment"]["PILCROW_TRUSTED_PROXIES"] for each in web} == {nginx}


def test_the_image_has_what_the_program_needs(tmp_path: Path) -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    (entry,) = of_instruction("ENTRYPOINT")
    (program,) = json.loads(entry)
    assert f"{program} = " in setup["options.entry_points"]["console_scripts"]
    (command,) = of_instruction("CMD")
    assert_command(json.loads(command))
    for extras in of_instruction("ARG"):
        name, _, value = extras.partition("=")
        if name == "EXTRAS":
            assert set(value.split(",")) <= set(setup["options.extras_require"])
    pairs = [pair for line in of_instruction("ENV") for pair in shlex.split(line)]
    environ = dict(pair.split("=", 1) for pair in pairs)
    found = settings_of({k: v for k, v in environ.items() if k.startswith(PREFIX)}, tmp_path)
    assert (str(found.corpus), str(found.data)) == ("/corpus", "/data")
    assert f"http://127.0.0.1:{found.port}/healthz" in of_instruction("HEALTHCHECK")[0]
    assert of_instruction("USER") == ["10001:10001"]
    assert all(re.search(r":\d", image) for image in of_instruction("FROM"))


def test_what_the_image_is_made_of_is_sent_to_the_builder() -> None:
    kept = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    copied = [w for line in of_instruction("COPY") if "--from" not in line for w in line.split()]
    sources = [word for word in copied if word != "./" and (ROOT / word).exists()]
    assert {"setup.cfg", "indexer", "web"} <= set(sources)
    assert {f"!{source}" for source in sources} == {each for each in kept if each[0] == "!"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_units_start_what_there_is(unit: Path, tmp_path: Path) -> None:
    text = unit.read_text("utf-8")
    program, *words = shlex.split(re.findall(r"(?m)^ExecStart=(.*)", text)[0])
    assert program.endswith("/pilcrow")
    assert_command(words)
    pairs = [p for line in re.findall(r"(?m)^Environment=(.*)", text) for p in line.split()]
    shutil.copy(DEPLOY / "systemd" / "pilcrow.toml", tmp_path)
    environ = dict(pair.split("=", 1) for pair in pairs)
    found = settings_of({k: v for k, v in environ.items() if k.startswith(PREFIX)}, tmp_path)
    assert str(found.data) == "/var/lib/pilcrow"
    assert re.search(rf"(?m)^Read\w+Paths={found.corpus}$", text)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd")
def test_units_are_such_as_systemd_takes(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/pilcrow/bin/pilcrow", "/bin/true")
        (tmp_path / unit.name).write_text(text, "utf-8")
    units = [str(tmp_path / unit.name) for unit in UNITS]
    checked = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert not [line for line in checked.stderr.splitlines() if "pilcrow" in line]


def test_nginx_knows_the_addresses_that_need_more(library: Library) -> None:
    at = dict(re.findall(r"(?s)location =? ?(\S+) \{(.*?)\n    \}", SITE))
    rules = {str(rule) for rule in create_app(library).url_map.iter_rules()}
    known = {path for path in at if path != "/" and not path.startswith("/.well-known/")}
    assert {path for path in known if not any(r.startswith(path) for r in rules)} <= {"/metrics"}
    assert "proxy_buffering off;" in at[EXPORT]
    one = library.settings.max_file_mb
    for path in (CHECK, CHECK_API):
        assert f"client_max_body_size {one + 1}m;" in at[path]
    for path in ("/upload", "/api/v1/documents"):
        assert f"client_max_body_size {FILES * one + 1}m;" in at[path]


def test_nginx_replaces_all_that_a_client_says_of_its_origin() -> None:
    named = {name.removeprefix("HTTP_").lower() for name in _FORWARDED}
    said = {name.replace("-", "_").lower() for name in re.findall(r"proxy_set_header (\S+)", SITE)}
    assert named <= said


@pytest.fixture
def behind(library: Library, write: Write) -> Iterator[Nginx]:
    """nginx before one web node that has a document."""
    write("a.txt", "On Whales\n\n1. Whales sing.\n")
    library.maintenance.sync()
    # Somebody else runs nginx, who may not come into a folder of pytest.
    with served(library) as node, TemporaryDirectory(prefix="pilcrow-nginx-") as folder:
        try:
            nginx = Nginx(Path(folder), [int(node.rpartition(":")[2])])
        except CannotStart as error:
            pytest.skip(str(error))
        process = subprocess.Popen(nginx.command)
        try:
            while not nginx.answers():
                assert process.poll() is None, nginx.command
            yield nginx
        finally:
            process.terminate()
            process.wait()


def test_readers_come_through_nginx_and_its_log_keeps_their_queries_to_itself(
    behind: Nginx,
) -> None:
    asked = Request(f"{behind.url}/search?q=whales", headers={"X-Forwarded-Host": "evil.example"})
    with urlopen(asked, context=behind.trusting) as answer:
        page = answer.read().decode()
        assert answer.headers["Strict-Transport-Security"]
    assert "<mark>Whales</mark>" in page
    assert "evil.example" not in page
    # nginx writes the line once the reader has the answer.
    wait_for(lambda: "GET /search 200" in behind.log.read_text("utf-8"))
    assert "whales" not in behind.log.read_text("utf-8")


def test_secrets_are_made_once_and_are_those_that_are_asked_for(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    script, programs = tmp_path / "deploy" / "secrets.sh", tmp_path / "bin"
    programs.mkdir()
    script.parent.mkdir()
    shutil.copy(DEPLOY / "secrets.sh", script)
    docker = programs / "docker"  # only the image of the cluster has what hashes the password
    docker.write_text("#!/bin/sh\necho '$2y$12$hash'\n", "utf-8")
    docker.chmod(0o755)
    for _ in range(2):
        made = subprocess.run(
            ["sh", str(script), "library.example.org"],
            env={"PATH": f"{programs}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
    folder = script.parent / "secrets"
    assert_there(composed(), folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    subprocess.run(
        ["openssl", "verify", "-CAfile", str(folder / "ca.pem"), str(folder / "node.pem")],
        check=True,
        capture_output=True,
    )


def assert_there(whole: Compose, folder: Path) -> None:
    for secret in whole["secrets"].values():
        place = folder / Path(secret["file"]).relative_to("deploy/secrets")
        assert place.stat().st_size, place
    assert {each.name for each in (folder / "tls").iterdir()} == {"fullchain.pem", "privkey.pem"}
