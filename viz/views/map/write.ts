/** By element: what its attributes are, as they were last written here; its text under ''. */
const written = new WeakMap<Element, Map<string, string | number>>();

/**
 * Writes an attribute, for what is drawn ten times a second: only where it differs, as whatever is
 * written is laid out and painted again even where nothing has changed. Who uses it for an
 * attribute uses nothing else for it.
 */
export function write(element: Element, name: string, value: string | number): void {
  if (isNew(element, name, value)) element.setAttribute(name, String(value));
}

/** The same of the text in it. */
export function writeText(element: Element, text: string): void {
  if (isNew(element, '', text)) element.textContent = text;
}

function isNew(element: Element, name: string, value: string | number): boolean {
  let own = written.get(element);
  if (own === undefined) written.set(element, (own = new Map()));
  if (own.get(name) === value) return false;
  own.set(name, value);
  return true;
}
