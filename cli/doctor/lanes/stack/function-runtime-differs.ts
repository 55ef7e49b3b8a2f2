import { LAMBDA_RUNTIME } from '../../../../infra/version.ts';
import type { Check } from '../../check.ts';
import { counted } from '../../counted.ts';
import { deployedFunctions } from '../../facts/deployed-functions.ts';
import { DEPLOY } from '../../remedies.ts';

export const functionRuntimeDiffers: Check = {
  id: 'function-runtime-differs',
  lane: 'stack',
  title: 'whether the functions run on the runtime of this version',
  async run(look) {
    const others = (await deployedFunctions(look)).filter(
      ({ runtime }) => runtime !== undefined && runtime !== LAMBDA_RUNTIME,
    );
    if (others.length === 0) return [];
    return [
      {
        severity: 'warning',
        certainty: 'certain',
        what: `This version is built for ${LAMBDA_RUNTIME}, and ${counted(others.length, 'function')} of the stack ${others.length === 1 ? 'runs' : 'run'} on another runtime.`,
        suffers:
          'Administrators: AWS ends old runtimes, after which a function cannot be changed any more. Everybody, if a function does not run on another one.',
        evidence: others.map(({ name, runtime }) => ({
          api: 'lambda:GetFunction',
          saw: `${name}: ${runtime}`,
        })),
        remedy: `Deploy: ${DEPLOY}.`,
      },
    ];
  },
};
