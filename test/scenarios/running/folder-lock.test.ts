import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFolder } from '../../../scenarios/running/folder-lock.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'anycastle-lock-'));

describe('the lock of a results folder', () => {
  it('refuses a second holder by name and is free again afterwards', () => {
    const folder = newFolder();
    const unlock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(`in use by process ${process.pid}`);
    unlock();
    lockFolder(folder)();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('recovers the lock of a process that is gone', () => {
    const folder = newFolder();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(join(folder, 'run.lock'), JSON.stringify({ pid, started: '1' }));
    const unlock = lockFolder(folder);
    expect(readFileSync(join(folder, 'run.lock'), 'utf8')).toContain(`"pid":${process.pid}`);
    unlock();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('sees that a living pid is another process by its start time', () => {
    if (!existsSync('/proc/self/stat')) return;
    const folder = newFolder();
    writeFileSync(join(folder, 'run.lock'), JSON.stringify({ pid: process.ppid, started: '1' }));
    lockFolder(folder)();
  });

  it('recovers a lock that was torn', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'run.lock'), '{"pid":');
    lockFolder(folder)();
  });
});
