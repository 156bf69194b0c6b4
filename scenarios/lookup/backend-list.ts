import type { BackendOptions, MembershipChange } from '../../balancer/index.ts';
import { nearestName } from '../suggest.ts';
import { LookupError } from './lookup-request.ts';

/** More backends than this are a slip of the finger: some policies build for seconds. */
const MOST_BACKENDS = 100_000;

/** `a,b=2,c0..c9` → backends; a weight counts for the whole range before it. */
export function parseBackends(text: string): BackendOptions[] {
  const backends = text.split(',').flatMap((part) => {
    const { id, weight } = parseWeighted(part.trim(), 1);
    return expandRange(id).map((each) => ({ id: each, weight }));
  });
  const seen = new Set<string>();
  for (const { id } of backends) {
    if (id === '') throw new LookupError(`--backends ${text}: a name is empty`);
    if (seen.has(id)) throw new LookupError(`--backends ${text}: '${id}' stands there twice`);
    seen.add(id);
  }
  return backends;
}

/** `b3=99`, `b3` → name and weight. */
export function parseWeighted(text: string, whenAbsent: number): Required<BackendOptions> {
  const at = text.lastIndexOf('=');
  if (at < 0) return { id: text, weight: whenAbsent };
  const weight = Number(text.slice(at + 1));
  if (text.slice(at + 1).trim() === '' || !(weight >= 0 && weight < Infinity)) {
    throw new LookupError(`'${text}': a weight is a number from 0 on`, 'write NAME=2');
  }
  return { id: text.slice(0, at), weight };
}

/** Checks each change against the members that the ones before it leave. */
export function parseChanges(
  backends: readonly BackendOptions[],
  written: readonly { readonly verb: MembershipChange['verb']; readonly text: string }[],
): MembershipChange[] {
  const members = new Set(backends.map(({ id }) => id));
  return written.flatMap(({ verb, text }) =>
    text.split(',').map((part): MembershipChange => {
      const { id, weight } = parseWeighted(part.trim(), verb === 'weight' ? Number.NaN : 1);
      if (verb === 'add') {
        if (members.has(id)) throw new LookupError(`--add ${id}: it is a backend already`);
        members.add(id);
        return { verb, id, weight };
      }
      if (!members.has(id)) throw unknownBackend(verb, id, [...members]);
      if (verb === 'weight') {
        if (!Number.isNaN(weight)) return { verb, id, weight };
        throw new LookupError(`--weight ${id}: a weight is missing`, `write --weight ${id}=2`);
      }
      members.delete(id);
      return { verb, id };
    }),
  );
}

function unknownBackend(verb: string, id: string, members: readonly string[]): LookupError {
  const nearest = nearestName(id, members);
  const shown = members.slice(0, 8).join(', ') + (members.length > 8 ? ', …' : '');
  return new LookupError(
    `--${verb} ${id}: no backend is called that`,
    nearest === undefined ? `backends: ${shown}` : `did you mean '${nearest}'?`,
  );
}

/** `b0..b9` or `b0..9` → b0, b1 … b9. */
function expandRange(text: string): string[] {
  const match = /^(.*?)(\d+)\.\.(.*?)(\d+)$/.exec(text);
  if (match === null) return [text];
  const [, prefix, first, prefixAgain, last] = match;
  const count = Number(last) - Number(first) + 1;
  if ((prefixAgain !== '' && prefixAgain !== prefix) || count < 1) {
    throw new LookupError(`'${text}' is no range of names`, 'write b0..b9');
  }
  if (count > MOST_BACKENDS) {
    throw new LookupError(`'${text}' is more than ${MOST_BACKENDS} backends`);
  }
  return Array.from({ length: count }, (_, i) => `${prefix}${Number(first) + i}`);
}
