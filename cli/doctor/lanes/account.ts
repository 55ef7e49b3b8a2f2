import type { Check } from '../check.ts';

export const accountChecks: readonly Check[] = [];
