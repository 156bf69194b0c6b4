import { z } from 'zod';
import { coded } from './issue-text.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** Names of POPs, classes, events …: they are parts of paths, so no dots and no slashes. */
export const entityName = () =>
  z.string().regex(NAME, {
    error: (issue) =>
      coded(
        'E0208',
        `'${String(issue.input)}' is not a name`,
        'letters, digits, - and _, beginning with a letter or digit',
      ),
  });

/** A mapping whose keys are names of the author's choice; `'*'` is checked by who allows it. */
export function record<Value extends z.ZodType>(value: Value) {
  return z.record(
    z.string().regex(/^(?:\*|[A-Za-z0-9][A-Za-z0-9_-]*)$/, {
      error: (issue) =>
        coded(
          'E0208',
          `'${String(issue.input)}' is not a name`,
          'letters, digits, - and _, beginning with a letter or digit',
        ),
    }),
    value,
  );
}

/** One value or a list of them; always a list inside. */
export function oneOrMore<Value extends z.ZodType>(value: Value) {
  return z
    .union([value, z.array(value)])
    .transform((written): z.output<Value>[] =>
      Array.isArray(written) ? written : [written as z.output<Value>],
    );
}
