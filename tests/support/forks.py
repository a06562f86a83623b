"""Kernels that begin with the course imported: each is a fork of one process that imported it once.

A kernel spends a second of computing on its imports, and the browser tests start more than a hundred
of them. A fork is a kernel as any other: a process of its own with its own memory, that runs
ipykernel, is interrupted, killed and started again. Kernels that import everything themselves are
in the tests that nbval makes of the notebooks, and behind the hub.

This file is three things: `forks`, which starts the process that forks; what makes a Jupyter server
(or a test, with `forked`) take its kernels from there; and the program of that process.
"""

import contextlib
import importlib
import json
import os
import pkgutil
import random
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import mock

import psutil

PLACE = "TWO_VOICES_FORKS"  # the variable that says where the process listens
# In a Jupyter server's settings: its kernels are forks.
SETTINGS = f"""\
import sys
sys.path.append({str(Path(__file__).parents[1])!r})
from jupyter_client.provisioning import local_provisioner
from support.forks import forked
local_provisioner.launch_kernel = forked
"""


@contextlib.contextmanager
def forks():
    """Start the process that forks, for all kernels that are started meanwhile."""
    with tempfile.TemporaryDirectory(prefix="tv") as folder:  # a socket's path has to be short
        place = f"{folder}/forks"
        command = [sys.executable, "-P", __file__, place]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            try:
                process.stdout.readline()  # it listens
                with mock.patch.dict(os.environ, {PLACE: place}):
                    yield
            finally:
                process.kill()


# --- who wants a kernel ---------------------------------------------------------------------------


class Child(psutil.Process):
    """A forked kernel, as Jupyter's provisioner handles one that it started itself."""

    stdin = stdout = stderr = None

    def poll(self):
        """None as long as it runs: how it ended only its parent could tell."""
        return None if self.is_running() else 0

    def send_signal(self, number):
        """As subprocess.Popen: nothing happens where it has ended."""
        with contextlib.suppress(psutil.NoSuchProcess):
            super().send_signal(number)


def forked(command, *, env, cwd, **_):
    """What `jupyter_client.launcher.launch_kernel` does, from the process that has imported all."""
    asked = json.dumps({"command": command, "env": env, "cwd": str(cwd)}).encode() + b"\n"
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(os.environ[PLACE])
        socket.send_fds(connection, [asked[:1]], [1, 2])
        connection.sendall(asked[1:])
        return Child(int(connection.makefile().readline()))


# --- the process that forks -----------------------------------------------------------------------


def import_all():
    """Import what kernels of lessons import."""
    import ipykernel.kernelapp  # noqa: F401, PLC0415

    import lessons  # noqa: PLC0415
    import lessons.charts  # noqa: PLC0415

    for name in lessons.__all__:
        getattr(lessons, name)
    for module in pkgutil.iter_modules(lessons.charts.__path__, "lessons.charts."):
        importlib.import_module(module.name)


def become(connection):
    """Become the kernel that was asked for; does not return."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    first, to, _, _ = socket.recv_fds(connection, 1, 2)
    asked = json.loads(first + connection.makefile("rb").readline())
    for source, target in zip(to, (1, 2), strict=True):
        os.dup2(source, target)
        os.close(source)
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["cwd"])
    random.seed()
    connection.sendall(f"{os.getpid()}\n".encode())
    connection.close()
    run_kernel(asked["command"][3:])  # python -m ipykernel_launcher -f FILE
    os._exit(0)


def run_kernel(options):
    """Run a kernel until it ends, or the process that it is a fork of."""
    import ipywidgets  # noqa: PLC0415
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415

    kernel = IPKernelApp.instance()
    kernel.initialize([*options, f"--IPKernelApp.parent_handle={os.getppid()}"])
    # What is imported in a kernel enrols itself there; this was imported before there was one.
    ipywidgets.load_ipython_extension(kernel.shell)
    kernel.start()


def main(place):
    """Fork a kernel for each that connects."""
    import_all()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that ended
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(place)
        server.listen()
        print("listening", flush=True)
        while True:
            connection, _ = server.accept()
            if os.fork() == 0:
                server.close()
                become(connection)
            connection.close()


if __name__ == "__main__":
    main(sys.argv[1])
