/**
 * Ways to spoil a scenario's text, each of a class of mistakes or attacks; all from one random
 * source.
 */
export type Mutation = (text: string, random: () => number) => string;

const pickIndex = (length: number, random: () => number) => Math.floor(random() * length);

function replaceOne(
  pattern: RegExp,
  by: (found: string, random: () => number) => string,
): Mutation {
  return (text, random) => {
    const matches = [...text.matchAll(pattern)];
    const match = matches[pickIndex(matches.length, random)];
    if (match === undefined) return text;
    const { index } = match;
    return text.slice(0, index) + by(match[0], random) + text.slice(index + match[0].length);
  };
}

const oneOf = (values: readonly string[]) => (_: string, random: () => number) =>
  values[pickIndex(values.length, random)]!;

const insert =
  (values: readonly string[]): Mutation =>
  (text, random) => {
    const at = pickIndex(text.length + 1, random);
    return text.slice(0, at) + values[pickIndex(values.length, random)]! + text.slice(at);
  };

const OUTSIDE = ['../x', '/etc/passwd', '/dev/zero', 'a%2e%2e/b', 'http://x', '""', '.', 'C:\\x'];

const VALUE = /(?<=: )[^\n{}[\],#]+/g;
const KEY = /[a-z_]+(?=:[ \n])/g;
const NUMBER = /\d+(\.\d+)?/g;

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  syntax: insert([
    '{',
    '}',
    '[',
    ']',
    ':',
    ': ',
    '- ',
    '"',
    "'",
    '|',
    '>',
    '&a ',
    '*a ',
    '!',
    '%',
    '@',
    '`',
    ',',
  ]),
  depth: insert(['['.repeat(70), '{a: '.repeat(70), '['.repeat(3000)]),
  size: (text, random) => text + `\nx${pickIndex(9, random)}: "${'y'.repeat(70_000)}"\n`,
  aliases: replaceOne(VALUE, oneOf(['*a', '&a 1', '&a [*a]'])),
  tags: replaceOne(
    VALUE,
    oneOf(['!!js/function "x"', '!!binary aGk=', '!!set {}', '!x 1', '!!omap [a: 1]']),
  ),
  duplicate: (text, random) => {
    const lines = text.split('\n');
    const at = pickIndex(lines.length, random);
    return [...lines.slice(0, at), lines[at]!, ...lines.slice(at)].join('\n');
  },
  unknownKey: replaceOne(KEY, (key, random) => `${key}${pickIndex(100, random)}`),
  wrongType: replaceOne(
    VALUE,
    oneOf(['[1, 2]', '{ a: 1 }', 'true', '12', 'text', 'null', '[]', '{}', '[[1]]']),
  ),
  units: replaceOne(
    VALUE,
    oneOf(['10', '10m', '10gbps', '10 GB', '5 minutes', '10s 5m', '1e3s', '80', '50%%']),
  ),
  extremes: replaceOne(
    VALUE,
    oneOf(['0s', '0/s', '1e999', '-5s', '999999d', '1ns', '0%', '101%', '-1', '0', '1e18']),
  ),
  numbers: replaceOne(
    NUMBER,
    oneOf(['0', '-1', '.nan', '.inf', '1e400', '99999999999999999999', '00', '0x1F', '1_000']),
  ),
  empty: replaceOne(VALUE, () => ''),
  emptyAll: (_text, random) =>
    ['', '\n', '# x', '---', '...', '\ufeff', ' '][pickIndex(7, random)]!,
  unicode: insert([
    '\u202e',
    '\u0000',
    '\ud800',
    '\ufeff',
    '\u043e',
    'e\u0301',
    '\u200b',
    '\u2028',
    '\u{1f600}',
    '\u001b[31m',
  ]),
  prototype: replaceOne(
    KEY,
    oneOf(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf']),
  ),
  dangling: replaceOne(
    /(?:pop|server|link|origin)s?\/[\w/*-]+/g,
    oneOf([
      'pop/nowhere',
      'server/x/0',
      'link/a-a',
      'pop/',
      'servers/*/*',
      '/',
      'pop/../x',
      'pop/*',
    ]),
  ),
  cycles: (text) =>
    [
      text,
      'events: [{ after: a, name: a, surge: world }]',
      'strategies: { x: { extends: y }, y: { extends: x } }',
    ].join('\n'),
  include: (text, random) =>
    `include: [{ file: ${OUTSIDE[pickIndex(OUTSIDE.length, random)]!} }]\n${text}`,
  deleteLine: (text, random) => {
    const lines = text.split('\n');
    lines.splice(pickIndex(lines.length, random), 1);
    return lines.join('\n');
  },
  swapLines: (text, random) => {
    const lines = text.split('\n');
    const [a, b] = [pickIndex(lines.length, random), pickIndex(lines.length, random)];
    [lines[a], lines[b]] = [lines[b]!, lines[a]!];
    return lines.join('\n');
  },
  indent: replaceOne(/\n +/g, (found, random) => found + ' '.repeat(1 + pickIndex(3, random))),
  lineEnds: (text, random) =>
    text.replaceAll('\n', ['\r\n', '\r', '\n\n', '\n\t'][pickIndex(4, random)]!),
  truncate: (text, random) => text.slice(0, pickIndex(text.length, random)),
  bytes: (text, random) => {
    const chars = [...text];
    for (let i = 0; i < 5; i++) {
      chars[pickIndex(chars.length, random)] = String.fromCharCode(pickIndex(256, random));
    }
    return chars.join('');
  },
};
