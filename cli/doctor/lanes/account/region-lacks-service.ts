import type { Check, Finding } from '../../check.ts';
import { missingInRegion } from '../../../../infra/missing-in-region.ts';
import { READ_IN } from '../../../../infra/regions/region-table.ts';
import { stack } from '../../facts/stack.ts';

export const regionLacksService: Check = {
  id: 'region-lacks-service',
  lane: 'account',
  title: 'whether the Region has all that the stack uses',
  async run(look) {
    const { region } = look.home;
    const missing = missingInRegion(look.config);
    // What is deployed shows that the pages are out of date. And where nothing is missing, nobody is asked.
    if (missing.length === 0 || (await stack(look))) return [];
    return missing.map(({ what, source, remedy }): Finding => ({
      severity: 'blocker',
      certainty: 'likely',
      what: `By AWS's documentation, read in ${READ_IN}, ${region} does not have ${what}.`,
      suffers: 'Administrators: the stack cannot be deployed there.',
      evidence: [{ api: 'no API answers this', saw: source }],
      remedy: `${remedy} Or read those pages as they are now: AWS may have added it.`,
    }));
  },
};
