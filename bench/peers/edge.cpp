// The edge reference R1 (edge.md) written by hand: one event a hop, std::priority_queue, dense ids.
// Prints one line of JSON. Compiled with PLACES=10 it has ten times the POPs, regions and origin slots,
// with RATE=10 ten times the requests and slots.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <deque>
#include <queue>
#include <vector>

namespace {

#ifndef PLACES
#define PLACES 1
#endif
#ifndef RATE
#define RATE 1
#endif

constexpr int kRegions = 200 * PLACES, kPops = 20 * PLACES;
constexpr int kServersPerPop = 8, kServers = kPops * kServersPerPop;
constexpr int kSlots = 16 * RATE, kObjects = 1000000, kEdgeObjects = 20000, kShieldObjects = 160000;
constexpr int kOriginSlots = 4000 * PLACES * RATE, kMaglevSize = 65537;
constexpr double kMs = 1e6, kServiceNs = 0.5 * kMs, kOriginServiceNs = 20 * kMs;
constexpr double kGapNs = 1e9 / (1000.0 * RATE), kShieldNs = 10 * kMs, kOriginNs = 20 * kMs;

enum Kind : uint32_t {
  Arrival, PopReached, ServiceEnded, ShieldReached, OriginReached, OriginServiceEnded,
  ShieldFilled, EdgeFilled
};

struct Event {
  double timeNs;
  uint64_t sequence;
  uint32_t kind;
  uint32_t subject;
  bool operator<(const Event& other) const {
    return timeNs > other.timeNs || (timeNs == other.timeNs && sequence > other.sequence);
  }
};

struct Random {  // sfc32 (PractRand)
  uint32_t a, b, c, counter;
  explicit Random(uint32_t seed) : a(seed), b(seed * 2654435761u), c(~seed), counter(1) {
    for (int i = 0; i < 12; i++) next();
  }
  uint32_t next() {
    const uint32_t result = a + b + counter++;
    a = b ^ (b >> 9);
    b = c + (c << 3);
    c = ((c << 21) | (c >> 11)) + result;
    return result;
  }
  double uniform() {
    const double high = next() >> 12;
    return (high * 4294967296.0 + next() + 0.5) * 0x1p-52;
  }
  double exponential(double mean) { return std::round(-mean * std::log(uniform())); }
};

uint32_t mix(uint32_t x) {
  x = (x ^ (x >> 17)) * 0xed5ad4bbu;
  x = (x ^ (x >> 11)) * 0xac4c1b51u;
  x = (x ^ (x >> 15)) * 0x31848babu;
  return x ^ (x >> 14);
}

struct Zipf {  // alias table
  std::vector<double> share;
  std::vector<uint32_t> alias;
  explicit Zipf(double alpha) : share(kObjects), alias(kObjects) {
    double sum = 0;
    for (int i = 0; i < kObjects; i++) sum += share[i] = std::pow(i + 1, -alpha);
    std::vector<uint32_t> small, large;
    for (int i = 0; i < kObjects; i++) {
      share[i] *= kObjects / sum;
      (share[i] < 1 ? small : large).push_back(i);
    }
    while (!small.empty() && !large.empty()) {
      const uint32_t s = small.back(), l = large.back();
      small.pop_back();
      alias[s] = l;
      share[l] -= 1 - share[s];
      if (share[l] < 1) { large.pop_back(); small.push_back(l); }
    }
    for (uint32_t i : small) share[i] = 1;
    for (uint32_t i : large) share[i] = 1;
  }
  uint32_t rank(double u) const {
    const double x = u * kObjects;
    const uint32_t i = static_cast<uint32_t>(x);
    return x - i < share[i] ? i : alias[i];
  }
};

// LRU over dense object ids. `slotOf` may be shared by caches that never hold the same object.
struct Lru {
  std::vector<uint32_t> object;
  std::vector<int32_t> before, after;
  std::vector<int32_t>* slotOf;
  int32_t size = 0, head = -1, tail = -1;
  Lru(int capacity, std::vector<int32_t>* slots)
      : object(capacity), before(capacity), after(capacity), slotOf(slots) {}
  bool full() const { return size == static_cast<int32_t>(object.size()); }
  void unlink(int32_t s) {
    (before[s] < 0 ? head : after[before[s]]) = after[s];
    (after[s] < 0 ? tail : before[after[s]]) = before[s];
  }
  void toFront(int32_t s) {
    before[s] = -1;
    after[s] = head;
    (head < 0 ? tail : before[head]) = s;
    head = s;
  }
  bool get(uint32_t o) {
    const int32_t s = (*slotOf)[o];
    if (s < 0) return false;
    if (s != head) { unlink(s); toFront(s); }
    return true;
  }
  void put(uint32_t o) {
    if (get(o)) return;
    int32_t s = size;
    if (full()) {
      s = tail;
      unlink(s);
      (*slotOf)[object[s]] = -1;
    } else {
      size++;
    }
    object[s] = o;
    (*slotOf)[o] = s;
    toFront(s);
  }
};

std::vector<uint8_t> maglev(int pop) {
  std::vector<uint8_t> table(kMaglevSize, 255);
  uint32_t offset[kServersPerPop], skip[kServersPerPop], next[kServersPerPop] = {};
  for (int s = 0; s < kServersPerPop; s++) {
    offset[s] = mix(pop * 8 + s + 1) % kMaglevSize;
    skip[s] = mix(~(pop * 8 + s)) % (kMaglevSize - 1) + 1;
  }
  for (int filled = 0; filled < kMaglevSize;) {
    for (int s = 0; s < kServersPerPop && filled < kMaglevSize; s++) {
      uint32_t position;
      do {
        position = (offset[s] + uint64_t(next[s]++) * skip[s]) % kMaglevSize;
      } while (table[position] != 255);
      table[position] = s;
      filled++;
    }
  }
  return table;
}

struct Station {
  int free;
  std::deque<uint32_t> waiting;
};

struct Request {
  double arrivedNs, oneWayNs;
  uint32_t object, server;
};

struct World {
  std::priority_queue<Event> events;
  uint64_t sequence = 0;
  double nowNs = 0;
  std::vector<Request> requests;
  std::vector<uint32_t> freeRequests;
  Random arrivals{1}, objects{2}, services{3}, originServices{4};
  Zipf zipf{0.9};
  std::vector<std::vector<uint8_t>> table;
  std::vector<std::vector<int32_t>> popSlots;
  std::vector<int32_t> shieldSlots = std::vector<int32_t>(kObjects, -1);
  std::vector<Lru> edge;
  Lru shield{kShieldObjects, &shieldSlots};
  std::vector<Station> servers{kServers, Station{kSlots, {}}};
  Station origin{kOriginSlots, {}};
  std::vector<double> histogram = std::vector<double>(64 * 128);
  double sumNs = 0;
  long served = 0, edgeLookups = 0, edgeHits = 0, shieldLookups = 0, shieldHits = 0;

  World() {
    popSlots.assign(kPops, std::vector<int32_t>(kObjects, -1));
    for (int pop = 0; pop < kPops; pop++) table.push_back(maglev(pop));
    for (int s = 0; s < kServers; s++) edge.emplace_back(kEdgeObjects, &popSlots[s / kServersPerPop]);
    for (uint32_t o = 0; o < kObjects; o++) {
      if (!shield.full()) shield.put(o);
      for (int pop = 0; pop < kPops; pop++) {
        Lru& cache = edge[ownerOf(pop, o)];
        if (!cache.full()) cache.put(o);
      }
    }
    for (int r = 0; r < kRegions; r++) at(arrivals.exponential(kGapNs), Arrival, r);
  }
  uint32_t ownerOf(int pop, uint32_t o) const {
    return pop * kServersPerPop + table[pop][mix(o) % kMaglevSize];
  }
  void at(double timeNs, Kind kind, uint32_t subject) {
    events.push({timeNs, sequence++, kind, subject});
  }
  void arrive(uint32_t region) {
    uint32_t id;
    if (freeRequests.empty()) {
      id = requests.size();
      requests.push_back({});
    } else {
      id = freeRequests.back();
      freeRequests.pop_back();
    }
    const double oneWayNs = (2 + 0.3 * (region * 37 % 100)) * kMs;
    const uint32_t object = zipf.rank(objects.uniform());
    requests[id] = {nowNs, oneWayNs, object, ownerOf(region % kPops, object)};
    at(nowNs + oneWayNs, PopReached, id);
    at(nowNs + arrivals.exponential(kGapNs), Arrival, region);
  }
  void enter(Station& station, uint32_t id, Random& random, double meanNs, Kind ended) {
    if (station.free == 0) {
      station.waiting.push_back(id);
      return;
    }
    station.free--;
    at(nowNs + random.exponential(meanNs), ended, id);
  }
  void leave(Station& station, Random& random, double meanNs, Kind ended) {
    if (station.waiting.empty()) {
      station.free++;
      return;
    }
    at(nowNs + random.exponential(meanNs), ended, station.waiting.front());
    station.waiting.pop_front();
  }
  void respond(uint32_t id) {
    const double latencyNs = nowNs + requests[id].oneWayNs - requests[id].arrivedNs;
    uint64_t bits;
    std::memcpy(&bits, &latencyNs, 8);
    histogram[(bits >> 45) - (1023ull << 7)]++;
    sumNs += latencyNs;
    served++;
    freeRequests.push_back(id);
  }
  void handle(const Event& event) {
    const uint32_t id = event.subject;
    nowNs = event.timeNs;
    switch (event.kind) {
      case Arrival: arrive(id); break;
      case PopReached:
        enter(servers[requests[id].server], id, services, kServiceNs, ServiceEnded);
        break;
      case ServiceEnded:
        leave(servers[requests[id].server], services, kServiceNs, ServiceEnded);
        edgeLookups++;
        if (edge[requests[id].server].get(requests[id].object)) {
          edgeHits++;
          respond(id);
        } else {
          at(nowNs + kShieldNs, ShieldReached, id);
        }
        break;
      case ShieldReached:
        shieldLookups++;
        if (shield.get(requests[id].object)) {
          shieldHits++;
          at(nowNs + kShieldNs, EdgeFilled, id);
        } else {
          at(nowNs + kOriginNs, OriginReached, id);
        }
        break;
      case OriginReached: enter(origin, id, originServices, kOriginServiceNs, OriginServiceEnded); break;
      case OriginServiceEnded:
        leave(origin, originServices, kOriginServiceNs, OriginServiceEnded);
        at(nowNs + kOriginNs, ShieldFilled, id);
        break;
      case ShieldFilled:
        shield.put(requests[id].object);
        at(nowNs + kShieldNs, EdgeFilled, id);
        break;
      case EdgeFilled:
        edge[requests[id].server].put(requests[id].object);
        respond(id);
        break;
    }
  }
};

}  // namespace

int main(int argc, char** argv) {
  const long wanted = argc > 1 ? std::atol(argv[1]) : 1000000;
  static World world;
  const std::clock_t started = std::clock();  // processor time: others use the machine too
  while (world.served < wanted) {
    const Event event = world.events.top();
    world.events.pop();
    world.handle(event);
  }
  const double seconds = double(std::clock() - started) / CLOCKS_PER_SEC;
  std::printf("{\"requests\":%ld,\"seconds\":%.6f,\"meanMs\":%.6f,\"edgeHitRatio\":%.6f,"
              "\"shieldHitRatio\":%.6f,\"events\":%lu}\n",
              world.served, seconds, world.sumNs / world.served / kMs,
              double(world.edgeHits) / world.edgeLookups,
              double(world.shieldHits) / world.shieldLookups, (unsigned long)world.sequence);
}
