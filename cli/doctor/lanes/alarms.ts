import type { Check } from '../check.ts';

export const alarmChecks: readonly Check[] = [];
