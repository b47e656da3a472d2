"""Gradio's own client for Python against the demo: `gradioClient.py ADDRESS PICTURE FOLDER`, the last for what
it downloads. Ends with code 0 when all is well."""

import contextlib
import io
import os
import sys
import time

os.environ.update(HF_HUB_DISABLE_TELEMETRY="1", HF_HUB_OFFLINE="1", GRADIO_ANALYTICS_ENABLED="False")

import certifi

address, picture, downloads = sys.argv[1:4]

# The client reads the web's certificates anew for each call. This server has none: the first one of them will do.
LAST_LINE = "-----END CERTIFICATE-----"
os.makedirs(downloads, exist_ok=True)
os.environ["TMPDIR"] = downloads  # where the client leaves an empty folder for each file
os.environ["SSL_CERT_FILE"] = os.path.join(downloads, "certificate.pem")
with open(os.environ["SSL_CERT_FILE"], "w") as file:
    file.write(certifi.contents().split(LAST_LINE)[0] + LAST_LINE + "\n")

from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from gradio_client.utils import Status

client = Client(address, verbose=False, download_files=downloads)


def check(name, right):
    print("ok" if right else "WRONG", name, flush=True)
    if not right:
        sys.exit(1)


def refused(name, wanted, *values):
    try:
        client.predict(*values, api_name=name)
    except AppError as error:
        check(f"{name} refuses {values}: {error}", wanted in str(error) and error.title == "Refused")
    else:
        check(f"{name} refuses {values}", False)


def quietly(action):
    with contextlib.redirect_stdout(io.StringIO()):
        return action()


api = quietly(lambda: client.view_api(return_format="dict"))["named_endpoints"]
check("lists the API", list(api) == ["/classify", "/recommend", "/recommend_to_newcomer", "/similar", "/forecast"])
check("tells it to people", "predict(user, count, api_name=\"/recommend\")" in quietly(lambda: client.view_api(return_format="str")))

label, seen = client.predict(handle_file(picture), api_name="/classify")
check("uploads a picture", len(label["confidences"]) > 1 and label["label"] == label["confidences"][0]["label"])
check("fetches the picture in the answer", open(seen, "rb").read(4) == b"\x89PNG")

gallery, details = client.predict("1", 1, api_name="/recommend")
check("calls by place", len(gallery) == 1 and len(details) == 1 and os.path.exists(gallery[0]["image"]))
gallery, details = client.predict(user="1", api_name="/recommend")
check("calls by name", len(details) > 1)
check("sends JSON", len(client.predict(liked=[0], count=2, api_name="/recommend_to_newcomer")[1]) == 2)
outlook, weeks = client.predict("Bag", 3, api_name="/forecast")
check("reads JSON and tables", len(outlook["forecast"]) == 3 and len(weeks["data"]) == 3)

refused("/recommend", "There is no user \"nobody\"", "nobody")
refused("/recommend", "it must be a whole number from 1 to 100", "1", 5000)
refused("/recommend", "was given 3 values; it takes 2: user, count", "1", 5, 6)
refused("/classify", "This is no PNG, JPEG, WebP or GIF file", handle_file(__file__))
refused("/classify", "files are taken neither from other servers", handle_file("http://127.0.0.1:9/a.png"))

jobs = [client.submit(handle_file(picture), api_name="/classify") for _ in range(60)]
seen = set()
while not all(job.done() for job in jobs):
    seen.update(job.status().code for job in jobs)
    time.sleep(0.005)
check("answers sixty calls", all(job.result()[0]["label"] == label["label"] for job in jobs))
check(f"tells how calls are getting on: {sorted(code.name for code in seen)}", len(seen) > 1 or Status.FINISHED in seen)

client.close()
print("all is well", flush=True)
