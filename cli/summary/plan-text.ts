import type { PlanDescription } from '../../scenarios/index.ts';
import type { Palette } from '../terminal/colour.ts';
import { escapeLine } from '../terminal/escape.ts';

/** A topic in the margin and its lines beside it; warnings last. */
export function planText(plan: PlanDescription, palette: Palette): string {
  const warnings = plan.warnings.length === 0 ? [] : [{ topic: 'warnings', lines: plan.warnings }];
  const sections = [...plan.sections, ...warnings];
  const margin = Math.max(...sections.map(({ topic }) => topic.length)) + 2;
  return sections
    .flatMap(({ topic, lines }) =>
      lines.map((line, i) => {
        const title = (i === 0 ? topic : '').padEnd(margin);
        const paint = topic === 'warnings' ? palette.unsure : palette.strong;
        return `${i === 0 ? paint(title) : title}${escapeLine(line)}`;
      }),
    )
    .join('\n');
}
