import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * Builds the page into `dist/viz/`: files of fixed names, because the server hands them out by id,
 * and nothing inline, because its Content-Security-Policy forbids that.
 *
 *   index.html  dashboard.js  dashboard.css  decode-worker.js  engine-worker.js  inter.woff2
 */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const viteConfig = defineConfig({
  root: here('.'),
  base: '/',
  publicDir: false,
  resolve: {
    alias: {
      'node:module': here('./playground/no-files.ts'),
      'node:zlib': here('./playground/no-files.ts'),
      'xxhash-wasm': here('./playground/xxhash-without-wasm.ts'),
    },
  },
  build: {
    outDir: here('../dist/viz'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    /** A data: URL would need a font-src that the policy does not give. */
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      output: {
        entryFileNames: 'dashboard.js',
        chunkFileNames: '[name].js',
        /** The stylesheet and the font. */
        assetFileNames: ({ names }) =>
          names[0]?.endsWith('.css') === true ? 'dashboard.css' : 'inter[extname]',
      },
    },
  },
  worker: {
    format: 'es',
    rolldownOptions: { output: { entryFileNames: '[name].js' } },
  },
});

export { viteConfig as default };
