import { readFileSync } from 'node:fs';
import { fixedResources } from '../../cli/cost/model/fixed-resources.ts';
import { priced, sumOf } from '../../cli/cost/model/line.ts';
import { knownPrices } from '../../cli/cost/model/prices.ts';
import { resourceUses } from '../../cli/cost/model/uses.ts';
import { built, report } from './tree.ts';

/**
 * What the stack costs a month before the first call, by the arithmetic of `vmx cost`, which is copied into the older
 * tree as well: what its template has. What the sweep and the polling of queues cost is in a row of its own.
 */
const { templateFile } = await built();
const resources = fixedResources(JSON.parse(readFileSync(templateFile, 'utf8')));
const { standing, polling } = resourceUses(resources);
const prices = knownPrices('us-east-1');

report({
  Alarms: resources.alarms,
  'Custom metrics named': resources.customMetrics,
  'Fixed cost a month, US dollars': sumOf(priced(standing, prices)),
  'Empty polls of queues a month, US dollars': sumOf(priced(polling, prices)),
});
