import { describe } from 'vitest';
import { describeGate } from './gate/describe-gate.ts';

describe('theory: general service', () => describeGate('general service'));
