import type { Check } from '../../check.ts';
import { BOOTSTRAP, BOOTSTRAP_PARAMETER, bootstrapVersion } from '../../facts/bootstrap-version.ts';

export const notBootstrapped: Check = {
  id: 'not-bootstrapped',
  lane: 'account',
  title: 'whether the account is prepared for CDK in this Region',
  async run(look) {
    const { accountId, region } = look.home;
    const found = await bootstrapVersion(look);
    if (found !== undefined && Number(found) >= BOOTSTRAP.version) return [];
    return [
      {
        severity: 'blocker',
        certainty: 'certain',
        what:
          found === undefined
            ? `Account ${accountId} is not bootstrapped for CDK in ${region}.`
            : `What cdk bootstrap left in ${region} has version ${found}, and the stack needs ${BOOTSTRAP.version} or newer.`,
        suffers: 'Administrators: the stack cannot be deployed.',
        evidence: [
          { api: 'ssm:GetParameter', saw: `${BOOTSTRAP_PARAMETER}: ${found ?? 'ParameterNotFound'}` },
        ],
        remedy: `Run npx cdk bootstrap aws://${accountId}/${region}, once, with an administrator's credentials.`,
      },
    ];
  },
};
