import { html, type TemplateResult } from 'lit-html';

/** In place of a picture that cannot be drawn: what is missing, and what to do about it. */
export function emptyState(title: string, advice: string | TemplateResult): TemplateResult {
  return html`<div class="empty-state" role="status">
    <h2>${title}</h2>
    <p>${advice}</p>
  </div>`;
}

/** What to write in the scenario so that a run records what a view needs. */
export function recordAdvice(words: string): TemplateResult {
  return html`Add <code>output.record: [${words}]</code> to the scenario and run it again.`;
}
