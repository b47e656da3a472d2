"""LightFM's side of the comparison: see contender.ts for what it is asked and answers."""

import json
import os
import re
import sys
import time

answers, sys.stdout = sys.stdout, sys.stderr

import numpy as np
import scipy.sparse as sp
from lightfm import LightFM

known = {}


def load(folder):
    """The interactions, and the features of the items."""
    if folder not in known:
        head = json.load(open(os.path.join(folder, "data.json")))

        def read(name, kind):
            return np.fromfile(os.path.join(folder, name + ".bin"), kind)

        shape = (head["users"], head["items"])
        places = (read("rows", np.int32), read("columns", np.int32))
        parts = (read("items.values", np.float32), read("items.indices", np.int32), read("items.offsets", np.int32))
        features = sp.csr_matrix(parts, shape=(shape[1], head["features"]["items"]))
        known[folder] = (sp.coo_matrix((read("values", np.float32), places), shape=shape), features)
    return known[folder]


def status(name):
    return int(re.search(name + r":\s+(\d+)", open("/proc/self/status").read()).group(1)) * 1024


def recommend(model, interactions, features):
    """The top 10 of users spread over all of them, as LightFM's users get them: what they have is left out."""
    seen = interactions.tocsr()
    users = range(0, seen.shape[0], EVERY)
    everything = np.arange(seen.shape[1])
    started = time.perf_counter()
    for user in users:
        scores = model.predict(user, everything, item_features=features)
        scores[seen.indices[seen.indptr[user] : seen.indptr[user + 1]]] = -np.inf
        best = np.argpartition(-scores, 10)[:10]
        best[np.argsort(-scores[best])]
    return dict(count=len(users), seconds=time.perf_counter() - started)


EVERY = 10


def play(turn):
    if turn["work"] == "memory":
        open("/proc/self/clear_refs", "w").write("5")
        before = status("VmRSS")
    interactions, features = load(turn["folder"])
    if not turn["features"]:
        features = None
    model = LightFM(loss=turn["loss"], no_components=turn["components"], random_state=1)
    epochs = 1 if turn["work"] == "recommend" else turn["epochs"]
    started = time.perf_counter()
    model.fit(interactions, item_features=features, epochs=epochs, num_threads=turn["threads"])
    seconds = time.perf_counter() - started
    if turn["work"] == "train":
        return dict(count=interactions.nnz * epochs, seconds=seconds)
    if turn["work"] == "memory":
        return dict(count=(status("VmHWM") - before) / 1e6, seconds=0)
    return recommend(model, interactions, features)


for line in iter(sys.stdin.readline, ""):
    try:
        answer = play(json.loads(line))
    except Exception as error:
        answer = dict(error="%s: %s" % (type(error).__name__, error))
    print(json.dumps(answer), file=answers, flush=True)
