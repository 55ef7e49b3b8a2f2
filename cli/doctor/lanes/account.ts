import type { Check } from '../check.ts';
import { sampleValues } from './account/sample-values.ts';

export const accountChecks: readonly Check[] = [sampleValues];
