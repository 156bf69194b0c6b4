import { describe, expect, it } from 'vitest';
import { Connections, ConnectionState } from '../../../sim/traffic/connections.ts';

describe('kept connections', () => {
  it('are reused until they have been idle for too long', () => {
    const connections = new Connections(2, 3, 60);
    expect(connections.use(1, 2, 0, 5, 0)).toBe(ConnectionState.New);
    expect(connections.use(1, 2, 0, 5, 60)).toBe(ConnectionState.Reused);
    expect(connections.use(1, 2, 0, 5, 121)).toBe(ConnectionState.New);
  });

  it('break when the address leads to another POP, and are new under another address', () => {
    const connections = new Connections(1, 1, 60);
    connections.use(0, 0, 7, 1, 0);
    expect(connections.keptPrefix(0, 0, 30)).toBe(7);
    expect(connections.use(0, 0, 7, 2, 30)).toBe(ConnectionState.Broken);
    expect(connections.use(0, 0, 8, 2, 40)).toBe(ConnectionState.New);
  });

  it('belong to one client of one region', () => {
    const connections = new Connections(2, 2, 60);
    connections.use(0, 1, 0, 4, 0);
    expect(connections.use(1, 0, 0, 4, 0)).toBe(ConnectionState.New);
    expect(connections.popOf(0, 1)).toBe(4);
    connections.drop(0, 1);
    expect(connections.keptPrefix(0, 1, 1)).toBe(-1);
  });
});
