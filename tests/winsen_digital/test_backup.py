"""A backup is made and restored by the commands that docs/operation.md names, and the same pages are served."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import services

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.prove


def documented(part):
    """The command of the manual that contains `part`, as it runs without containers."""
    (line,) = re.findall(rf"^.*{part}.*$", (ROOT / "docs/operation.md").read_text(), re.M)
    return line.replace("docker compose exec -T postgres ", "").replace(".venv/bin/python", sys.executable)


def house(url):
    return os.environ | {
        "DATABASE_URL": url,
        "REDIS_URL": "",
        "SECRET_KEY": "of-a-test-" * 6,
        "ALLOWED_HOSTS": "testserver",
    }


def manage(environment, *arguments):
    run = [sys.executable, ROOT / "manage.py", *arguments]
    return subprocess.run(run, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def in_the_shell(environment, call):
    """What the call in `tests.winsen_digital.serving` answers; the log stands before it."""
    script = f"import json; from tests.winsen_digital import serving; print(json.dumps(serving.{call}))"
    *_log, answer = manage(environment, "shell", "--no-imports", "--command", script).splitlines()
    return json.loads(answer)


def filled_house(url):
    made = house(url)
    manage(made, "prepare")
    in_the_shell(made, "render_public_reports()")
    return made


def shell(command, folder, **environment):
    subprocess.run(command, shell=True, cwd=folder, env=os.environ | environment, check=True)


def lost_and_restored_on_sqlite(folder):
    """The house before, and the house after its database was lost."""
    data = folder / "var"
    data.mkdir()
    before = filled_house(f"sqlite:///{data / 'db.sqlite3'}")
    yield before
    shell(documented("VACUUM INTO"), folder)
    shell("rm var/db.sqlite3* && mv portal-*.sqlite3 var/db.sqlite3", folder)
    yield before


def lost_and_restored_on_postgresql(folder):
    with services.postgresql(folder) as url:
        server = urlsplit(url)
        client = {
            "PATH": f"{Path(services.program('pg_dump')).parent}:{os.environ['PATH']}",
            "PGHOST": server.hostname,
            "PGPORT": str(server.port),
            "PGPASSWORD": server.password,
        }
        shell("createdb -U portal portal", folder, **client)
        before = filled_house(server._replace(path="/portal").geturl())
        yield before
        shell(documented("pg_dump "), folder, **client)
        shell("dropdb -U portal portal && createdb -U portal portal", folder, **client)
        shell(documented("pg_restore "), folder, **client)
        yield before


@pytest.mark.parametrize("lost_and_restored", [lost_and_restored_on_sqlite, lost_and_restored_on_postgresql])
def test_a_restored_backup_serves_the_same_pages_and_files(lost_and_restored, open_folder):
    before, after = (in_the_shell(environment, "digests()") for environment in lost_and_restored(open_folder))

    files = [where for where, digest in before.items() if where.endswith(".pdf") and digest.startswith("200 ")]
    assert (bool(files), len(before) > 100) == (True, True)
    assert after == before
