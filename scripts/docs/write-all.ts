/** Writes the generated parts of the documentation: `npx tsx scripts/docs/write-all.ts`. */

import { familyPages } from './balancing/family-pages.ts';
import { storiesPage } from './balancing/stories-page.ts';
import { writeGeneratedPart } from './generated-part.ts';
import { keyReference } from './key-reference.ts';
import { metricReference } from './metric-reference.ts';
import { scenarioReference } from './scenario-reference.ts';

const parts = [scenarioReference, metricReference, keyReference, storiesPage, ...familyPages];
for (const part of parts) writeGeneratedPart(part);
