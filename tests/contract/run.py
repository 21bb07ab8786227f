"""The API held to its own description by a stranger: starts the demo, signs in as people of different roles, lets
schemathesis make requests of `/api/v1/openapi.json` (fitting and unfitting ones), ends with 1 when an answer was not
what the description says, or a failure of the server. Knows of the product only what its description tells, and which
people and lists give it identifiers that exist.

    python run.py --chancery BINARY [--seconds N] [--seed N]

`--seconds` is how long each person asks. With one `--seed` the same requests are made in the same order; without, others each time.
"""

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request

PASSWORD = "open sesame 2026"

# One who keeps the register, one who keeps the people, one who only reads: what each may do is refused to the others.
PEOPLE = ["figueiredo", "sobczynska", "hruskova"]

# How long the demo may take to make its headquarters and listen.
PATIENCE = 180

# These end the session that asks, or count towards the lock-out of the person who does.
EXCLUDED = r"^/api/v1/sign-(in|out)"

# A request that fits the description may still be refused by a rule (an unknown registry, a day before another):
# schemathesis cannot know those, so that it is no finding when it is told so in a described refusal.
UNJUDGED = "positive_data_acceptance"


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def start_demo(binary, folder):
    """The demo in a process of its own, and its origin once it has said that it listens."""
    child = subprocess.Popen(
        [binary, "demo", os.path.join(folder, "headquarters"), "--listen", f"127.0.0.1:{free_port()}"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    watchdog = threading.Timer(PATIENCE, child.kill)
    watchdog.start()
    for line in child.stdout:
        found = re.search(r"http://[0-9.:]+", line)
        if found:
            watchdog.cancel()
            # Whatever it says later must not fill the pipe.
            threading.Thread(target=child.stdout.read, daemon=True).start()
            return child, found.group(0)
    sys.exit("the demo did not start")


def ask(origin, path, token=None, body=None):
    request = urllib.request.Request(origin + path)
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    if body is not None:
        request.add_header("Content-Type", "application/json")
        request.data = json.dumps(body).encode()
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError:
        # Not for this person; then he has no identifier of that kind either.
        return None


def identifiers(value):
    """The values of every member `id`, and those of every member `code`, in order."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name in ("id", "code") and isinstance(member, str):
                yield name, member
            yield from identifiers(member)
    elif isinstance(value, list):
        for member in value:
            yield from identifiers(member)


def first(value, name):
    return next((found for kind, found in identifiers(value) if kind == name), None)


def of_custody(origin, token, registries, path, rows):
    """The first thing of a list of custody, of whichever registry this person is of the staff."""
    for kind, code in identifiers(registries):
        listed = kind == "code" and ask(origin, f"/api/v1/{path}?registry={code}&limit=1", token)
        if listed and listed[rows]:
            return {"id": listed[rows][0]["id"]}
    return None


def parameters(origin, token):
    """What stands in paths, by the beginning of the path: identifiers that exist for this person."""
    registries = ask(origin, "/api/v1/registries", token)
    registry = first(registries, "code")
    within = {
        "documents/{id}": ("id", ask(origin, f"/api/v1/documents?registry={registry}&limit=1", token)),
        "files/{id}": ("id", ask(origin, f"/api/v1/files?registry={registry}&limit=1", token)),
        "people/{id}": ("id", ask(origin, "/api/v1/people", token)),
        "proposals/{id}": ("id", ask(origin, "/api/v1/proposals", token)),
        "series/{code}": ("code", ask(origin, "/api/v1/series", token)),
        "registries/{code}": ("code", registries),
    }
    for path in ("copies", "dispatches", "destructions", "incidents", "musters"):
        rows = "certificates" if path == "destructions" else path
        within[path + "/{id}"] = ("id", of_custody(origin, token, registries, path, rows))
    for beginning, (name, answer) in within.items():
        found = first(answer, name)
        if found is not None:
            yield "/api/v1/" + beginning, name, found


def configuration(origin, token):
    """A line for each path that begins with something that exists."""
    lines = []
    described = ask(origin, "/api/v1/openapi.json")["paths"]
    for beginning, name, found in parameters(origin, token):
        for path, methods in described.items():
            if path != beginning and not path.startswith(beginning + "/"):
                continue
            for method in methods:
                values = {f"path.{name}": found}
                values.update({f"path.{number}": 1 for number in ("n", "position", "page") if f"{{{number}}}" in path})
                written = ", ".join(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in values.items())
                operation = f"{method.upper()} {path}"
                lines.append(f"[[operations]]\ninclude-name = {json.dumps(operation)}\nparameters = {{ {written} }}\n")
    return "\n".join(lines)


def held(origin, person, seconds, seed, folder):
    """Whether everything that this person was answered is as described."""
    token = ask(origin, "/api/v1/sign-in", body={"login": person, "password": PASSWORD, "name": "contract"})["token"]
    settings = os.path.join(folder, f"{person}.toml")
    with open(settings, "w") as file:
        file.write(configuration(origin, token))
    tool = os.path.join(os.path.dirname(sys.executable), "schemathesis")
    print(f"== as {person}", flush=True)
    seeded = [] if seed is None else ["--seed", str(seed)]
    return subprocess.run(
        [tool, "--config-file", settings, "run", origin + "/api/v1/openapi.json",
         "--header", f"Authorization: Bearer {token}", "--continue-on-failure", "--max-time", str(seconds),
         "--exclude-path-regex", EXCLUDED, "--exclude-checks", UNJUDGED, "--warnings", "off", "--no-color",
         "--generation-database", "none", "--request-timeout", "30", *seeded],
        cwd=folder).returncode == 0


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--chancery", required=True)
    asked.add_argument("--seconds", type=int, default=30)
    asked.add_argument("--seed", type=int)
    asked = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="chancery-contract-") as folder:
        demo, origin = start_demo(asked.chancery, folder)
        try:
            good = [held(origin, person, asked.seconds, asked.seed, folder) for person in PEOPLE]
        finally:
            demo.kill()
            demo.wait()
    sys.exit(0 if all(good) else 1)


main()
