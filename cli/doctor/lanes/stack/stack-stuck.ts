import type { Check, Finding } from '../../check.ts';
import { isOfSomebodyElse, stack } from '../../facts/stack.ts';
import { DEPLOY } from '../../remedies.ts';

interface Meaning extends Pick<Finding, 'severity' | 'suffers'> {
  /** Goes on after "The stack X is STATUS: ". */
  readonly means: string;
  /** `named`: its name and Region, as options of the AWS CLI. */
  readonly remedy: (named: string) => string;
}

const NOT_THERE = 'Callers: they cannot leave a message yet.';
const NO_UPDATES = 'Administrators: no change can be deployed, and voicemail may run partly changed.';
const reason = 'Read the reason under CloudFormation, Stacks, Events';

const FIRST_FAILED: Meaning = {
  severity: 'blocker',
  means: 'its first deployment failed.',
  suffers: NOT_THERE,
  remedy: () => `${reason}, and deploy again: ${DEPLOY}. CDK deletes the failed stack first.`,
};

const BEING_CHANGED: Meaning = {
  severity: 'note',
  means: 'somebody is changing it, and what is found may not hold in some minutes.',
  suffers: 'Nobody, if it ends well.',
  remedy: () => 'Wait until it is done, and run npx vmx doctor again.',
};

/** What a stack is when nothing is wrong. */
const SOUND = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'];

/** Source: CloudFormation user guide, "Stack status codes"; how the pinned CDK goes on from each. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  REVIEW_IN_PROGRESS: {
    severity: 'note',
    means: 'a change set was made for it and never executed, so nothing is deployed.',
    suffers: NOT_THERE,
    remedy: (named) =>
      `Deploy it: ${DEPLOY}. Or remove what is left: aws cloudformation delete-stack ${named}.`,
  },
  ROLLBACK_COMPLETE: FIRST_FAILED,
  ROLLBACK_FAILED: FIRST_FAILED,
  CREATE_FAILED: {
    ...FIRST_FAILED,
    remedy: (named) =>
      `${reason}, delete the stack, aws cloudformation delete-stack ${named}, and deploy again: ${DEPLOY}.`,
  },
  UPDATE_ROLLBACK_COMPLETE: {
    severity: 'warning',
    means: 'its last deployment failed, and it runs as it was before.',
    suffers: 'Administrators: what was to be deployed is not.',
    remedy: () => `${reason}, and deploy again: ${DEPLOY}.`,
  },
  UPDATE_ROLLBACK_FAILED: {
    severity: 'blocker',
    means: 'its last deployment failed and could not be undone.',
    suffers: NO_UPDATES,
    remedy: (named) =>
      `${reason}, mend what it names, and run aws cloudformation continue-update-rollback ${named}.`,
  },
  UPDATE_FAILED: {
    severity: 'blocker',
    means: 'its last deployment failed and was not undone.',
    suffers: NO_UPDATES,
    remedy: (named) => `${reason}, and run aws cloudformation rollback-stack ${named}.`,
  },
  IMPORT_ROLLBACK_FAILED: {
    severity: 'blocker',
    means: 'resources were to be imported into it, and that could not be undone.',
    suffers: NO_UPDATES,
    remedy: () => `${reason}, and mend what it names.`,
  },
  DELETE_FAILED: {
    severity: 'blocker',
    means: 'it was to be deleted, and some of it could not be.',
    suffers: 'Callers: what is left may answer them and deliver nothing.',
    remedy: (named) =>
      `${reason}, and delete it again: aws cloudformation delete-stack ${named} --deletion-mode FORCE_DELETE_STACK, which keeps what cannot be deleted.`,
  },
};

export const stackStuck: Check = {
  id: 'stack-stuck',
  lane: 'stack',
  title: 'whether the stack is as a deployment should leave it',
  async run(look) {
    const found = await stack(look);
    if (!found || SOUND.includes(found.status) || isOfSomebodyElse(found)) return [];
    const { status, statusReason } = found;
    const { severity, means, suffers, remedy } = MEANINGS[status] ?? BEING_CHANGED;
    const because = statusReason === undefined ? '' : `, ${statusReason}`;
    return [
      {
        severity,
        certainty: 'certain',
        what: `The stack ${look.stackName} is ${status}: ${means}`,
        suffers,
        evidence: [{ api: 'cloudformation:DescribeStacks', saw: `StackStatus: ${status}${because}` }],
        remedy: remedy(`--stack-name ${look.stackName} --region ${look.home.region}`),
      },
    ];
  },
};
