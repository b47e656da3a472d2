"""A contender on Keras: `peer.py THREADS`. The nets of nets.ts; see tasks.ts for what it is asked and answers."""

import json
import math
import os
import resource
import sys
import time

threads = int(sys.argv[1])
os.environ.update(KERAS_BACKEND="tensorflow", CUDA_VISIBLE_DEVICES="-1", TF_CPP_MIN_LOG_LEVEL="2")
answers, sys.stdout = sys.stdout, sys.stderr

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(threads)
keras.utils.set_random_seed(42)
random = np.random.default_rng(1)

WORDS = 10_000
LATENT = 16
BYTES_OF_RSS = 1 if sys.platform == "darwin" else 1024


def images(side, channels=1):
    return lambda count: (
        random.random((count, side, side, channels), np.float32),
        random.integers(0, 10, (count, 1)).astype(np.float32),
    )


def rows(side):
    return lambda count: (
        random.random((count, side, side), np.float32),
        random.integers(0, 10, (count, 1)).astype(np.float32),
    )


def texts(length, padded=False):
    def draw(count):
        words = random.integers(1, WORDS, (count, length)).astype(np.float32)
        if padded:
            words[np.arange(length) >= random.integers(1, length + 1, (count, 1))] = 0
        return words, random.integers(0, 2, (count, 1)).astype(np.float32)

    return draw


class Stopwatch(keras.callbacks.Callback):
    """Times the steps of an epoch, without the tenth of a second in which fit() prepares them."""

    started = None

    def on_train_batch_begin(self, batch, logs=None):
        self.started = self.started or time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds = time.perf_counter() - self.started


class Fitted:
    """A program of plain fit()."""

    def __init__(self, model, draw, batch=64, loss="sparse_categorical_crossentropy"):
        metrics = ["accuracy"] if loss != "mse" else []
        model.compile(optimizer="adam", loss=loss, metrics=metrics)
        self.model, self.draw, self.batch, self.drawn = model, draw, batch, {}
        self.compiled = tf.function(lambda x: model(x, training=False))

    def parameters(self):
        return sum(math.prod(weight.shape) for weight in self.model.trainable_weights)

    def examples(self, count):
        if count not in self.drawn:
            self.drawn = {count: self.draw(count)}
        return self.drawn[count]

    def train(self, steps):
        x, y = self.examples(steps * self.batch)
        stopwatch = Stopwatch()
        self.model.fit(x, y, batch_size=self.batch, verbose=0, shuffle=False, callbacks=[stopwatch])
        return stopwatch.seconds

    def predict(self, steps):
        x, _ = self.examples(steps * self.batch)
        started = time.perf_counter()
        for start in range(0, len(x), 256):
            self.compiled(x[start : start + 256]).numpy()
        return time.perf_counter() - started


class Stepped:
    """A program whose step is written out, one graph."""

    def __init__(self, models, step):
        self.models, self.step = models, tf.function(step)

    def parameters(self):
        return sum(math.prod(weight.shape) for model in self.models for weight in model.trainable_weights)

    def train(self, steps):
        started = time.perf_counter()
        for _ in range(steps):
            self.step().numpy()
        return time.perf_counter() - started


def conv(filters, size=3, **more):
    return layers.Conv2D(filters, size, **{"padding": "same", "activation": "relu", **more})


def bare(filters, size=3, **more):
    return conv(filters, size, use_bias=False, activation=None, **more)


def classifier(model_input, x):
    return keras.Model(model_input, layers.Dense(10, activation="softmax")(x))


def original_a():
    net = [conv(32, padding="valid"), layers.MaxPooling2D(), conv(64, padding="valid"), layers.MaxPooling2D()]
    head = [layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(10, activation="softmax")]
    return Fitted(keras.Sequential([keras.Input((28, 28, 1)), *net, *head]), images(28), batch=32)


def batch_norm_cnn():
    model_input = x = keras.Input((28, 28, 1))
    for filters in (32, 64):
        for _ in range(2):
            x = layers.ReLU()(layers.BatchNormalization()(bare(filters)(x)))
        x = layers.Dropout(0.25)(layers.MaxPooling2D()(x))
    x = layers.Dense(128, activation="relu")(layers.Flatten()(x))
    return Fitted(classifier(model_input, layers.Dropout(0.5)(x)), images(28))


def residual():
    def normed(x, filters, strides=1, size=3):
        return layers.BatchNormalization()(bare(filters, size, strides=strides)(x))

    model_input = keras.Input((32, 32, 3))
    x = layers.ReLU()(normed(model_input, 16))
    for filters, strides in [(16, 1), (16, 1), (32, 2), (32, 1), (64, 2), (64, 1)]:
        inner = normed(layers.ReLU()(normed(x, filters, strides)), filters)
        outer = x if strides == 1 and x.shape[-1] == filters else normed(x, filters, strides, 1)
        x = layers.ReLU()(layers.Add()([inner, outer]))
    return Fitted(classifier(model_input, layers.GlobalAveragePooling2D()(x)), images(32, 3))


def mobile_net():
    def normed():
        return [layers.BatchNormalization(), layers.ReLU(6.0)]

    net = [bare(32), *normed()]
    for filters, strides in [(64, 1), (128, 2), (128, 1), (256, 2)]:
        net += [layers.DepthwiseConv2D(3, strides=strides, padding="same", use_bias=False), *normed()]
        net += [bare(filters, 1), *normed()]
    head = [layers.GlobalAveragePooling2D(), layers.Dense(10, activation="softmax")]
    return Fitted(keras.Sequential([keras.Input((32, 32, 3)), *net, *head]), images(32, 3))


def separable():
    net = [conv(32)]
    for filters in (64, 128):
        net += [layers.SeparableConv2D(filters, 3, padding="same", activation="relu"), layers.MaxPooling2D()]
    head = [layers.GlobalAveragePooling2D(), layers.Dense(10, activation="softmax")]
    return Fitted(keras.Sequential([keras.Input((28, 28, 1)), *net, *head]), images(28))


def transposed(filters, size=3, **more):
    return layers.Conv2DTranspose(filters, size, **{"strides": 2, "padding": "same", "activation": "relu", **more})


def autoencoder():
    down = [conv(32, strides=2), conv(64, strides=2)]
    up = [transposed(64), transposed(32), conv(1, activation="sigmoid")]

    def draw(count):
        x = random.random((count, 28, 28, 1), np.float32)
        return x, x

    return Fitted(keras.Sequential([keras.Input((28, 28, 1)), *down, *up]), draw, loss="binary_crossentropy")


def u_net():
    def pair(x, filters):
        return conv(filters)(conv(filters)(x))

    def up(x, beside):
        return layers.Concatenate()([layers.UpSampling2D()(x), beside])

    model_input = keras.Input((64, 64, 3))
    first = pair(model_input, 16)
    second = pair(layers.MaxPooling2D()(first), 32)
    third = pair(layers.MaxPooling2D()(second), 64)
    output = pair(up(pair(up(third, second), 32), first), 16)
    model = keras.Model(model_input, conv(1, 1, activation="sigmoid")(output))

    def draw(count):
        mask = (random.random((count, 64, 64, 1)) > 0.5).astype(np.float32)
        return random.random((count, 64, 64, 3), np.float32), mask

    return Fitted(model, draw, batch=16, loss="binary_crossentropy")


def transfer():
    net = [conv(32), layers.MaxPooling2D(), conv(64), layers.MaxPooling2D(), conv(128)]
    base = keras.Sequential([keras.Input((32, 32, 3)), *net, layers.GlobalAveragePooling2D()])
    base.trainable = False
    head = [layers.Dense(64, activation="relu"), layers.Dropout(0.3), layers.Dense(10, activation="softmax")]
    return Fitted(keras.Sequential([keras.Input((32, 32, 3)), base, *head]), images(32, 3))


def vae():
    model_input = keras.Input((28, 28, 1))
    x = layers.Flatten()(conv(64, strides=2)(conv(32, strides=2)(model_input)))
    x = layers.Dense(64, activation="relu")(x)
    encoder = keras.Model(model_input, [layers.Dense(LATENT)(x), layers.Dense(LATENT)(x)])
    up = [transposed(64), transposed(32), transposed(1, strides=1, activation="sigmoid")]
    decoder = keras.Sequential(
        [keras.Input((LATENT,)), layers.Dense(7 * 7 * 64, activation="relu"), layers.Reshape((7, 7, 64)), *up]
    )
    optimizer = keras.optimizers.Adam(0.001)
    weights = encoder.trainable_weights + decoder.trainable_weights
    optimizer.build(weights)
    pictures = tf.constant(random.random((64, 28, 28, 1), np.float32))

    def step():
        with tf.GradientTape() as tape:
            mean, log_variance = encoder(pictures, training=True)
            code = mean + tf.exp(0.5 * log_variance) * tf.random.normal(tf.shape(mean))
            safe = tf.clip_by_value(decoder(code, training=True), 1e-7, 1 - 1e-7)
            entropy = -(pictures * tf.math.log(safe) + (1 - pictures) * tf.math.log(1 - safe))
            reconstruction = tf.reduce_mean(tf.reduce_sum(entropy, [1, 2, 3]))
            divergence = 1 + log_variance - tf.square(mean) - tf.exp(log_variance)
            loss = reconstruction + tf.reduce_mean(-0.5 * tf.reduce_sum(divergence, 1))
        optimizer.apply(tape.gradient(loss, weights), weights)
        return loss

    return Stepped([encoder, decoder], step)


def gan():
    start = [layers.Dense(7 * 7 * 64, use_bias=False), layers.BatchNormalization(), layers.LeakyReLU(0.2)]
    middle = [transposed(32, 4, use_bias=False, activation=None), layers.BatchNormalization(), layers.LeakyReLU(0.2)]
    generator = keras.Sequential(
        [keras.Input((64,)), *start, layers.Reshape((7, 7, 64)), *middle, transposed(1, 4, activation="tanh")]
    )
    net = []
    for filters in (32, 64):
        net += [conv(filters, 4, strides=2, activation=None), layers.LeakyReLU(0.2), layers.Dropout(0.3)]
    critic = keras.Sequential([keras.Input((28, 28, 1)), *net, layers.Flatten(), layers.Dense(1)])
    of_generator, of_critic = [keras.optimizers.Adam(0.0002, beta_1=0.5) for _ in range(2)]
    of_generator.build(generator.trainable_weights)
    of_critic.build(critic.trainable_weights)
    real = tf.constant(2 * random.random((64, 28, 28, 1), np.float32) - 1)

    def entropy(truth, logits):
        return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(truth(logits), logits))

    def step():
        with tf.GradientTape() as tape:
            made = generator(tf.random.normal((64, 64)), training=True)
            of_real = entropy(tf.ones_like, critic(real, training=True))
            judged = of_real + entropy(tf.zeros_like, critic(made, training=True))
        of_critic.apply(tape.gradient(judged, critic.trainable_weights), critic.trainable_weights)
        with tf.GradientTape() as tape:
            made = generator(tf.random.normal((64, 64)), training=True)
            fooled = entropy(tf.ones_like, critic(made, training=True))
        of_generator.apply(tape.gradient(fooled, generator.trainable_weights), generator.trainable_weights)
        return judged + fooled

    return Stepped([generator, critic], step)


def on_rows(*net):
    return Fitted(keras.Sequential([keras.Input((28, 28)), *net, layers.Dense(10, activation="softmax")]), rows(28))


def on_texts(*net, padded=False):
    model = keras.Sequential([keras.Input((80,)), *net, layers.Dense(1, activation="sigmoid")])
    return Fitted(model, texts(80, padded), loss="binary_crossentropy")


def lstm():
    return on_rows(layers.LSTM(128))


def gru():
    return on_rows(layers.GRU(128, reset_after=False))


def bidirectional():
    first = layers.Bidirectional(layers.LSTM(64, return_sequences=True))
    return on_rows(first, layers.Bidirectional(layers.LSTM(64)))


def mlp():
    net = [layers.Dense(512, activation="relu"), layers.Dropout(0.2), layers.Dense(256, activation="relu")]
    return on_rows(layers.Flatten(), *net, layers.Dropout(0.2))


def convolved_text():
    net = [layers.Embedding(WORDS, 64), layers.Conv1D(128, 5, activation="relu"), layers.GlobalMaxPooling1D()]
    return on_texts(*net, layers.Dense(64, activation="relu"), layers.Dropout(0.5))


def masked_lstm():
    return on_texts(layers.Embedding(WORDS, 64, mask_zero=True), layers.LSTM(64), padded=True)


def embedded_text():
    net = [layers.Embedding(WORDS, 64), layers.GlobalAveragePooling1D()]
    return on_texts(*net, layers.Dense(64, activation="relu"))


def conv_lstm():
    net = [layers.ConvLSTM2D(16, 3, padding="same"), layers.GlobalAveragePooling2D()]
    model = keras.Sequential([keras.Input((8, 32, 32, 1)), *net, layers.Dense(10, activation="softmax")])

    def draw(count):
        labels = random.integers(0, 10, (count, 1)).astype(np.float32)
        return random.random((count, 8, 32, 32, 1), np.float32), labels

    return Fitted(model, draw, batch=8)


class SelfAttention(layers.Layer):
    def __init__(self, heads):
        super().__init__()
        self.heads = heads

    def build(self, shape):
        self.all = [self.add_weight(shape=(shape[-1], shape[-1]), name=name) for name in "qkvo"]

    def call(self, x):
        length, width = x.shape[1], x.shape[2]
        size = width // self.heads

        def project(weight):
            return ops.transpose(ops.reshape(ops.matmul(x, weight), (-1, length, self.heads, size)), (0, 2, 1, 3))

        query, key, value = [project(weight) for weight in self.all[:3]]
        scores = ops.softmax(ops.matmul(query, ops.transpose(key, (0, 1, 3, 2))) * (1 / math.sqrt(size)))
        read = ops.reshape(ops.transpose(ops.matmul(scores, value), (0, 2, 1, 3)), (-1, length, width))
        return ops.matmul(read, self.all[3])


class Positions(layers.Layer):
    def build(self, shape):
        self.places = self.add_weight(shape=shape[1:], name="places")

    def call(self, x):
        return x + self.places


def transformer():
    def normed(x):
        return layers.LayerNormalization(epsilon=1e-6)(x)

    model_input = keras.Input((28, 28, 1))
    x = layers.Reshape((49, 64))(layers.Conv2D(64, 4, strides=4)(model_input))
    x = Positions()(x)
    for _ in range(3):
        x = layers.Add()([x, SelfAttention(4)(normed(x))])
        inner = layers.Dense(64)(layers.Activation("gelu")(layers.Dense(128)(normed(x))))
        x = layers.Add()([x, inner])
    return Fitted(classifier(model_input, layers.GlobalAveragePooling1D()(normed(x))), images(28))


NETS = {
    "batchNormCnn": batch_norm_cnn,
    "residual": residual,
    "mobileNet": mobile_net,
    "separable": separable,
    "autoencoder": autoencoder,
    "uNet": u_net,
    "vae": vae,
    "gan": gan,
    "lstm": lstm,
    "gru": gru,
    "bidirectional": bidirectional,
    "transformer": transformer,
    "convolvedText": convolved_text,
    "maskedLstm": masked_lstm,
    "transfer": transfer,
    "convLstm": conv_lstm,
    "mlp": mlp,
    "embeddedText": embedded_text,
    "originalA": original_a,
}
programs = {}


def answer(task):
    try:
        name = task["net"]
        if name not in programs:
            programs[name] = NETS[name]()
        seconds = getattr(programs[name], task["work"])(task["count"])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_OF_RSS
        return {"seconds": seconds, "parameters": programs[name].parameters(), "megabytes": peak / 1e6}
    except Exception as error:
        return {"error": repr(error)}


def say(what):
    print(json.dumps(what), file=answers, flush=True)


versions = (keras.__version__, tf.__version__, threads, "" if threads == 1 else "s")
say({"description": "Keras %s on TensorFlow %s: %d thread%s of the CPU" % versions})
for line in sys.stdin:
    say(answer(json.loads(line)))
