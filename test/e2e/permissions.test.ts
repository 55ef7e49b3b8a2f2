import { before, test } from 'node:test';
import { SURROUNDINGS, useEveryGrant } from './every-grant.ts';
import { startLaptop } from './laptop.ts';
import { EXPLAINED, onlyExplained } from './unused-grants.ts';

const laptop = await startLaptop(SURROUNDINGS);
before(() => useEveryGrant(laptop));

test('every action that is granted is used, or explained', (t) => {
  const grants = laptop.simulator.grants();

  onlyExplained(grants, EXPLAINED);
  t.diagnostic(`${grants.length} grants, ${grants.filter(({ isUsed }) => isUsed).length} used`);
});
