import { describe } from 'vitest';
import { describeGate } from './gate/describe-gate.ts';

describe('theory: loss systems', () => describeGate('loss systems'));
