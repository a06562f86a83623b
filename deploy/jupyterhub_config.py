"""A JupyterHub for trying the course with a class on one machine: `python3 -m lessons hub`.

Everything listens on 127.0.0.1. Accounts are simulated: one password for all learners, with any
name; another one for the teacher. What a school's own hub would do otherwise: README.md.
"""

import os
import sys
from pathlib import Path
from typing import Any

from lessons.launch import hub

c = get_config()  # noqa: F821 - JupyterHub gives it to this file

folder = Path(os.environ["TWO_VOICES_HUB_FOLDER"])
port = int(os.environ["TWO_VOICES_HUB_PORT"])
to_learners, of_hub, of_proxy = (
    f"http://127.0.0.1:{port + place}" for place, _ in enumerate(hub.PORTS)
)

# Where it listens, and what it keeps.
c.JupyterHub.bind_url = to_learners
c.JupyterHub.hub_bind_url = of_hub
c.ConfigurableHTTPProxy.api_url = of_proxy
# Quiet, so that the link and the passwords stay where the teacher looks for them.
c.JupyterHub.log_level = "ERROR"
c.ConfigurableHTTPProxy.command = [str(hub.PROXY), "--log-level", "error"]
c.JupyterHub.db_url = f"sqlite:///{folder}/hub.sqlite"
c.JupyterHub.cookie_secret_file = str(folder / "cookie-secret")
c.ConfigurableHTTPProxy.pid_file = str(folder / "proxy.pid")

# Who comes in. A name becomes the name of a folder, so it is one.
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = os.environ["TWO_VOICES_HUB_LEARNERS"]
c.SharedPasswordAuthenticator.admin_password = os.environ["TWO_VOICES_HUB_TEACHER"]
c.Authenticator.admin_users = {hub.TEACHER}
c.Authenticator.allow_all = True
c.Authenticator.username_pattern = r"\w[\w.-]{0,30}"
c.JupyterHub.template_vars = {"announcement_login": hub.ON_LOGIN}

# What each of them gets: a folder with the notebooks, and a JupyterLab that runs in it.
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(folder / "learners/{username}")
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.args = hub.learner_options()
c.Spawner.environment = {"TWO_VOICES_HAND_IN": os.environ["TWO_VOICES_HAND_IN"]}
c.Spawner.start_timeout = 120  # when 25 begin at once on a small machine


def before_start(spawner: Any) -> None:  # noqa: ANN401 - JupyterHub's own
    """Furnish somebody's folder, and choose the page that they see first."""
    home, teacher = Path(spawner.home_dir), spawner.user.admin
    hub.furnish(home, teacher=teacher)
    spawner.environment = {**spawner.environment, **hub.learner_environment(home)}
    spawner.default_url = hub.page_for(teacher=teacher)


c.Spawner.pre_spawn_hook = before_start
