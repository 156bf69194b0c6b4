/** The fixed parts of the page (landmarks for screen readers), in reading order. */
export interface Frame {
  readonly root: HTMLElement;
  readonly top: HTMLElement;
  readonly banner: HTMLElement;
  readonly main: HTMLElement;
  /** Over the bottom of the view. */
  readonly captions: HTMLElement;
  readonly side: HTMLElement;
  readonly strip: HTMLElement;
  readonly time: HTMLElement;
  readonly footer: HTMLElement;
  announce(text: string): void;
}

/** How long a message stays to be read. */
const SHOWN_MS = 3_500;

export function createFrame(root: HTMLElement): Frame {
  root.replaceChildren();
  root.className = 'dashboard';
  const part = (tag: string, className: string, label?: string): HTMLElement => {
    const element = document.createElement(tag);
    element.className = className;
    if (label !== undefined) element.setAttribute('aria-label', label);
    root.append(element);
    return element;
  };
  const top = part('header', 'top-bar');
  const bannerSlot = part('div', 'banner-slot');
  const main = part('main', 'main-view');
  const captions = part('div', 'caption-slot');
  const side = part('aside', 'side-panel', 'Selection');
  const strip = part('section', 'strip', 'The whole network over time');
  const time = part('section', 'timeline-bar', 'Time');
  const footer = part('footer', 'footer');
  const message = part('div', 'announcement');
  message.setAttribute('role', 'status');
  let hiding = 0;
  return {
    root,
    top,
    banner: bannerSlot,
    main,
    captions,
    side,
    strip,
    time,
    footer,
    announce(text) {
      window.clearTimeout(hiding);
      message.textContent = text;
      message.classList.add('is-shown');
      hiding = window.setTimeout(() => message.classList.remove('is-shown'), SHOWN_MS);
    },
  };
}
