import type { Check } from '../../check.ts';
import { instance } from '../../facts/instance.ts';

export const aliasDiffers: Check = {
  id: 'alias-differs',
  lane: 'instance',
  title: 'whether instanceAlias is the alias of the instance',
  async run(look) {
    const found = await instance(look);
    const { instanceAlias } = look.config;
    if (found?.InstanceAlias === undefined || found.InstanceAlias === instanceAlias) return [];
    return [
      {
        severity: 'blocker',
        certainty: 'certain',
        what: `instanceAlias is "${instanceAlias}", and the instance is called "${found.InstanceAlias}".`,
        suffers:
          'Callers: no recording can be read, as the functions may only read the streams of that alias.',
        evidence: [{ api: 'connect:DescribeInstance', saw: `InstanceAlias: ${found.InstanceAlias}` }],
        remedy: `Set instanceAlias: '${found.InstanceAlias}' in the settings, and deploy.`,
      },
    ];
  },
};
