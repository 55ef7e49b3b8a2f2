import type { Check } from '../check.ts';
import { instanceUsable } from './instance/instance-usable.ts';
import { aliasDiffers } from './instance/alias-differs.ts';

/** The Amazon Connect instance itself, and what it records and sends. */
export const instanceChecks: readonly Check[] = [instanceUsable, aliasDiffers];
