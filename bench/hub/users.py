"""People of a JupyterHub, all at once: each starts a server, opens a notebook through the proxy and runs its cells.

Reads what to do as JSON from standard input, and writes what came of it as JSON: for each person seconds until the server is
there, until the first cell has its reply, of all cells, the cells that failed, and the most memory of server and kernels.
"""

import asyncio
import json
import os
import sys
import time
import uuid

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

task = json.load(sys.stdin)
AsyncHTTPClient.configure(None, max_clients=1000)
headers = {"Authorization": f"token {task['token']}"}
LIMIT = 1800  # seconds that anything may take


async def ask(method, path, body=None):
    text = None if body is None else json.dumps(body)
    request = HTTPRequest(
        task["url"] + path, method, headers, text, allow_nonstandard_methods=True, request_timeout=LIMIT
    )
    answer = await AsyncHTTPClient().fetch(request)
    return json.loads(answer.body) if answer.body else None


async def started(name):
    """Seconds until the person's server is there."""
    begin = time.monotonic()
    await ask("POST", f"/hub/api/users/{name}")
    await ask("POST", f"/hub/api/users/{name}/server")
    while not (await ask("GET", f"/hub/api/users/{name}"))["servers"].get("", {}).get("ready"):
        await asyncio.sleep(0.1)
    return time.monotonic() - begin


class Kernel:
    """A kernel behind the proxy, as JupyterLab speaks to it."""

    @classmethod
    async def open(cls, name):
        model = {"path": "lessons/own.ipynb", "name": "own", "type": "notebook", "kernel": {"name": "tslab"}}
        session = await ask("POST", f"/user/{name}/api/sessions", model)
        path = f"/user/{name}/api/kernels/{session['kernel']['id']}/channels"
        kernel = cls()
        request = HTTPRequest(task["url"].replace("http", "ws", 1) + path, headers=headers, request_timeout=LIMIT)
        kernel.socket = await websocket_connect(request, max_message_size=1 << 30)
        return kernel

    async def run(self, code):
        """The reply to a cell, once the kernel is idle again; or word that the kernel died."""
        id = uuid.uuid4().hex
        header = {"msg_id": id, "msg_type": "execute_request", "username": "", "session": "bench", "version": "5.4"}
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": False}
        request = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        await self.socket.write_message(json.dumps(request))
        reply = None
        is_idle = False
        while reply is None or not is_idle:
            message = await asyncio.wait_for(self.socket.read_message(), LIMIT)
            if message is None:
                return reply or {"status": "error", "ename": "ConnectionClosed"}
            message = json.loads(message)
            kind, content = message["header"]["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] in ("restarting", "dead"):
                return reply or {"status": "error", "ename": "KernelDied"}
            if message["parent_header"].get("msg_id") != id:
                continue
            if kind == "execute_reply":
                reply = content
                is_idle = is_idle or content.get("ename") == "MemoryLimitError"
            is_idle = is_idle or (kind == "status" and content["execution_state"] == "idle")
        return reply


async def person(name):
    result = {"name": name, "failed": []}
    try:
        result["spawn"] = await started(name)
        begin = time.monotonic()
        kernel = await Kernel.open(name)
        cells = task["hungry"]["cells"] if name == task["hungry"]["name"] else task["cells"]
        for place, cell in enumerate(cells):
            reply = await kernel.run(cell["code"])
            if place == 0:
                result["first"] = time.monotonic() - begin
            if reply["status"] != "ok" and not cell["mayFail"]:
                error = f"{reply.get('ename')}: {reply.get('evalue')}"
                result["failed"].append({"cell": place, "error": error})
        result["cells"] = time.monotonic() - begin
        if result["failed"] and name == task["hungry"]["name"]:
            result["again"] = await status_after_restart(name)
    except (HTTPClientError, OSError, asyncio.TimeoutError) as error:
        result["failed"].append({"cell": -1, "error": f"{type(error).__name__}: {error}"})
    return result


async def status_after_restart(name):
    """How a cell goes in the kernel that Jupyter starts in place of one that died."""
    for _ in range(30):
        reply = await (await Kernel.open(name)).run("1 + 1")
        if reply.get("ename") not in ("KernelDied", "ConnectionClosed"):
            return reply["status"]
        await asyncio.sleep(1)
    return "dead"


class Memory:
    """The most memory that each person's processes have together, in bytes; what they share is divided among them."""

    def __init__(self):
        self.people = {}  # by process
        self.most = {}
        self.all = 0

    def look(self):
        used = {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            name = self.name_of(pid)
            if name is not None:
                used[name] = used.get(name, 0) + proportional(pid)
        for name, bytes in used.items():
            self.most[name] = max(self.most.get(name, 0), bytes)
        self.all = max(self.all, sum(used.values()))

    def name_of(self, pid):
        for entry in [] if pid in self.people else content(f"/proc/{pid}/environ").split("\0"):
            if entry.startswith("JUPYTERHUB_USER="):
                self.people[pid] = entry.split("=", 1)[1]
        return self.people.get(pid)


def proportional(pid):
    for line in content(f"/proc/{pid}/smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return 1024 * int(line.split()[1])
    return 0


def content(file):
    try:
        with open(file, encoding="utf8", errors="replace") as opened:
            return opened.read()
    except OSError:
        return ""


async def watch(memory):
    while True:
        memory.look()
        await asyncio.sleep(0.5)


async def main():
    memory = Memory()
    watching = asyncio.create_task(watch(memory))
    people = await asyncio.gather(*map(person, task["people"]))
    watching.cancel()
    for one in people:
        one["memory"] = memory.most.get(one["name"], 0)
    for name in task["people"]:
        await ask("DELETE", f"/hub/api/users/{name}/server")
    print(json.dumps({"people": people, "memory": memory.all}))


asyncio.run(main())
