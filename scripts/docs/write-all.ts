/** Writes the generated parts of the documentation: `npx tsx scripts/docs/write-all.ts`. */

import { writeGeneratedPart } from './generated-part.ts';
import { metricReference } from './metric-reference.ts';
import { scenarioReference } from './scenario-reference.ts';

for (const part of [scenarioReference, metricReference]) writeGeneratedPart(part);
