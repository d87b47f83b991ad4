"""Requests that schemathesis makes of /openapi.json, sent to a daemon; run by api-fuzz in the environment that has it.

Prints one JSON line: how many cases, the statuses of their answers, and every failure.

usage: schema_cases.py SOCKET CASES SEED WORLD    WORLD: the JSON of jobs and checkpoints to ask for
"""

import collections
import json
import sys
import urllib.request

sys.dont_write_bytecode = True

import schemathesis  # noqa: E402
from schemathesis.config import SchemathesisConfig  # noqa: E402
from schemathesis.engine import from_schema  # noqa: E402
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished  # noqa: E402

from forwarder import forwarder  # noqa: E402


def known_or_any(known, schema):
    """Generated values alone would hardly ever name a job that there is."""
    return {"anyOf": [{"enum": known}, schema]}


def prepared(document, world):
    """The description with names of real things in it, and without the one call that ends the daemon."""
    parameters = document["components"]["parameters"]
    parameters["Job"]["schema"] = known_or_any(world["jobs"], parameters["Job"]["schema"])
    for name in ("Checkpoint", "OtherCheckpoint"):
        parameters[name]["schema"] = known_or_any(world["checkpoints"], parameters[name]["schema"])
    del document["paths"]["/v1/daemon/shutdown"]
    # The socket asks for no token.
    del document["security"]
    # A job that runs for long has a stream that is as long.
    follow = document["paths"]["/v1/jobs/{job}/updates"]["get"]["parameters"]
    follow[0] = parameters["Job"] | {"schema": known_or_any(world["rested"], {"type": "string", "minLength": 1})}
    # Only these are removed; the others stay for the other requests.
    remove = document["paths"]["/v1/jobs/{job}"]["delete"]["parameters"]
    remove[0] = parameters["Job"] | {"schema": known_or_any(world["doomed"], {"type": "string", "minLength": 1})}
    start = document["paths"]["/v1/jobs"]["post"]["requestBody"]["content"]["application/json"]
    start["example"] = world["start"]
    return document


def configuration(url, seed, examples):
    return SchemathesisConfig.from_dict({
        "seed": seed,
        "base-url": url,
        "request-timeout": 30,
        "continue-on-failure": True,
        "generation": {"max-examples": examples},
        # Chains of calls follow jobs that they have just started, for as long as those run.
        "phases": {"stateful": {"enabled": False}},
        "checks": {
            # What a spec must be like to be accepted is no matter of this schema.
            "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404", "409", "422"]},
        },
    })


class Result:
    def __init__(self):
        self.cases = 0
        self.statuses = collections.Counter()
        self.operations = set()
        self.failures = {}

    def take(self, event):
        if isinstance(event, FatalError):
            self.fail("engine", "fatal", repr(event.exception), "")
        elif isinstance(event, NonFatalError):
            self.fail(event.label, "error", repr(event.value), "")
        elif isinstance(event, ScenarioFinished):
            self.cases += len(event.recorder.interactions)
            self.operations.add(event.recorder.label)
            for interaction in event.recorder.interactions.values():
                status = interaction.response.status_code if interaction.response else "none"
                self.statuses[str(status)] += 1
            for checks in event.recorder.checks.values():
                for check in checks:
                    if check.failure_info:
                        self.fail(event.recorder.label, check.name, str(check.failure_info.failure),
                                  check.failure_info.code_sample)

    def fail(self, operation, check, message, sample):
        """The first of its kind is enough."""
        first = self.failures.setdefault((operation, check), {
            "operation": operation, "check": check, "message": message[:500], "request": sample[:1500], "count": 0})
        first["count"] += 1


def main():
    socket, cases, seed, world = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), json.loads(sys.argv[4])
    result = Result()
    with forwarder(socket) as url:
        while result.cases < cases:
            before = result.cases
            document = json.load(urllib.request.urlopen(url + "/openapi.json"))
            schema = schemathesis.openapi.from_dict(
                prepared(document, world), config=configuration(url, seed, max(20, cases // 40)))
            for event in from_schema(schema).execute():
                result.take(event)
            print(f"{result.cases} cases, {len(result.failures)} kinds of failure", file=sys.stderr, flush=True)
            seed += 1
            if result.cases == before:
                break
    print(json.dumps({
        "cases": result.cases, "operations": len(result.operations), "statuses": dict(sorted(result.statuses.items())),
        "server_errors": sum(n for status, n in result.statuses.items() if status.startswith("5")),
        "failures": list(result.failures.values())}))


main()
