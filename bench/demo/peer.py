"""A contender that serves the same network by Gradio: `peer.py FOLDER CALLS`. It says where, and for each line it hears
how much memory it takes. FOLDER holds weights.bin and weights.json; CALLS may run at the same time."""

import json
import os
import resource
import sys

answers, sys.stdout = sys.stdout, sys.stderr
os.environ.update(
    KERAS_BACKEND="tensorflow",
    CUDA_VISIBLE_DEVICES="-1",
    TF_CPP_MIN_LOG_LEVEL="2",
    GRADIO_ANALYTICS_ENABLED="False",
    HF_HUB_OFFLINE="1",
)

import gradio as gr
import keras
import numpy as np
import tensorflow as tf
from keras import layers
from PIL import Image

SIZE = 28
EDGE = 140
FAINT = 24
folder, calls = sys.argv[1], int(sys.argv[2])
threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(threads)

net = keras.Sequential(
    [
        keras.Input((SIZE, SIZE, 1)),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
with open(os.path.join(folder, "weights.json")) as file:
    described = json.load(file)
values = np.fromfile(os.path.join(folder, "weights.bin"), np.float32)
ends = np.cumsum([int(np.prod(shape)) for shape in described["shapes"]])
net.set_weights([part.reshape(shape) for part, shape in zip(np.split(values, ends[:-1]), described["shapes"])])
predict = tf.function(net, input_signature=[tf.TensorSpec((None, SIZE, SIZE, 1), tf.float32)])
predict(np.zeros((1, SIZE, SIZE, 1), np.float32))


def extent(counts, threshold):
    there = np.flatnonzero(counts > threshold)
    return (int(there[0]), int(there[-1]) + 1) if len(there) else (0, len(counts))


def to_fashion_form(image):
    """What toFashionForm does, by NumPy and Pillow."""
    image = image.convert("L")
    image.thumbnail((EDGE, EDGE), Image.BOX)
    grey = np.asarray(image, np.float32)
    height, width = grey.shape
    wide = max(1, round(min(width, height) / 50))
    border = np.concatenate([part.ravel() for part in (grey[:wide], grey[-wide:], grey[:, :wide], grey[:, -wide:])])
    level = np.median(border)
    spread = np.median(np.abs(border - level))
    lit = np.clip((level - grey) * 255 / level if level >= 128 else (grey - level) * 255 / (255 - level), 0, 255)
    lit = lit.round().astype(np.uint8)
    above = lit > FAINT / 2 + 4 * spread
    top, bottom = extent(above.sum(1), width / 200)
    left, right = extent(above.sum(0), height / 200)
    scale = SIZE / max(right - left, bottom - top)
    size = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    small = np.asarray(Image.fromarray(lit[top:bottom, left:right]).resize(size, Image.BOX))
    pixels = np.zeros((SIZE, SIZE), np.uint8)
    y, x = -(-(SIZE - size[1]) // 2), -(-(SIZE - size[0]) // 2)
    pixels[y : y + size[1], x : x + size[0]] = small
    most = int(pixels.max())
    return pixels if most < FAINT else (pixels.astype(np.float32) * 255 / most).round().astype(np.uint8)


def classify(image):
    pixels = to_fashion_form(image)
    shares = predict((pixels / np.float32(255)).reshape(1, SIZE, SIZE, 1)).numpy()[0]
    return dict(zip(described["names"], map(float, shares))), Image.fromarray(pixels)


def say(answer):
    print(json.dumps(answer), file=answers, flush=True)


def memory():
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    with open("/proc/self/statm") as file:
        return {"now": int(file.read().split()[1]) * resource.getpagesize() / 1e6, "most": most}


app = gr.Interface(classify, gr.Image(type="pil"), [gr.Label(), gr.Image()], api_name="classify", flagging_mode="never")
app.queue(default_concurrency_limit=calls, max_size=256)
_, url, _ = app.launch(prevent_thread_lock=True, quiet=True, server_name="127.0.0.1", inbrowser=False)
say({"url": url, "description": f"Gradio {gr.__version__} with Keras {keras.__version__} on TensorFlow {tf.__version__}, {calls} calls at a time"})
for _ in sys.stdin:
    say(memory())
os._exit(0)
