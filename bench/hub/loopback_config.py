"""The deployed configuration on loopback: anybody logs in, and servers are processes of this user."""

import os

c = get_config()  # noqa: F821 - JupyterHub gives it
load_subconfig(os.environ["BENCH_HUB_CONFIG"])  # noqa: F821 - JupyterHub gives it

c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = os.path.join(os.environ["BENCH_HUB_HOMES"], "{username}")
c.Spawner.args.extend(["--allow-root", "--ServerApp.ip=127.0.0.1"])
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 300
c.JupyterHub.concurrent_spawn_limit = 0
c.JupyterHub.bind_url = f"http://127.0.0.1:{os.environ['BENCH_HUB_PORT']}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{os.environ['BENCH_HUB_INNER_PORT']}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{os.environ['BENCH_HUB_PROXY_PORT']}"
c.ConfigurableHTTPProxy.command = [os.environ["BENCH_HUB_PROXY"]]
c.JupyterHub.db_url = "sqlite:///:memory:"
c.JupyterHub.cookie_secret_file = os.path.join(os.environ["BENCH_HUB_HOMES"], "cookie_secret")
c.JupyterHub.services.append({"name": "bench", "api_token": os.environ["BENCH_HUB_TOKEN"]})
c.JupyterHub.load_roles.append(
    {"name": "bench", "scopes": ["admin:users", "admin:servers", "access:servers"], "services": ["bench"]}
)
