import type { TemplateResult } from 'lit-html';
import type { TableModel } from '../../table-model.ts';

/** A part of the report: a table, and what must be known to read it. */
export interface ReportSection {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly table: TableModel;
  /** What is chosen in the table, beside the title. */
  readonly controls?: TemplateResult;
}
