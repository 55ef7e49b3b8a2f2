import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { folderOf, withOperations } from './operations-table.ts';
import { createStandInRecognizer } from './recognizer/stand-in-recognizer.ts';
import { laptopWorld } from './services/connect/sample-world.ts';
import { startSimulator } from './simulator.ts';

const SERVICES = join(import.meta.dirname, 'services');
const simulator = await startSimulator({ world: laptopWorld(), recognizer: createStandInRecognizer('') });
after(simulator.close);

test('the table of operations in the README is what the simulator answers', () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const again = 'write it again: npm exec -- node scripts/write-operations.ts';

  assert.equal(readme, withOperations(readme, simulator.services), again);
  for (const { operations } of simulator.services)
    for (const name of operations) assert.match(readme, new RegExp(`[|,] ${name}[ ,]`), name);
});

test('a service that the table has no place for is named', () => {
  const [first] = simulator.services;
  assert.ok(first);

  assert.throws(() => withOperations('', [{ ...first, name: 'athena' }]), /the service athena/);
});

for (const { name, operations } of simulator.services) {
  const folder = join(SERVICES, folderOf({ name }), 'operations');
  if (!existsSync(folder)) continue;

  test(`${name} has a file for each operation, and no other in that folder`, () => {
    const files = readdirSync(folder).filter((file) => !/\.(test|fixture)\.ts$/.test(file));

    const wanted = operations.map((one) => `${kebabCase(one)}.ts`);
    // Most of DynamoDB's have none: dynalite answers them.
    const own = name === 'dynamodb' ? wanted.filter((file) => files.includes(file)) : wanted;
    assert.deepEqual(files.toSorted(), own.toSorted());
  });
}

test('every service that answers over the wire has its operations and their parts in the usual files', () => {
  for (const service of simulator.services) {
    const files = readdirSync(join(SERVICES, folderOf(service)));
    for (const file of [`${folderOf(service)}.ts`, 'operations.ts', 'parts.ts'])
      assert.ok(files.includes(file), `services/${folderOf(service)}/ has no ${file}`);
  }
});

/** `ListObjectsV2`: `list-objects-v2`. */
function kebabCase(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
