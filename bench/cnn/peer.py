"""A contender on Keras: `peer.py THREADS FOLDER [gpu]`. See cases.ts for what it is asked and answers."""

import json
import os
import sys
import time

threads = int(sys.argv[1])
os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="2")
if "gpu" not in sys.argv[3:]:
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
answers, sys.stdout = sys.stdout, sys.stderr

import keras
import numpy as np
import tensorflow as tf
from keras import layers

BATCH_SIZE = 32
PREDICTED_AT_ONCE = 256

tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(threads)
keras.utils.set_random_seed(42)
images = np.fromfile(os.path.join(sys.argv[2], "images.bin"), np.float32).reshape(-1, 28, 28, 1)
labels = np.fromfile(os.path.join(sys.argv[2], "labels.bin"), np.uint8)


def convolution(filters):
    return layers.Conv2D(filters, 3, activation="relu")


def build(name):
    middle = [] if name == "A" else [convolution(64)]
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            convolution(32),
            layers.MaxPooling2D(2),
            convolution(64),
            layers.MaxPooling2D(2),
            *middle,
            layers.Flatten(),
            layers.Dense(128 if name == "A" else 64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


nets = {}


def net(name):
    """The net, compiled for training, and its call as a graph."""
    if name not in nets:
        model = build(name)
        model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
        nets[name] = (model, tf.function(model))
    return nets[name]


class Stopwatch(keras.callbacks.Callback):
    """Times the steps of an epoch, without the tenth of a second in which fit() prepares them."""

    started = None

    def on_train_batch_begin(self, batch, logs=None):
        self.started = self.started or time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds = time.perf_counter() - self.started


def train(name, steps):
    stopwatch = Stopwatch()
    count = steps * BATCH_SIZE
    net(name)[0].fit(images[:count], labels[:count], batch_size=BATCH_SIZE, verbose=0, callbacks=[stopwatch])
    return stopwatch.seconds


def predict(name, count):
    started = time.perf_counter()
    net(name)[0].predict(images[:count], batch_size=PREDICTED_AT_ONCE, verbose=0)
    return time.perf_counter() - started


def call(name, count):
    graph = net(name)[1]
    started = time.perf_counter()
    for start in range(0, count, PREDICTED_AT_ONCE):
        graph(images[start : min(count, start + PREDICTED_AT_ONCE)]).numpy()
    return time.perf_counter() - started


def answer(task):
    try:
        seconds = {"train": train, "predict": predict, "call": call}[task["work"]](task["net"], task["count"])
        return {"seconds": seconds, "parameters": net(task["net"])[0].count_params()}
    except Exception as error:
        return {"error": repr(error)}


def say(what):
    print(json.dumps(what), file=answers, flush=True)


gpus = tf.config.list_physical_devices("GPU")
place = "the GPU" if gpus else "%d thread%s of the CPU" % (threads, "" if threads == 1 else "s")
say({"description": "Keras %s on TensorFlow %s: %s" % (keras.__version__, tf.__version__, place)})
for line in sys.stdin:
    say(answer(json.loads(line)))
