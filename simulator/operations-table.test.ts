import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { folderOf, withOperations } from './operations-table.ts';
import { createStandInRecognizer } from './recognizer/stand-in-recognizer.ts';
import { laptopWorld } from './services/connect/sample-world.ts';
import { startSimulator } from './simulator.ts';

const SERVICES = join(import.meta.dirname, 'services');
/** No SDK client that has them is among the packages. The tests of PutMedia send HTTP that they sign themselves. */
const NOT_CALLED = ['events PutEvents', 'kinesisvideo PutMedia'];

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

test('every operation is called by a conformance test', () => {
  // What stacks go through is in the folder of stacks.
  const tests = ['../test/conformance/*.ts', 'stacks/*.{test,fixture}.ts'];
  const source = globSync(tests.map((pattern) => join(import.meta.dirname, pattern)))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  // The document client of DynamoDB says Put for PutItem, TransactGet for TransactGetItems.
  const asked = new Set(
    [...source.matchAll(/\b(\w+)Command\b/g)].flatMap(([, name]) => [name, `${name}Item`, `${name}Items`]),
  );

  const missing = simulator.services.flatMap(({ name, operations }) =>
    operations.filter((one) => !asked.has(one)).map((one) => `${name} ${one}`),
  );
  assert.deepEqual(missing, NOT_CALLED);
});

/** `ListObjectsV2`: `list-objects-v2`. */
function kebabCase(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
