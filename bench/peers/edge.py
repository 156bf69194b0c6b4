"""The edge reference R1 (edge.md) as SimPy's manual would write it. Prints one line of JSON."""
import json
import random
import sys
import time
from bisect import bisect_left
from collections import OrderedDict
from itertools import accumulate
from math import frexp

import simpy

REGIONS, POPS, SERVERS_PER_POP, SLOTS = 200, 20, 8, 16
OBJECTS, EDGE_OBJECTS, SHIELD_OBJECTS = 1_000_000, 20_000, 160_000
ORIGIN_SLOTS, MAGLEV_SIZE = 4000, 65_537
SHIELD_MS, ORIGIN_MS, SERVICE_MS, ORIGIN_SERVICE_MS = 10.0, 20.0, 0.5, 20.0

wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
draw = random.Random(1)


def mix(x):
    x = ((x ^ (x >> 17)) * 0xED5AD4BB) & 0xFFFFFFFF
    x = ((x ^ (x >> 11)) * 0xAC4C1B51) & 0xFFFFFFFF
    x = ((x ^ (x >> 15)) * 0x31848BAB) & 0xFFFFFFFF
    return x ^ (x >> 14)


def maglev(pop):
    table = [None] * MAGLEV_SIZE
    servers = range(pop * SERVERS_PER_POP, (pop + 1) * SERVERS_PER_POP)
    at = {s: mix(s + 1) % MAGLEV_SIZE for s in servers}
    skip = {s: mix(~s & 0xFFFFFFFF) % (MAGLEV_SIZE - 1) + 1 for s in servers}
    filled = 0
    while True:
        for s in servers:
            while table[at[s]] is not None:
                at[s] = (at[s] + skip[s]) % MAGLEV_SIZE
            table[at[s]] = s
            filled += 1
            if filled == MAGLEV_SIZE:
                return table


class Lru(OrderedDict):
    def __init__(self, capacity):
        super().__init__()
        self.capacity = capacity

    def look_up(self, key):
        if key not in self:
            return False
        self.move_to_end(key)
        return True

    def store(self, key):
        self[key] = True
        self.move_to_end(key)
        if len(self) > self.capacity:
            self.popitem(last=False)


cumulative = list(accumulate((i + 1) ** -0.9 for i in range(OBJECTS)))
tables = [maglev(pop) for pop in range(POPS)]
hashes = [mix(o) % MAGLEV_SIZE for o in range(OBJECTS)]
edge = [Lru(EDGE_OBJECTS) for _ in range(POPS * SERVERS_PER_POP)]
shield = Lru(SHIELD_OBJECTS)
for o in range(OBJECTS):
    if len(shield) < SHIELD_OBJECTS:
        shield.store(o)
    for pop_table in tables:
        if len(edge[pop_table[hashes[o]]]) < EDGE_OBJECTS:
            edge[pop_table[hashes[o]]].store(o)

env = simpy.Environment()
servers = [simpy.Resource(env, SLOTS) for _ in edge]
origin = simpy.Resource(env, ORIGIN_SLOTS)
done = env.event()
histogram = {}
served = edge_hits = edge_lookups = shield_hits = shield_lookups = 0
sum_ms = 0.0


def request(region):
    global served, sum_ms, edge_hits, edge_lookups, shield_hits, shield_lookups
    arrived = env.now
    one_way = 2 + 0.3 * (region * 37 % 100)
    key = bisect_left(cumulative, draw.random() * cumulative[-1])
    server = tables[region % POPS][hashes[key]]
    yield env.timeout(one_way)
    with servers[server].request() as slot:
        yield slot
        yield env.timeout(draw.expovariate(1 / SERVICE_MS))
    edge_lookups += 1
    if edge[server].look_up(key):
        edge_hits += 1
    else:
        yield env.timeout(SHIELD_MS)
        shield_lookups += 1
        if shield.look_up(key):
            shield_hits += 1
        else:
            yield env.timeout(ORIGIN_MS)
            with origin.request() as slot:
                yield slot
                yield env.timeout(draw.expovariate(1 / ORIGIN_SERVICE_MS))
            yield env.timeout(ORIGIN_MS)
            shield.store(key)
        yield env.timeout(SHIELD_MS)
        edge[server].store(key)
    latency_ms = env.now + one_way - arrived
    significand, exponent = frexp(latency_ms)
    bucket = exponent * 128 + int(significand * 256)
    histogram[bucket] = histogram.get(bucket, 0) + 1
    sum_ms += latency_ms
    served += 1
    if served == wanted:
        done.succeed()


def source(region):
    while True:
        yield env.timeout(draw.expovariate(1.0))
        env.process(request(region))


for r in range(REGIONS):
    env.process(source(r))
started = time.process_time()
env.run(until=done)
seconds = time.process_time() - started
print(json.dumps({
    "requests": served,
    "seconds": seconds,
    "meanMs": sum_ms / served,
    "edgeHitRatio": edge_hits / edge_lookups,
    "shieldHitRatio": shield_hits / max(1, shield_lookups),
}))
