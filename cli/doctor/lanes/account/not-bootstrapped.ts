import type { Check } from '../../check.ts';
import { bootstrapOf } from '../../../../infra/bootstrap-settings.ts';
import { bootstrapVersion, LEAST_BOOTSTRAP_VERSION } from '../../facts/bootstrap-version.ts';

export const notBootstrapped: Check = {
  id: 'not-bootstrapped',
  lane: 'account',
  title: 'whether the account is prepared for CDK in this Region',
  async run(look) {
    const { accountId, region } = look.home;
    const { qualifier, versionParameter, command } = bootstrapOf(look.config);
    const named = look.config.bootstrap?.qualifier === undefined ? '' : ` with the qualifier ${qualifier}`;
    const found = await bootstrapVersion(look);
    if (found !== undefined && Number(found) >= LEAST_BOOTSTRAP_VERSION) return [];
    return [
      {
        severity: 'blocker',
        certainty: 'certain',
        what:
          found === undefined
            ? `Account ${accountId} is not bootstrapped for CDK in ${region}${named}.`
            : `What cdk bootstrap left in ${region}${named} has version ${found}, and the stack needs ${LEAST_BOOTSTRAP_VERSION} or newer.`,
        suffers: 'Administrators: the stack cannot be deployed.',
        evidence: [{ api: 'ssm:GetParameter', saw: `${versionParameter}: ${found ?? 'ParameterNotFound'}` }],
        remedy: `Run ${command}, once, with an administrator's credentials.`,
      },
    ];
  },
};
