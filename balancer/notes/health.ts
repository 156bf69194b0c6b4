/** What a person who chooses a health check wants to know beyond its summary and options. */
export interface HealthNotes {
  readonly source: string;
  /** Longest time until a backend that died is known to be dead, in terms of the options. */
  readonly detects: string;
  readonly use: string;
  readonly avoid: string;
}

const WINDOW_DETECTS = '(window − threshold + 1) intervals and the timeout';

/** Notes of the health checks of the catalogue, by name. */
export const healthNotes: Readonly<Record<string, HealthNotes>> = {
  fastly: {
    source: 'Fastly, health checks, and its Terraform provider; Varnish, cache_backend_probe.c',
    detects: WINDOW_DETECTS,
    use: 'Fastly and Varnish origins: a window forgives single lost probes.',
    avoid:
      'About one probe for each POP and interval (Fastly’s guide): an origin gets all of them.',
  },
  varnish: {
    source: 'Varnish 7.1, cache_backend_probe.c (.probe)',
    detects: WINDOW_DETECTS,
    use: 'Backends of Varnish with its defaults, window 8.',
    avoid: 'With the defaults a dead backend keeps its traffic for six intervals.',
  },
  haproxy: {
    source: 'HAProxy 2.6, check.c (check inter 2s rise 2 fall 3); observe of live traffic',
    detects: '(fall − 1) fast_interval, an interval and the timeout',
    use: 'Quick detection: set fast_interval, and error_limit to let live errors count.',
    avoid: 'At boot a server is up and one failure from down: init_state says otherwise.',
  },
  envoy: {
    source: 'Envoy, health_checker_base_impl.cc (active health checking)',
    detects: 'unhealthy_threshold intervals and the timeout; one wrong answer suffices',
    use: 'Clusters of Envoy: the first probe decides, edges may be probed faster.',
    avoid: 'Every Envoy probes every host (envoy#10498); until traffic, once a minute only.',
  },
  'envoy-outliers': {
    source: 'Envoy, outlier_detection_impl.cc',
    detects: 'consecutive failures at once; rates at the end of an interval',
    use: 'Beside active checks: sees what probes do not, such as a host that fails one path.',
    avoid: 'With few hosts max_ejection_percent 10 ejects none (envoy#3263): raise it.',
  },
  'grpc-outliers': {
    source: 'gRPC proposal A50',
    detects: 'the end of an interval in which it had enough requests',
    use: 'gRPC clients without a mesh.',
    avoid: 'No rule for consecutive failures: slow with little traffic.',
  },
  nginx: {
    source: 'nginx 1.22, ngx_http_upstream_round_robin.c (max_fails, fail_timeout)',
    detects: 'max_fails failed requests within fail_timeout',
    use: 'nginx without its commercial checks.',
    avoid: 'One failure each takes all servers away for 10 s: no live upstreams. Raise max_fails.',
  },
  finagle: {
    source: 'Finagle, FailureAccrualFactory and FailureAccrualPolicy',
    detects: 'five failures in a row; a success rate below 80 % not before the first 30 s',
    use: 'Clients with much traffic for each backend; back-off grows with repeated failures.',
    avoid: 'When all are marked dead Finagle fails open; here panic_threshold does that.',
  },
  linkerd: {
    source: 'Linkerd 2, consecutive failure accrual (balancer.linkerd.io/failure-accrual)',
    detects: 'max_failures failures in a row',
    use: 'A mesh: a request is let through after each penalty as a trial.',
    avoid: 'All breakers open at once fail everything fast though hosts are back (linkerd2#11493).',
  },
  'phi-accrual': {
    source: 'Hayashibara et al. 2004; Akka and Pekko, PhiAccrualFailureDetector (cluster defaults)',
    detects: 'when the silence is as unlikely as 10^−threshold by its history',
    use: 'Heartbeats over networks whose delay varies: adapts to what is usual.',
    avoid: 'It suspects, it does not decide: with little history it is slow or jumpy.',
  },
};
