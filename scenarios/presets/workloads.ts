/**
 * Workloads as parts of scenarios, without a rate: who includes them says how many.
 *
 * Sizes and shares follow the shape of public crawls (a page of some 70 requests and 2 to 3 MB,
 * most of them images and scripts; HTTP Archive), popularity is Zipf with the exponents of CDN
 * traces (0.7 to 1.0: Breslau et al. 1999 and later). They are round figures of a typical site, not
 * a measurement.
 */
export const WEB_MIX = `traffic:
  day_curve: daily
  protocol: { h1: 25%, h2: 75% }
  classes:
    page:
      share: 10%
      service_time: lognormal mean=3ms p99=20ms
      size: lognormal mean=30KiB p99=200KiB
      objects: 20k
      popularity: zipf 0.8
      ttl: 1m
    script:
      share: 30%
      service_time: lognormal mean=1ms p99=5ms
      size: lognormal mean=25KiB p99=250KiB
      objects: 50k
      popularity: zipf 1.0
      ttl: 1d
    image:
      share: 52%
      service_time: lognormal mean=1ms p99=5ms
      size: lognormal mean=40KiB p99=500KiB
      objects: 200k
      popularity: zipf 0.9
      ttl: 7d
    api:
      share: 8%
      service_time: lognormal mean=5ms p99=40ms
      size: lognormal mean=4KiB p99=40KiB
      objects: 100k
      popularity: zipf 0.7
      cacheable: off
`;

/** Small answers that no cache may give, over connections that stay open. */
export const API = `traffic:
  day_curve: daily
  protocol: { h1: 10%, h2: 90% }
  keep_alive: 5m
  classes:
    read:
      share: 85%
      service_time: lognormal mean=8ms p99=60ms
      size: lognormal mean=3KiB p99=30KiB
      objects: 500k
      popularity: zipf 0.8
      cacheable: off
    write:
      share: 15%
      service_time: lognormal mean=20ms p99=150ms
      size: 1KiB
      objects: 500k
      popularity: zipf 0.6
      cacheable: off
`;

/** Large objects in sequence: segments of four seconds at some Mbit/s. */
export const VIDEO = `traffic:
  day_curve: daily
  protocol: { h1: 15%, h2: 85% }
  keep_alive: 2m
  classes:
    manifest:
      share: 12%
      service_time: 500us
      size: lognormal mean=2KiB p99=10KiB
      objects: 20k
      popularity: zipf 1.0
      ttl: 4s
    segment:
      share: 88%
      service_time: 1ms
      size: lognormal mean=1500KiB p99=6MiB
      objects: 2M
      popularity: zipf 1.0
      ttl: 1d
`;
