import type { Check } from '../check.ts';

export const routingChecks: readonly Check[] = [];
