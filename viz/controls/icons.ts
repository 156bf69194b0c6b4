import { svg, html, type TemplateResult } from 'lit-html';

/**
 * Icons as paths of 16 × 16: glyphs for them are missing from many systems' fonts. Filled with the
 * colour of the text.
 */
const PATHS = {
  play: 'M4 2.5v11l9.5-5.5z',
  pause: 'M4 2.5h3v11h-3zM9 2.5h3v11h-3z',
  previous: 'M2.5 3h1.8v10h-1.8zM13.5 3v10l-8-5z',
  next: 'M11.7 3h1.8v10h-1.8zM2.5 3v10l8-5z',
  minus: 'M3 7.2h10v1.6h-10z',
  plus: 'M3 7.2h4.2v-4.2h1.6v4.2h4.2v1.6h-4.2v4.2h-1.6v-4.2h-4.2z',
  table: 'M2 3h12v2h-12zM2 7h12v2h-12zM2 11h12v2h-12z',
  picture: 'M2 2h12v12h-12zM3.6 3.6v6.2l2.6-3 2.6 3 1.7-1.8 1.9 2v-6.4z',
  search:
    'M6.8 1.5a5.3 5.3 0 0 1 4.2 8.5l3.7 3.7-1.2 1.2-3.7-3.7a5.3 5.3 0 1 1-3-9.7z' +
    'M6.8 3.1a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4z',
  theme: 'M8 1.5a6.5 6.5 0 1 1 0 13zM8 1.5a6.5 6.5 0 0 0 0 13v-1.5a5 5 0 0 1 0-10z',
  export: 'M7.2 1.5h1.6v6.8l2.5-2.5 1.1 1.1-4.4 4.4-4.4-4.4 1.1-1.1 2.5 2.5zM2 12.7h12v1.8h-12z',
  whole:
    'M2 2h5v1.6h-3.4v3.4h-1.6zM9 2h5v5h-1.6v-3.4h-3.4zM2 9h1.6v3.4h3.4v1.6h-5z' +
    'M12.4 9h1.6v5h-5v-1.6h3.4z',
  close:
    'M3.2 4.3l1.1-1.1 3.7 3.7 3.7-3.7 1.1 1.1-3.7 3.7 3.7 3.7-1.1 1.1-3.7-3.7-3.7 3.7' +
    '-1.1-1.1 3.7-3.7z',
} as const;

export type IconName = keyof typeof PATHS;

/** Says nothing to screen readers: the button around it has a label. */
export function icon(name: IconName, sizePx = 16): TemplateResult {
  return html`<svg
    class="icon"
    width=${sizePx}
    height=${sizePx}
    viewBox="0 0 16 16"
    aria-hidden="true"
  >
    ${svg`<path d=${PATHS[name]} fill="currentColor"></path>`}
  </svg>`;
}
