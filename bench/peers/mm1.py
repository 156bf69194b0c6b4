"""M/M/1, FIFO, rho = 0.8, mean service 1 ms, as SimPy's manual writes it. Prints a line of JSON."""
import json
import random
import sys
import time

import simpy

customers = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
arrivals = random.Random(1)
services = random.Random(2)
total_ms = 0.0
served = 0


def customer(env, server, done):
    global total_ms, served
    arrived = env.now
    with server.request() as slot:
        yield slot
        yield env.timeout(services.expovariate(1.0))
    total_ms += env.now - arrived
    served += 1
    if served == customers:
        done.succeed()


def source(env, server, done):
    while True:
        env.process(customer(env, server, done))
        yield env.timeout(arrivals.expovariate(0.8))


started = time.process_time()
env = simpy.Environment()
done = env.event()
env.process(source(env, simpy.Resource(env, capacity=1), done))
env.run(until=done)
seconds = time.process_time() - started
print(json.dumps({"requests": served, "seconds": seconds, "meanMs": total_ms / served}))
