"""Keeps one kernel warm for JupyterLab: started ahead, it waits to be the kernel of the next notebook.

It waits for one line on its standard input, which lib/kernel/warmKernel.ts reads, and ends where that input ends.
ATELIER_WARM_KERNEL=0 keeps none.
"""

import asyncio
import json
import os
import sys
from subprocess import PIPE

from jupyter_client.launcher import launch_kernel
from jupyter_client.provisioning import LocalProvisioner

KERNEL = "tslab"
CONNECTION = "--config-path"  # before the connection file, at the end of a kernel's command
PAUSE = 5  # seconds after a start that a notebook's first cells have for themselves


class WarmKernel:
    """A kernel that waits, started by a command without its connection file."""

    def __init__(self, command, env, folder):
        self.start = start_of(command, env)
        self.process = launch_kernel([*command, "--warm"], stdin=PIPE, env=dict(env), cwd=folder)

    def waits_as(self, command, env):
        """Whether it waits still, and is what this command would start now."""
        return self.process.poll() is None and self.start == start_of(command, env)

    def take(self, connection_file, env, folder):
        """Makes it the kernel of a connection; its process, or None where it has just ended."""
        own = {name: value for name, value in env.items() if is_of_notebook(name)}
        line = json.dumps({"connectionFile": connection_file, "folder": str(folder), "env": own})
        try:
            with self.process.stdin as pipe:
                pipe.write(f"{line}\n".encode())
        except OSError:
            return None
        return self.process

    def end(self):
        """Ends one that nobody takes."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()


waiting = None


def keep_warm(command, env, folder):
    """Starts a kernel that waits, unless one does."""
    global waiting
    if sys.platform == "win32" or os.environ.get("ATELIER_WARM_KERNEL") == "0":
        return
    if waiting is not None:
        if waiting.waits_as(command, env):
            return
        waiting.end()
    waiting = WarmKernel(command, env, folder)


def taken(command, env):
    """The kernel that waits, where it is what this command would start."""
    global waiting
    if waiting is None or not waiting.waits_as(command, env):
        return None
    kernel, waiting = waiting, None
    return kernel


class WarmProvisioner(LocalProvisioner):
    """Starts kernels as Jupyter does, but takes the one that waits where there is one."""

    async def launch_kernel(self, cmd, **kwargs):
        *command, option, connection_file = cmd
        env, folder = kwargs["env"], kwargs.get("cwd") or os.getcwd()
        if option != CONNECTION:
            return await super().launch_kernel(cmd, **kwargs)
        kernel = taken(command, env)
        process = kernel and kernel.take(connection_file, env, folder)
        asyncio.get_running_loop().call_later(PAUSE, keep_warm, command, env, folder)
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process
        self.pid = self.process.pid
        self.pgid = os.getpgid(self.pid)
        self.cwd = folder
        return self.connection_info


def start_of(command, env):
    """What decides how a kernel starts: its command, its environment and its code."""
    return command, {name: value for name, value in env.items() if not is_of_notebook(name)}, last_change(command)


def is_of_notebook(name):
    """Whether a variable tells a kernel of its notebook and its server."""
    return name.startswith("JPY_")


def last_change(command):
    """When the kernel's own files, beside launch.js, were changed last."""
    root = next((os.path.dirname(word) for word in command if word.endswith("launch.js")), "")
    times = [0]
    for folder, rooms, names in os.walk(root) if root else ():
        rooms[:] = [room for room in rooms if room != "build"]
        times += [os.stat(os.path.join(folder, name)).st_mtime_ns for name in names]
    return max(times)


def _jupyter_server_extension_points():
    return [{"module": __name__}]


def _load_jupyter_server_extension(server):
    """The first kernel waits while the page loads."""
    spec = server.kernel_spec_manager.get_kernel_spec(KERNEL)
    keep_warm(spec.argv[:-2], {**os.environ, **spec.env}, server.root_dir)
