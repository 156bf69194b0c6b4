/**
 * The floors of the house (ARCHITECTURE.md) as import rules. Read with @swc/core: without it
 * dependency-cruiser silently skips TypeScript 7 files, so `test/architecture.test.ts` plants a
 * violation and expects it to be found.
 */
const FLOORS = ['balancer', 'topology', 'sim', 'scenarios', 'cli', 'viz'];

/** Contracts of `sim`: plain data that every layer in it may name. */
const SIM_CONTRACTS = '^sim/(world|requests|run-result|report)[.]ts$';

function mayImport(floor, allowed, reason) {
  const forbidden = FLOORS.filter((other) => other !== floor && !allowed.includes(other));
  return {
    name: `floor-${floor}`,
    comment: reason,
    severity: 'error',
    from: { path: `^${floor}/` },
    to: { path: `^(${forbidden.join('|')})/` },
  };
}

function simLayer(layer, forbidden, reason) {
  return {
    name: `sim-${layer.replace('/', '')}`,
    comment: reason,
    severity: 'error',
    from: { path: `^sim/${layer}` },
    to: { path: `^sim/(${forbidden.join('|')})`, pathNot: SIM_CONTRACTS },
  };
}

module.exports = {
  forbidden: [
    mayImport(
      'balancer',
      [],
      'The balancer must work in front of real servers: it gets clock, timers, randomness and ' +
        'probes through its ports and imports nothing of ours.',
    ),
    mayImport('topology', [], 'The map knows neither the balancer nor the simulator.'),
    mayImport('sim', ['balancer', 'topology'], 'The simulator never sees files or terminals.'),
    mayImport(
      'scenarios',
      ['sim', 'balancer', 'topology'],
      'scenarios turns text into a report; showing it is the business of cli and viz.',
    ),
    {
      name: 'floor-cli',
      comment:
        'A command calls one function of scenarios (or balancer/live) and prints. Logic that needs ' +
        'more belongs in scenarios.',
      severity: 'error',
      from: { path: '^cli/' },
      to: { path: '^(balancer|topology|sim|viz)/', pathNot: '^balancer/live/' },
    },
    {
      name: 'front-doors',
      comment:
        "Import a floor through its index.ts: what is not exported there is nobody's business.",
      severity: 'error',
      from: { path: '^(balancer|topology|sim|scenarios|cli)/' },
      to: {
        path: '^(balancer|topology|sim|scenarios)/',
        pathNot: ['^$1/', '^[a-z]+/index[.]ts$', '^balancer/live/'],
      },
    },
    {
      name: 'floor-viz',
      comment:
        'The page shows what arrives as data. It knows the types of reports and recordings; only ' +
        'the playground runs the engine, through one file.',
      severity: 'error',
      from: { path: '^viz/', pathNot: '^viz/playground/' },
      to: {
        path: '^(balancer|topology|sim|scenarios|cli)/',
        pathNot: '^sim/(report|recording)[.]ts$',
      },
    },
    {
      name: 'nothing-imports-viz',
      comment: 'The command line serves the built page as files.',
      severity: 'error',
      from: { path: '^(balancer|topology|sim|scenarios|cli)/' },
      to: { path: '^viz/' },
    },
    simLayer(
      'kernel/',
      ['network/', 'routing/', 'traffic/', 'pop/', 'faults', 'metrics/', '[^/]+[.]ts$'],
      'The kernel knows time, order and randomness, not what happens in them.',
    ),
    simLayer(
      'network/',
      ['routing/', 'traffic/', 'pop/', 'faults'],
      'Links carry packets; who sends them where is decided above.',
    ),
    simLayer('routing/', ['traffic/', 'pop/', 'faults'], 'Routes do not depend on the traffic.'),
    simLayer('traffic/', ['routing/', 'pop/', 'faults'], 'Arrivals do not depend on the routes.'),
    simLayer('pop/', ['faults'], 'Faults happen to a POP; a POP does not know them.'),
    {
      name: 'sim-metrics-as-interface',
      comment:
        'Those who notify know the Observer interface and its hub only; the files that assemble the ' +
        'simulation, at the top of sim, choose the collectors.',
      severity: 'error',
      from: { path: '^sim/[^/]+/', pathNot: '^sim/metrics/' },
      to: { path: '^sim/metrics/', pathNot: '^sim/metrics/observer(-hub)?[.]ts$' },
    },
    {
      name: 'sim-assembled-last',
      comment: 'simulation.ts assembles the world; only faults may reach for the whole.',
      severity: 'error',
      from: { path: '^sim/[a-z]+/', pathNot: '^sim/faults/' },
      to: { path: '^sim/(simulation|request-lifecycle|summarize|index)[.]ts$' },
    },
    {
      name: 'no-dev-dependencies',
      comment: 'An installed package has no dev dependencies: move it to dependencies.',
      severity: 'error',
      from: { path: '^(balancer|topology|sim|scenarios|cli)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out|coverage)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
