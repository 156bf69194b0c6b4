import type { BaseType, Selection } from 'd3-selection';

type Value<Datum> = string | number | ((datum: Datum) => string | number);

/**
 * As `attr` and `text` of d3, for what is drawn ten times a second: writes only what differs, as
 * whatever is written is laid out and painted again even where nothing has changed.
 */
export function putAttribute<Element extends BaseType, Datum>(
  marks: Selection<Element, Datum, BaseType, unknown>,
  name: string,
  value: Value<Datum>,
): void {
  marks.each(function (datum) {
    const element = this as unknown as globalThis.Element;
    const text = String(typeof value === 'function' ? value(datum) : value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  });
}

export function putText<Element extends BaseType, Datum>(
  marks: Selection<Element, Datum, BaseType, unknown>,
  value: (datum: Datum) => string,
): void {
  marks.each(function (datum) {
    const element = this as unknown as globalThis.Element;
    const text = value(datum);
    if (element.textContent !== text) element.textContent = text;
  });
}
