"""Trains LightFM on the job that lies in a folder, and leaves what it learned there. See peer.ts for the form."""

import json
import os
import sys
import time

import numpy as np
import scipy.sparse as sp
from lightfm import LightFM

folder = sys.argv[1]
job = json.load(open(os.path.join(folder, "job.json")))


def read(name, kind):
    return np.fromfile(os.path.join(folder, name + ".bin"), kind)


def csr(name, rows):
    if name not in job["features"]:
        return None
    parts = (read(name + ".values", np.float32), read(name + ".indices", np.int32), read(name + ".offsets", np.int32))
    return sp.csr_matrix(parts, shape=(rows, job["features"][name]))


shape = (job["users"], job["items"])
places = (read("rows", np.int32), read("columns", np.int32))
interactions = sp.coo_matrix((read("values", np.float32), places), shape=shape)
weights = sp.coo_matrix((read("weights", np.float32), places), shape=shape)
features = dict(item_features=csr("items", shape[1]), user_features=csr("users", shape[0]))
seconds = {}
for case in job["cases"]:
    model = LightFM(**case["options"])
    given = {side: features[side] if case["features"] else None for side in features}
    sample_weight = weights if case["weights"] else None
    done = 0
    for epochs in case["epochs"]:
        started = time.perf_counter()
        model.fit_partial(
            interactions, sample_weight=sample_weight, epochs=epochs - done, num_threads=case.get("threads", 1), **given
        )
        seconds["%s %d" % (case["name"], epochs)] = time.perf_counter() - started
        done = epochs

        def write(name, array, kind=np.float32):
            np.ascontiguousarray(array, kind).tofile(os.path.join(folder, "%s.%d.%s.bin" % (case["name"], epochs, name)))

        if case["want"] == "parameters":
            write("itemEmbeddings", model.item_embeddings)
            write("itemBiases", model.item_biases)
            write("userEmbeddings", model.user_embeddings)
            write("userBiases", model.user_biases)
            everything = sp.csr_matrix(np.ones(shape, np.float32))
            write("ranks", model.predict_rank(everything, **given).toarray())
        elif case["want"] == "vectors":
            biases, vectors = model.get_item_representations(given["item_features"])
            write("items", np.column_stack([vectors, biases]))
            biases, vectors = model.get_user_representations(given["user_features"])
            write("users", np.column_stack([vectors, biases]))
json.dump(seconds, open(os.path.join(folder, "seconds.json"), "w"))
