import type { Check } from '../../check.ts';
import { caller } from '../../facts/caller.ts';

export const otherAccount: Check = {
  id: 'other-account',
  lane: 'account',
  title: 'whether the credentials are of the account of the settings',
  isPrecondition: true,
  async run(look) {
    const { accountId } = await caller(look);
    const { accountId: wanted } = look.home;
    if (accountId === wanted) return [];
    return [
      {
        severity: 'blocker',
        certainty: 'certain',
        what: `The credentials are of account ${accountId}, and instanceArn is in account ${wanted}. Nothing else was looked at: it would be about another account.`,
        suffers: 'Administrators: a deployment with these credentials fails.',
        evidence: [{ api: 'sts:GetCallerIdentity', saw: `Account: ${accountId}` }],
        remedy: `Sign in to account ${wanted} and name its profile, AWS_PROFILE=<profile> npx vmx doctor; or correct instanceArn in the settings.`,
      },
    ];
  },
};
