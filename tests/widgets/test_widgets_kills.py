"""A kernel that is killed (-9) loses nothing that it had called saved: over its messages."""

import contextlib
import os
import queue
import random
import shutil
import tempfile
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file
from support.forks import forked, forks
from support.kills import BY_MESSAGE, in_database

ROOT = Path(__file__).parents[2]
CODE = """from lessons import exercise, open_case
w = exercise(open_case("danang-2017"), {item!r})
print(w.comm.comm_id)"""
LONGEST = 0.4  # seconds from the first answer to the kill


class Kernel:
    """A kernel with one exercise in it, to which answers are sent as the page sends them."""

    def __init__(self, work, item):
        self.item, self.sent, self.said_saved = item, {}, set()
        # Sockets in a folder: no port that another test may take first.
        place = tempfile.mkdtemp(prefix="tv")
        self.file, _ = write_connection_file(f"{place}/k.json", transport="ipc", ip=f"{place}/k")
        env = {**os.environ, "TWO_VOICES_WORK": str(work)}
        self.process = forked(["python", "-m", "ipykernel", "-f", self.file], env=env, cwd=ROOT)
        self.client = BlockingKernelClient(connection_file=self.file)
        self.client.load_connection_file()
        self.client.start_channels()

    def ready(self):
        while True:  # not wait_for_ready(), which sleeps
            self.client.kernel_info()
            self.client.get_shell_msg(timeout=60)
            with contextlib.suppress(queue.Empty):
                self.client.get_iopub_msg(timeout=0.2)  # else it is not heard yet
                break
        asked = self.client.execute(CODE.format(item=self.item))
        while True:
            message = self.client.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != asked:
                continue
            if message["msg_type"] == "stream":
                self.comm = message["content"]["text"].strip()
                return
            assert message["msg_type"] != "error", message["content"]

    def answer(self):
        """Send one more answer, together with those that are not saved yet."""
        name = str(uuid.uuid4())
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.sent[name] = {
            "id": name,
            "item": self.item,
            "kind": "number",
            "value": str(len(self.sent)),
            "answered_at": now,
        }
        records = [self.sent[one] for one in self.sent if one not in self.said_saved]
        state = {"outbox": {"count": len(self.sent), "records": records}}
        data = {"method": "update", "state": state, "buffer_paths": []}
        content = {"comm_id": self.comm, "data": data}
        self.client.shell_channel.send(self.client.session.msg("comm_msg", content))

    def hear(self, seconds):
        """Note which answers are called saved, for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                message = self.client.get_iopub_msg(timeout=left)
            except Exception:  # noqa: BLE001  (nothing came: the kernel may be dead)
                return
            if message["msg_type"] == "comm_msg" and message["content"]["comm_id"] == self.comm:
                state = message["content"]["data"].get("state", {})
                self.said_saved |= set(state.get("saved", [])) & set(self.sent)

    def kill(self):
        self.process.kill()

    def close(self):
        self.hear(0.3)  # what was said before it died
        self.client.stop_channels()
        shutil.rmtree(Path(self.file).parent)


@pytest.fixture(autouse=True)
def kernels():
    with forks():
        yield


def two_kernels(work):
    """Start two notebooks' kernels at once, on one database."""
    pair = [Kernel(work, item) for item in ("EX2-02", "EX3-07")]
    for kernel in pair:
        kernel.ready()
    return pair


def test_what_a_killed_kernel_called_saved_is_in_the_database(tmp_path, capsys):
    seed = random.randrange(10**6)  # noqa: S311
    chance = random.Random(seed)  # noqa: S311
    sent, saved, kills, database = {}, set(), 0, {}
    while kills < BY_MESSAGE:
        pair = two_kernels(tmp_path)
        ends = time.monotonic() + chance.uniform(0, LONGEST)
        while time.monotonic() < ends or not pair[0].sent:
            for kernel in pair:
                kernel.answer()
                kernel.hear(chance.uniform(0, 0.03))
        for kernel in pair:
            kernel.kill()
        for kernel in pair:
            kernel.close()
            sent |= kernel.sent
            saved |= kernel.said_saved
        kills += 2
        database = in_database(tmp_path)
        assert saved <= set(database), f"seed {seed}, kill {kills}"
    assert set(database) <= set(sent)
    assert len(saved) > kills / 2  # else nothing was tried
    with capsys.disabled():
        print(
            f"\n{kills} kernels killed over their messages (seed {seed}): {len(sent)} answers sent,"
            f" {len(saved)} called saved, all of these in the database of {len(database)}."
        )
