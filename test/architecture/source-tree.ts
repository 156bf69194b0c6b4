import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** A file of the tree: its path from the root with forward slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export const FOLDERS = ['balancer', 'topology', 'sim', 'scenarios', 'cli', 'viz'] as const;

export const ROOT = resolve(import.meta.dirname, '../..');

/** Every TypeScript file below `folders` of `root`, in path order; absent folders have none. */
export function readSourceTree(root: string, folders: readonly string[]): SourceFile[] {
  const files: SourceFile[] = [];
  for (const folder of folders) {
    if (!existsSync(join(root, folder))) continue;
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort();
    for (const name of names) {
      if (!/[.][cm]?tsx?$/.test(name) || name.includes('node_modules')) continue;
      const path = join(root, folder, name);
      files.push({
        path: relative(root, path).replaceAll('\\', '/'),
        text: readFileSync(path, 'utf8'),
      });
    }
  }
  return files;
}

/** The text with comments blanked, line breaks kept; strings stay (`//` may stand in one). */
export function withoutComments(text: string): string {
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return text.replace(token, (found) =>
    found.startsWith('/*') || found.startsWith('//') ? found.replace(/[^\n]/g, ' ') : found,
  );
}

/** Lines on which `pattern` occurs outside comments, as `path:line: text`. */
export function findInCode(file: SourceFile, pattern: RegExp): string[] {
  return withoutComments(file.text)
    .split('\n')
    .flatMap((line, index) =>
      pattern.test(line) ? [`${file.path}:${index + 1}: ${line.trim()}`] : [],
    );
}
