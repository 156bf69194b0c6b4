import { describeAccessibility } from './accessibility-of-views.ts';

describeAccessibility('dark');
