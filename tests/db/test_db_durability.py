"""Whatever kills the program: what was committed is there, what was not is not."""

from __future__ import annotations

import random
import signal
import subprocess
import sys

import pytest
from db_samples import commit, creating, sample

from db.project import create_project, open_project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")

WORKER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from db_samples import commit, creating, sample
from db.project import open_project
project = open_project(sys.argv[1], "write")
for position in range(10_000):
    stored = sample(position=position)
    commit(project, creating(*stored.records))
    print(stored.article.id, flush=True)
"""

SPILLER = """
import sys
sys.path.insert(0, sys.argv[2])
from db_samples import creating, sample
from db.project import open_project
project = open_project(sys.argv[1], "write")
with project.begin() as work:
    work._session.connection().exec_driver_sql("PRAGMA cache_size=10")
    work.apply(creating(*(record for n in range(100) for record in sample(position=n).records)))
    print("written", flush=True)
    sys.stdin.readline()
"""


def start(code: str, path) -> subprocess.Popen:
    here = __file__.rsplit("test_db_durability", 1)[0]
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path), here], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("seed", range(3))
def test_killed_between_and_during_commits(path, seed):
    create_project(str(path)).close()
    process = start(WORKER, path)
    committed = [process.stdout.readline().strip() for _ in range(random.Random(seed).randint(1, 60))]
    process.send_signal(signal.SIGKILL)
    committed += process.communicate()[0].split()
    project = open_project(str(path), "write")
    kept = project.article_ids()
    assert kept[: len(committed)] == committed
    assert len(kept) <= len(committed) + 1  # the last may have been committed and not yet reported
    assert all(len(document.claims) == 2 for document in project.documents())
    assert project.check_storage() == []
    commit(project, creating(*sample(position=20_000).records))
    project.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("access", ["read", "auto"])
def test_killed_with_half_a_transaction_in_the_file(path, access):
    """The cache has spilled, so the file itself is half changed and the journal must bring it back."""
    stored = sample()
    project = create_project(str(path))
    commit(project, creating(*stored.records))
    project.close()
    size = path.stat().st_size
    process = start(SPILLER, path)
    assert process.stdout.readline() == "written\n"
    assert path.stat().st_size > size
    process.send_signal(signal.SIGKILL)
    process.communicate()
    reopened = open_project(str(path), access)
    assert [document.article for document in reopened.documents()] == [stored.article]
    assert reopened.check_storage() == []
    reopened.close()
    assert path.stat().st_size == size


def test_the_disk_fails_during_a_write(path):
    """A file size limit makes the operating system refuse the write."""
    code = """
import resource, signal, sys
sys.path.insert(0, sys.argv[2])
from annotator.errors import ProjectError
from db_samples import commit, creating, sample
from db.project import open_project
project = open_project(sys.argv[1], "write")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
import os
resource.setrlimit(resource.RLIMIT_FSIZE, (os.stat(sys.argv[1]).st_size + 20_000, resource.RLIM_INFINITY))
many = creating(*(record for n in range(200) for record in sample(position=n).records))
try:
    commit(project, many)
except ProjectError as error:
    print(error)
assert project.summaries() == []
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
commit(project, many)
print(len(project.summaries()), project.check_storage())
project.close()
"""
    create_project(str(path)).close()
    out = start(code, path).communicate()[0].splitlines()
    assert len(out) == 2
    assert "disk" in out[0]
    assert out[1] == "200 []"
