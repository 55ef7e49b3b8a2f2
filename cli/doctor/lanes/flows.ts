import type { Check } from '../check.ts';

export const flowChecks: readonly Check[] = [];
