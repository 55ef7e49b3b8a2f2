import type { Check, Finding } from '../../check.ts';
import { deployedFunctions } from '../../facts/deployed-functions.ts';
import { isDeployed, stack } from '../../facts/stack.ts';
import { DEPLOY_OVER_DRIFT } from '../../remedies.ts';

export const functionCannotRun: Check = {
  id: 'function-cannot-run',
  lane: 'stack',
  title: 'whether every function of the stack may run',
  async run(look) {
    const found = await stack(look);
    if (!found || !isDeployed(found)) return [];
    return (await deployedFunctions(look)).flatMap(({ name, isThere, reservedConcurrency }): Finding[] => {
      if (!isThere) return [missing(name)];
      return reservedConcurrency === 0 ? [switchedOff(name, look.home.region)] : [];
    });
  },
};

const COMMON = {
  severity: 'blocker',
  certainty: 'certain',
  suffers: 'Callers: voicemails that need this function are not delivered.',
} as const;

function switchedOff(name: string, region: string): Finding {
  return {
    ...COMMON,
    what: `The function ${name} is switched off: its reserved concurrency is 0.`,
    evidence: [{ api: 'lambda:GetFunction', saw: `${name}: ReservedConcurrentExecutions 0` }],
    remedy: `Switch it on again: aws lambda delete-function-concurrency --function-name ${name} --region ${region}.`,
  };
}

function missing(name: string): Finding {
  return {
    ...COMMON,
    what: `The function ${name} of the stack was deleted by hand.`,
    evidence: [{ api: 'lambda:GetFunction', saw: `${name}: ResourceNotFoundException` }],
    remedy: `Deploy, and have CloudFormation make it again: ${DEPLOY_OVER_DRIFT}.`,
  };
}
