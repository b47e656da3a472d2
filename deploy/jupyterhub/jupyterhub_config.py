"""JupyterHub for a class: every person has JupyterLab with the lessons, the TypeScript kernel, and a share of the machine.

It holds for any spawner: The Littlest JupyterHub reads it from /opt/tljh/config/jupyterhub_config.d, a plain JupyterHub
with `jupyterhub -f`. Who may log in, and the addresses, stay with the hub's own configuration. docs/hub.md says more.
"""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821 - JupyterHub gives it

project = Path(os.environ.get("ATELIER_PROJECT", "/opt/atelier"))
memory = os.environ.get("ATELIER_USER_MEMORY", "1536M")  # what lesson 1 needs at full size, and some more
cores = float(os.environ.get("ATELIER_USER_CORES", "2"))
idle = int(os.environ.get("ATELIER_IDLE_SECONDS", "3600"))

# The person's own copies of the lessons are made first; then the server starts.
c.Spawner.cmd = [str(project / "deploy" / "jupyterhub" / "start-user.sh")]
c.Spawner.notebook_dir = "~"
c.Spawner.default_url = "/lab/tree/lessons/00-start-here.ipynb"
c.Spawner.args.extend(
    [
        "--KernelSpecManager.ensure_native_kernel=False",
        "--KernelSpecManager.allowed_kernelspecs=tslab",
        "--MultiKernelManager.default_kernel_name=tslab",
        "--LabApp.extension_manager=readonly",
        "--LabApp.custom_css=True",
    ]
)

# The spawner enforces the limit where it can (systemd, Kubernetes). The kernel reads it as MEM_LIMIT and ends with a clear
# error before the system would end it.
c.Spawner.mem_limit = memory
c.Spawner.cpu_limit = cores
c.Spawner.environment.update(
    {
        "ATELIER_PROJECT": str(project),
        "ATELIER_THREADS": str(max(1, int(cores))),  # threads that a training uses
    }
)

# Servers that nobody uses end; what they saved is there at the next login. A kernel that runs counts as use.
c.JupyterHub.services.append(
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={idle}"],
    }
)
c.JupyterHub.load_roles.append(
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
)
