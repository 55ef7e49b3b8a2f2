import type { Check } from '../check.ts';

export const stackChecks: readonly Check[] = [];
