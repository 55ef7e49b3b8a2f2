import type { Check } from '../check.ts';
import { linkUnreachable } from './stack/link-unreachable.ts';

export const stackChecks: readonly Check[] = [linkUnreachable];
