/** What a code stands for, whatever the message beside it says. Codes are never reused. */
export interface ErrorCode {
  readonly title: string;
  readonly explanation: string;
}

const code = (title: string, explanation: string): ErrorCode => ({ title, explanation });

/**
 * Every code of a diagnostic: E01.. text, E02.. values, E03.. names, E04.. sense, W01.. warnings.
 */
export const ERROR_CODES: Readonly<Record<string, ErrorCode>> = {
  E0101: code(
    'the file cannot be read',
    'A scenario is a regular file that this user may read; pipes and devices are refused.',
  ),
  E0102: code(
    'nested too deeply',
    'At most 64 levels of lists and mappings: deeper texts can abort the parser, and nobody ' +
      'writes them.',
  ),
  E0103: code(
    'the text is too large',
    'A file may have 4 MiB, with everything it includes 16 MiB. Put long lists of values ' +
      'into a file of their own (trace file=…, empirical file=…).',
  ),
  E0104: code('not UTF-8', 'Scenario files are UTF-8 text, with or without a byte order mark.'),
  E0105: code(
    'not YAML',
    'The text is not YAML 1.2. The place is where the parser gave up; the cause may stand ' +
      'shortly before.',
  ),
  E0106: code(
    'a key twice',
    'A mapping has each key once; which of the two was meant cannot be known.',
  ),
  E0107: code(
    'more than one document',
    'One file, one scenario: `---` must not begin a second document.',
  ),
  E0108: code(
    'anchors and aliases',
    'Aliases make small texts large and hide what a line means. Repeat the value, use ' +
      '`extends` in strategies, or pass --allow-aliases (at most 64).',
  ),
  E0109: code(
    'tags and directives',
    'A scenario cannot name types (`!!binary`) or change the language (`%YAML`).',
  ),
  E0110: code(
    'a reserved key',
    '`__proto__`, `constructor` and the like name parts of every JavaScript object and are ' +
      'no words of the format.',
  ),
  E0111: code('a key that is not text', 'Keys are plain text: no lists, no mappings, not empty.'),
  E0112: code(
    'merge keys',
    '`<<` is not part of YAML 1.2. Strategies inherit with `extends`, files with `include`.',
  ),
  E0113: code(
    'invisible or control characters',
    'Characters that cannot be seen, or that change the direction of text, hide what a file ' +
      'says (CVE-2021-42574).',
  ),
  E0114: code(
    'half a surrogate pair',
    'The text holds half of a character; no other program would read it alike.',
  ),
  E0115: code(
    'keys that look the same',
    'Two keys differ only in how their accents are encoded (Unicode NFC).',
  ),
  E0116: code('empty', 'There is nothing to run. `anycastle init` writes a commented starter.'),
  E0117: code(
    'not a mapping',
    'A scenario is a mapping of keys to values and begins with `version: 1`.',
  ),
  E0118: code(
    'a key without a value',
    'Write the value. To delete what an include brought, write `null`.',
  ),
  E0119: code(
    'too much in one place',
    'At most 2 million values, 100,000 keys in a mapping, 64 KiB in one value.',
  ),
  E0120: code('tabs', 'YAML indents with spaces only.'),
  E0121: code(
    'outside the folder',
    'Files that a scenario names lie in its folder or below: no `..` out of it, no absolute ' +
      'paths, no links that lead out, no URLs.',
  ),
  E0122: code(
    'a named file cannot be read',
    'The file does not exist, or files cannot be read here (in a browser).',
  ),
  E0123: code('too many includes', 'At most 64 includes, nested at most 8 deep.'),
  E0124: code('includes in a circle', 'A file includes itself, directly or through others.'),
  E0125: code(
    'a map that cannot be imported',
    'The file is not of the form that the importer reads; the message says where.',
  ),
  E0201: code(
    'not finite',
    'NaN and infinity are not quantities. Leave a limit out, or write `unlimited` where ' +
      'that is a word.',
  ),
  E0202: code(
    'too many digits',
    'Whole numbers are exact up to 2^53 − 1 = 9007199254740991. Quote longer ones if they ' +
      'are names or seeds.',
  ),
  E0203: code(
    'another kind of value',
    'Here stands text where a mapping is expected, or the like.',
  ),
  E0204: code('a leading zero', '`0777` is 511 to some programs and 777 to others.'),
  E0205: code(
    'a unit is missing',
    'Quantities carry their unit: 10s, 10ms, 10Gbps, 10/s, 10%. Nothing is guessed.',
  ),
  E0206: code(
    'not of this form',
    'The value is not written as this key expects; the advice shows the form.',
  ),
  E0207: code('out of range', 'The value is too small or too large for this key.'),
  E0208: code(
    'not a name',
    'Names are letters, digits, - and _, and begin with a letter or digit, as they are ' +
      'parts of paths like server/fra/0.',
  ),
  E0209: code('missing', 'This key must be there.'),
  E0210: code(
    'not a distribution',
    'NAME key=value …, without commas and parentheses: `lognormal mean=35ms p99=220ms`.',
  ),
  E0211: code(
    'a comma cut the value',
    'Inside { } a comma ends the value, so `lognormal(mean 35ms, p99 220ms)` is cut in two. ' +
      'Write `lognormal mean=35ms p99=220ms`.',
  ),
  E0212: code(
    'no such law',
    'No law of this family has these figures: a lognormal has p99 between 1 and 14.97 times ' +
      'its mean; a hyperexponential has scv above 1.',
  ),
  E0301: code(
    'unknown key',
    'Keys that mean nothing are refused, as a mistyped key would silently change the experiment.',
  ),
  E0302: code('a key in the wrong place', 'The key exists, but elsewhere.'),
  E0303: code(
    'not yet supported',
    'A word of the scenario format that this version does not simulate. It is refused ' +
      'rather than ignored.',
  ),
  E0304: code('unknown policy', 'No balancing policy of this name: see `anycastle list policies`.'),
  E0305: code(
    'unknown routing strategy',
    'No routing strategy of this name: see `anycastle list strategies`.',
  ),
  E0306: code(
    'unknown entity',
    'No POP, server, link, origin, prefix, region or class of this name. Paths: pop/ID, ' +
      'server/POP/NAME, link/A-B, origin/ID, prefix/ID, region/ID, class/ID.',
  ),
  E0307: code('unknown event', 'Thresholds and `after:` speak of events by their `name:`.'),
  E0308: code(
    'unknown metric',
    'A threshold on a mistyped metric would pass unseen: see `anycastle list metrics`.',
  ),
  E0309: code('unknown preset or world', 'See `anycastle list presets`.'),
  E0310: code(
    'unknown strategy',
    'No strategy of this scenario has this name, nor is it a policy or routing strategy.',
  ),
  E0311: code('unknown word', 'This key takes one of a few words.'),
  E0312: code('unknown eviction policy', 'No eviction policy of this name.'),
  E0313: code(
    'cannot be set in flight',
    '`set:` changes a few settings while the clock runs; others need a strategy of their own.',
  ),
  E0314: code(
    'unknown health check',
    'No check of this name: the kinds of health.active and health.passive are in the reference.',
  ),
  E0401: code('a contradiction', 'Two keys say different things about the same matter.'),
  E0402: code('no strategy', '`strategies:` is there and empty.'),
  E0403: code('extends in a circle', 'A strategy extends itself, directly or through others.'),
  E0404: code(
    'a strategy cannot change this',
    'How strategies are run and judged is the same for all of them, else they could not be ' +
      'compared.',
  ),
  E0405: code(
    'exclude without effect',
    '`exclude:` speaks of a path or value that the matrix does not have.',
  ),
  E0406: code(
    'something is needed',
    'Without it there is nothing to simulate, or the key has no meaning.',
  ),
  E0407: code(
    'too many',
    'A limit on the size of a scenario: POPs 10,000, links 100,000, servers 1 million, ' +
      'events 1 million, strategies 10,000.',
  ),
  E0408: code(
    'not a threshold',
    'METRIC [of ENTITY] [during|before|after EVENT] OP VALUE, or METRIC no worse than +3% ' +
      'against STRATEGY.',
  ),
  E0409: code(
    'shares do not sum to 100 %',
    'Shares of one whole sum to 100 %; classes without a share divide the rest.',
  ),
  E0410: code(
    'an event that makes no sense',
    'One event has one verb, targets the verb is for, and keys the verb understands.',
  ),
  E0411: code('an event name twice', 'Windows in thresholds and reports go by these names.'),
  E0412: code('after in a circle', 'An event begins after itself.'),
  E0413: code('when?', 'An event has `at:` or `after:`, not both.'),
  E0414: code('a link that cannot be', 'A link joins two different POPs, once.'),
  E0415: code(
    'a map that does not hold together',
    'A POP without a session and without a link, a region without an AS, or the like.',
  ),
  W0108: code(
    'rounded capacity',
    'An origin serves in whole slots; the stated capacity lies between two numbers of them.',
  ),
  W0109: code(
    'an unstable load',
    'More work arrives than can be served: queues grow until their limit, and figures ' +
      'depend on how long is simulated.',
  ),
  W0110: code(
    'a coarser time series',
    'The time series of a replication would be too long to store with it: its buckets are wider ' +
      'than asked for.',
  ),
  W0111: code(
    'a layer without effect',
    'What is written could change nothing: slow start around a policy that ignores weights, or a ' +
      'cache that has no origin to fetch from or no objects to keep.',
  ),
  W0112: code(
    'an event that never happens',
    'It begins at the end of the run or later. Lengthen run.duration, or begin earlier.',
  ),
};
