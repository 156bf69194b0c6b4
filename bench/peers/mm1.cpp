// M/M/1, FIFO, rho = 0.8, mean service 1 ms, on std::priority_queue. Prints one line of JSON.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <queue>
#include <vector>

namespace {

struct Event {
  double timeNs;
  uint64_t sequence;
  uint32_t kind;
  uint32_t subject;
  bool operator<(const Event& other) const {  // the queue's top is the greatest
    return timeNs > other.timeNs || (timeNs == other.timeNs && sequence > other.sequence);
  }
};

// sfc32 (PractRand), as the engine draws
struct Random {
  uint32_t a, b, c, counter;
  uint32_t next() {
    const uint32_t result = a + b + counter++;
    a = b ^ (b >> 9);
    b = c + (c << 3);
    c = ((c << 21) | (c >> 11)) + result;
    return result;
  }
  double exponential(double mean) {
    const double high = next() >> 12;
    return -mean * std::log((high * 4294967296.0 + next() + 0.5) * 0x1p-52);
  }
};

}  // namespace

int main(int argc, char** argv) {
  const long customers = argc > 1 ? std::atol(argv[1]) : 1000000;
  const std::clock_t started = std::clock();  // processor time: others use the machine too
  Random arrivals{1, 2, 3, 4}, services{5, 6, 7, 8};
  for (int i = 0; i < 12; i++) { arrivals.next(); services.next(); }
  std::priority_queue<Event> events;
  std::deque<double> arrivedNs;
  uint64_t sequence = 0;
  double sumNs = 0;
  long served = 0;
  events.push({0, sequence++, 0, 0});
  while (served < customers) {
    const Event event = events.top();
    events.pop();
    const double nowNs = event.timeNs;
    bool starts = false;
    if (event.kind == 0) {
      arrivedNs.push_back(nowNs);
      starts = arrivedNs.size() == 1;
      events.push({nowNs + std::round(arrivals.exponential(1e6 / 0.8)), sequence++, 0, 0});
    } else {
      sumNs += nowNs - arrivedNs.front();
      arrivedNs.pop_front();
      served++;
      starts = !arrivedNs.empty();
    }
    if (starts) events.push({nowNs + std::round(services.exponential(1e6)), sequence++, 1, 0});
  }
  const double seconds = double(std::clock() - started) / CLOCKS_PER_SEC;
  std::printf("{\"requests\":%ld,\"seconds\":%.6f,\"meanMs\":%.6f}\n", served, seconds,
              sumNs / served / 1e6);
}
