import { describe, expect, it } from 'vitest';
import { hash32, type ClusterOptions } from '../../../balancer/index.ts';
import { createForwarder, type Tried, type Try } from '../../../balancer/live/index.ts';
import { FakeTimers } from '../fake-timers.ts';

const MEMBERS = ['a', 'b', 'c'].map((id) => ({ id }));

function forwarderOf(balancer: ClusterOptions['balancer']) {
  const timers = new FakeTimers();
  const forwarder = createForwarder<string>({ balancer: balancer ?? {} }, MEMBERS, {
    timers,
    random: () => () => 0,
  });
  const ask = (send: (to: Try) => Promise<Tried<string>>, request: { client?: number } = {}) =>
    forwarder.forward({ keyHash: hash32('key'), ...request }, send);
  return { timers, forwarder, ask };
}

const served = ({ id }: Try) => Promise.resolve({ outcome: 'success' as const, answer: id });
const never = () => new Promise<Tried<string>>(() => {});

describe('a forwarder', () => {
  it('gives the answer, and from whom', async () => {
    const { ask, forwarder } = forwarderOf('round-robin');
    expect(await ask(served)).toEqual({
      kind: 'answered',
      answer: 'a',
      outcome: 'success',
      id: 'a',
    });
    expect(forwarder.cluster.balancer.pool.inFlightTotal).toBe(0);
  });

  it('tries again, and gives the last failure', async () => {
    const { ask } = forwarderOf({ policy: 'round-robin', retries: { max: 1, on: '5xx' } });
    const tried: string[] = [];
    const failing = ({ id }: Try) => {
      tried.push(id);
      return Promise.resolve({ outcome: 'server-error' as const, answer: `500 of ${id}` });
    };
    expect(await ask(failing)).toMatchObject({ answer: '500 of b', outcome: 'server-error' });
    expect(tried).toEqual(['a', 'b']);
  });

  it('takes a rejection for a failed connection, and passes the last one on', async () => {
    const { ask, forwarder } = forwarderOf({ policy: 'round-robin', retries: { max: 1 } });
    const once = (to: Try) => (to.id === 'a' ? Promise.reject(new Error('reset')) : served(to));
    expect(await ask(once)).toMatchObject({ kind: 'answered', id: 'b' });
    const broken = ({ id }: Try) => Promise.reject(new Error(`no route to ${id}`));
    await expect(ask(broken)).rejects.toThrow('no route to a');
    expect(forwarder.cluster.balancer.pool.inFlightTotal).toBe(0);
  });

  it('aborts a try that takes too long, and does not hear it any more', async () => {
    const { ask, timers } = forwarderOf({
      policy: 'round-robin',
      retries: { max: 1, per_try_timeout: '50ms' },
    });
    const aborted: string[] = [];
    const slow = ({ id, signal }: Try) => {
      signal.addEventListener('abort', () => aborted.push(id));
      return never();
    };
    const answer = ask(slow);
    timers.runUntil(50e6);
    expect(aborted).toEqual(['a']);
    timers.runUntil(100e6);
    expect(await answer).toEqual({ kind: 'gave-up' });
    expect(aborted).toEqual(['a', 'b']);
  });

  it('refuses with a reason, and uses its numbers again', async () => {
    const { ask } = forwarderOf({ policy: 'round-robin', circuit_breaker: { requests: 1 } });
    let finish = () => {};
    const held = ask(({ id }) => {
      return new Promise((resolve) => {
        finish = () => resolve({ outcome: 'success', answer: id });
      });
    });
    for (let again = 0; again < 3; again++) {
      expect(await ask(served)).toEqual({ kind: 'refused', why: 'too-many-requests' });
    }
    finish();
    expect(await held).toMatchObject({ kind: 'answered', id: 'a' });
    expect(await ask(served)).toMatchObject({ kind: 'answered', id: 'b' });
  });

  it('keeps a client by its cookie, or by its number', async () => {
    const byCookie = forwarderOf({ policy: 'round-robin', affinity: 'cookie' });
    const first = await byCookie.ask(served);
    expect(first).toMatchObject({ id: 'a', cookie: 'a' });
    await byCookie.ask(served);
    const { forwarder } = byCookie;
    const again = forwarder.forward({ keyHash: 1, cookie: 'a' }, served);
    expect(await again).toMatchObject({ id: 'a', cookie: 'a' });

    const byNumber = forwarderOf({ policy: 'round-robin', affinity: 'client' });
    const ids: unknown[] = [];
    for (const client of [1, 2, 1, 2]) ids.push(await byNumber.ask(served, { client }));
    expect(ids.map((each) => (each as { id: string }).id)).toEqual(['a', 'b', 'a', 'b']);
  });
});
