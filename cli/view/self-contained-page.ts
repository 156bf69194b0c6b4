import { createHash } from 'node:crypto';
import type { Bundle } from './bundle.ts';

export interface SelfContainedPage {
  readonly byteLength: number;
  /** The file's text, `elements` in its body. */
  withData(elements: string): string;
}

/**
 * The page of the bundle with script and style inside, under a policy that allows exactly these by
 * their hashes and no request whatsoever. The font goes in as data, which the script hands to the
 * browser, so the policy needs no font-src.
 *
 * A module script has to come after the data that it reads, so it moves to the end of the body.
 */
export function selfContainedPage(bundle: Bundle): SelfContainedPage {
  const html = textOf(bundle, '/index.html');
  const scripts: string[] = [];
  const styles: string[] = [];
  const bare = html
    .replaceAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*><\/script>/g, (_, path: string) => {
      scripts.push(inlineScript(textOf(bundle, path)));
      return '';
    })
    .replaceAll(/<link\b[^>]*\bhref="([^"]+)"[^>]*>/g, (tag, path: string) => {
      if (tag.includes('rel="stylesheet"')) styles.push(textOf(bundle, path));
      return '';
    });
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(hashOf).join(' ')}`,
    `style-src ${styles.map(hashOf).join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const head =
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n` +
    '<meta name="referrer" content="no-referrer">\n' +
    styles.map((style) => `<style>${style}</style>`).join('\n');
  const font = bundle.get('/inter.woff2');
  const asset =
    font === undefined
      ? ''
      : '<script type="application/octet-stream" id="asset-inter">' +
        `${font.bytes.toString('base64')}</script>\n`;
  const tail = scripts.map((script) => `<script type="module">${script}</script>`).join('\n');
  // Replaced by functions: `$&` in a script is no pattern.
  const withHead = bare.replace(/<meta charset="utf-8" ?\/?>/, (tag) => `${tag}\n${head}`);
  const withData = (elements: string): string =>
    withHead.replace('</body>', () => `${elements}\n${asset}${tail}\n</body>`);
  return { byteLength: Buffer.byteLength(withData('')), withData };
}

function textOf(bundle: Bundle, path: string): string {
  const file = bundle.get(path.startsWith('/') ? path : `/${path}`);
  if (file === undefined) throw new Error(`the page's ${path} is not in the bundle`);
  return file.bytes.toString('utf8');
}

/** `</script` and `<!--` in a string literal would end, or hide, the element around it. */
function inlineScript(source: string): string {
  return source.replaceAll(/<(?=\/script|!--)/gi, '\\x3C');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
