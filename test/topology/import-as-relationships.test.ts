import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  asGraphToNetworkGraph,
  compileNetwork,
  importAsRelationships,
  Relation,
  type AsRelationships,
} from '../../topology/index.ts';

function read(text: string | Uint8Array): AsRelationships {
  const imported = importAsRelationships(typeof text === 'string' ? Buffer.from(text) : text);
  if (!imported.ok) throw new Error(`line ${imported.line}: ${imported.message}`);
  return imported.value;
}

const SERIAL_1 = '# a comment\n1|2|-1\n3|2|-1\n1|3|0\n';

/** `SERIAL_1` through bzip2 1.0.8. */
const BZIP2 =
  'QlpoOTFBWSZTWf678coAAANZgAAQSAJ4ACoDhAQgADFMABNBpNGjQbKYORG4TSHDtaRQRKIQofF3JFOFCQ/rvxyg';

describe('importAsRelationships', () => {
  it('reads serial-1 into columns', () => {
    const { graph, lineCount } = read(SERIAL_1);
    expect(lineCount).toBe(3);
    expect([...graph.asn]).toEqual([1, 2, 3]);
    expect([...graph.firstNeighbour]).toEqual([0, 2, 4, 6]);
    expect([...graph.neighbour]).toEqual([1, 2, 0, 2, 0, 1]);
    const { Customer, Peer, Provider } = Relation;
    expect([...graph.neighbourRelation]).toEqual([
      Customer, // of 1: 2
      Peer, //     of 1: 3
      Provider, // of 2: 1
      Provider, // of 2: 3
      Peer, //     of 3: 1
      Customer, // of 3: 2
    ]);
  });

  it.each([
    ['serial-2', '1|2|-1|bgp\n3|2|-1|mlp\n1|3|0|bgp'],
    ['Windows line ends', '1|2|-1\r\n3|2|-1\r\n1|3|0\r\n'],
    ['empty lines', '\n1|2|-1\n\n3|2|-1\n1|3|0\n\n'],
    ['no final newline', '1|2|-1\n3|2|-1\n1|3|0'],
    ['gzip', gzipSync(SERIAL_1)],
    ['bzip2', Buffer.from(BZIP2, 'base64')],
  ])('reads the same from %s', (_, file) => {
    expect(read(file).graph).toEqual(read(SERIAL_1).graph);
  });

  it('counts equal lines as duplicates, whichever way round', () => {
    const { graph, duplicateCount, conflictCount, lineCount } = read('1|3|0\n3|1|0\n1|3|0\n');
    expect([lineCount, duplicateCount, conflictCount]).toEqual([3, 2, 0]);
    expect(graph.neighbour).toHaveLength(2);
  });

  it('keeps the first of two relations of one pair and counts the conflict', () => {
    const { graph, duplicateCount, conflictCount } = read('1|2|-1\n2|1|-1\n1|2|0\n');
    expect([duplicateCount, conflictCount]).toEqual([0, 2]);
    expect([...graph.neighbourRelation]).toEqual([Relation.Customer, Relation.Provider]);
  });

  it('reads AS numbers of 32 bits', () => {
    expect([...read('4294967295|4200000000|0').graph.asn]).toEqual([4_200_000_000, 4_294_967_295]);
  });

  it('takes a file without links for an empty graph', () => {
    expect(read('# nothing\n').graph.asCount).toBe(0);
    expect(read('').graph.asCount).toBe(0);
  });

  it.each([
    ['1|2|-1\n1|2', 2, /expected provider\|customer/],
    ['1|2|-1\n\n# c\n1;2;0\n', 4, /expected/],
    ['1|2|1\n', 1, /neither -1 nor 0/],
    ['1|2|-2\n', 1, /neither -1 nor 0/],
    ['1|2|00x\n', 1, /expected/],
    ['1|2|\n', 1, /neither/],
    ['|2|0\n', 1, /expected/],
    ['AS1|2|0\n', 1, /expected/],
    ['-1|2|0\n', 1, /expected/],
    ['7|7|0\n', 1, /linked to itself/],
    ['4294967296|2|0\n', 1, /32 bits/],
    ['99999999999999999999999|2|0\n', 1, /32 bits/],
    ['\u0000\u0001', 1, /expected/],
  ])('refuses %j at line %i', (text, line, message) => {
    const imported = importAsRelationships(Buffer.from(text));
    expect(imported).toMatchObject({ ok: false, line });
    if (!imported.ok) expect(imported.message).toMatch(message);
  });

  it.each([
    ['gzip', gzipSync(SERIAL_1).subarray(0, 20)],
    ['bzip2', Buffer.from(BZIP2, 'base64').subarray(0, 30)],
  ])('refuses a cut %s file', (_, file) => {
    expect(importAsRelationships(file)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/damaged/) as string,
    });
  });

  it('gives the same columns by way of a graphology graph', () => {
    const { graph } = read('10|20|-1\n10|30|-1\n20|30|0\n5|10|-1\n5|6|0\n6|30|-1\n');
    const network = compileNetwork(asGraphToNetworkGraph(graph));
    expect(network.asn).toEqual(graph.asn);
    expect(network.firstNeighbour).toEqual(graph.firstNeighbour);
    expect(network.neighbour).toEqual(graph.neighbour);
    expect(network.neighbourRelation).toEqual(graph.neighbourRelation);
  });
});

describe('the real files', () => {
  // Counts by `grep -c` and `sort -u` over the files themselves.
  it.each([
    ['caida-as-rel-20080101.txt', 27_320, 75_094],
    ['caida-as-rel2-20191201.txt.bz2', 67_026, 432_411],
  ])('%s', (name, asCount, linkCount) => {
    const path = `../shared/data/${name}`;
    if (!existsSync(path)) {
      process.stdout.write(`skipped: ${path} is not here (CAIDA data may not be shipped)\n`);
      return;
    }
    const { graph } = read(readFileSync(path));
    expect(graph.asCount).toBe(asCount);
    expect(graph.neighbour).toHaveLength(2 * linkCount);
    for (let as = 0; as < graph.asCount; as++) {
      for (let slot = graph.firstNeighbour[as]! + 1; slot < graph.firstNeighbour[as + 1]!; slot++) {
        if (graph.neighbour[slot - 1]! >= graph.neighbour[slot]!) throw new Error('not ascending');
      }
    }
  });
});
