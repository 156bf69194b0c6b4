import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from '../../../scenarios/running/make-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'anycastle-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('makes a folder with those above it, and is content with one that is there', async () => {
  const path = join(folder, 'a', 'b c', 'ü');
  await makeFolder(path);
  await makeFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

it('says what is in the way, with the exit code of an I/O failure', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(makeFolder(file)).rejects.toMatchObject({
    exitCode: 5,
    message: expect.stringContaining('not a folder') as string,
  });
  await expect(makeFolder(join(file, 'x'))).rejects.toMatchObject({ exitCode: 5 });
});

it.runIf(existsSync('/proc/self'))(
  'does not go round for ever where none can be made',
  async () => {
    await expect(makeFolder('/proc/anycastle/x')).rejects.toMatchObject({ exitCode: 5 });
  },
);
