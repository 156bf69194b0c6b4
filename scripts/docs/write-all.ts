/** Writes the generated parts of the documentation: `npx tsx scripts/docs/write-all.ts`. */

import { familyPages } from './balancing/family-pages.ts';
import { writeGeneratedPart } from './generated-part.ts';
import { metricReference } from './metric-reference.ts';
import { scenarioReference } from './scenario-reference.ts';

for (const part of [scenarioReference, metricReference, ...familyPages]) writeGeneratedPart(part);
