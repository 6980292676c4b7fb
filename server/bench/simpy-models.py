"""The counterpart of `verkstad bench simpy`: two models of labs/cells/theory as one writes them in SimPy.

    python3 simpy-models.py mm1|unreliable-line SECONDS SEED

prints {"finished": parts, "figure": mean wait in s or throughput in 1/s, "cpuS": seconds of CPU time}.
"""

import json
import random
import sys
import time

import simpy


def mm1(env, luck, totals):
    """Arrivals every exponential 1.25 s, one server, exponential 1 s. Figure: mean time in the queue."""
    server = simpy.Resource(env)

    def customer():
        arrived = env.now
        with server.request() as turn:
            yield turn
            totals["waited"] += env.now - arrived
            totals["begun"] += 1
            yield env.timeout(luck.expovariate(1))
        totals["finished"] += 1

    def source():
        while True:
            yield env.timeout(luck.expovariate(0.8))
            env.process(customer())

    env.process(source())
    return lambda: totals["waited"] / totals["begun"]


def unreliable_line(env, luck, totals):
    """Three machines, exponential 1 s, failing after exponential 50 s of work, repaired in exponential 5 s, buffers of 4."""
    buffers = [simpy.Store(env, capacity=4) for _ in range(2)]

    def machine(source, target):
        to_failure = luck.expovariate(1 / 50)
        while True:
            part = (yield source.get()) if source else env.now
            work = luck.expovariate(1)
            while to_failure < work:
                yield env.timeout(to_failure)
                work -= to_failure
                yield env.timeout(luck.expovariate(1 / 5))
                to_failure = luck.expovariate(1 / 50)
            yield env.timeout(work)
            to_failure -= work
            if target:
                yield target.put(part)
            else:
                totals["finished"] += 1

    for source, target in zip([None, *buffers], [*buffers, None]):
        env.process(machine(source, target))
    return lambda: totals["finished"] / env.now


MODELS = {"mm1": mm1, "unreliable-line": unreliable_line}


def main(name, seconds, seed):
    totals = {"waited": 0.0, "begun": 0, "finished": 0}
    env = simpy.Environment()
    figure = MODELS[name](env, random.Random(seed), totals)
    before = time.process_time()
    env.run(until=seconds)
    cpu = time.process_time() - before
    print(json.dumps({"finished": totals["finished"], "figure": figure(), "cpuS": cpu}))


main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
