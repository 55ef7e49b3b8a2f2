import { type FaultPlan, shakyCloud } from '../simulator/faults/fault-plan.ts';

/** Options of `npm start` and `vmx call`. */
export const FAULT_OPTIONS = { faults: { type: 'string' }, seed: { type: 'string' } } as const;

export const FAULTS_USAGE = `  --faults SHARE    of the functions' AWS calls that fail, from 0 to 1; functions are killed and
                    queue messages and events come twice or late as well, in proportion
  --seed NUMBER     which of them; the same number gives the same (default 1)`;

/** Undefined if no faults are requested. Throws a TypeError with a sentence. */
export function faultPlanFrom(values: {
  readonly faults?: string | undefined;
  readonly seed?: string | undefined;
}): FaultPlan | undefined {
  const { faults, seed = '1' } = values;
  if (!/^\d+$/.test(seed)) throw new TypeError(`--seed ${seed} is no whole number`);
  if (faults === undefined) return undefined;
  const failing = Number(faults);
  if (faults === '' || !(failing >= 0 && failing <= 1))
    throw new TypeError(`--faults ${faults} is no number from 0 to 1`);
  return shakyCloud({ failing, seed: Number(seed) });
}
