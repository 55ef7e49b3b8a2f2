import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withOperations } from '../simulator/operations-table.ts';
import { createStandInRecognizer } from '../simulator/recognizer/stand-in-recognizer.ts';
import { laptopWorld } from '../simulator/services/connect/sample-world.ts';
import { startSimulator } from '../simulator/simulator.ts';

/**
 * `node scripts/write-operations.ts`: after an operation was added to the simulator, writes the
 * table of operations in simulator/README.md again.
 */
const file = join(import.meta.dirname, '../simulator/README.md');
const simulator = await startSimulator({ world: laptopWorld(), recognizer: createStandInRecognizer('') });
writeFileSync(file, withOperations(readFileSync(file, 'utf8'), simulator.services));
await simulator.close();
