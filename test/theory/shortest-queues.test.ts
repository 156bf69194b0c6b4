import { describe } from 'vitest';
import { describeGate } from './gate/describe-gate.ts';

describe('theory: shortest queues', () => describeGate('shortest queues'));
