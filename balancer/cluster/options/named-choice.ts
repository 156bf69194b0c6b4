/** A thing of a catalogue with its options, as they were written. */
export interface Choice {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** How a choice is written: its name, `{ name: options }`, or `{ [nameKey]: name, …options }`. */
export type Written = string | Readonly<Record<string, unknown>>;

export interface ChoiceForm {
  /** The key that may hold the name. */
  readonly nameKey: string;
  /** Keys beside the choice, which are no options of it. */
  readonly besides: readonly string[];
  readonly names: readonly string[];
}

/** Undefined where nothing is chosen; throws for what is not in the catalogue. */
export function readChoice(written: Written, form: ChoiceForm): Choice | undefined {
  if (typeof written === 'string') return named(written, {}, form);
  const { [form.nameKey]: inner, ...rest } = written;
  const own = Object.entries(rest).filter(([key]) => !form.besides.includes(key));
  if (typeof inner === 'string') return named(inner, Object.fromEntries(own), form);
  if (inner === undefined) return own.length === 0 ? undefined : wrapped(own, form);
  if (own.length > 0) throw new Error(`unknown key "${own[0]![0]}" beside ${form.nameKey}`);
  return wrapped(Object.entries(inner as object), form);
}

function wrapped(entries: readonly (readonly [string, unknown])[], form: ChoiceForm): Choice {
  const keys = entries.map(([key]) => key);
  if (keys.length !== 1) throw new Error(`one ${form.nameKey} is wanted, not: ${keys.join(', ')}`);
  return named(keys[0]!, (entries[0]![1] ?? {}) as Choice['options'], form);
}

function named(name: string, options: Choice['options'], { nameKey, names }: ChoiceForm): Choice {
  if (names.includes(name)) return { name, options };
  throw new Error(`unknown ${nameKey} "${name}"; there are ${names.join(', ')}`);
}
