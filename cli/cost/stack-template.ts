import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { stackNameOf, type VoicemailConfig } from '../../infra/config.ts';
import { InputError } from '../command.ts';
import { assemblyIn } from '../deploy/assembly.ts';
import { pricesIn, PRICES_FILE, type Prices } from './model/prices.ts';
import { type StackFacts, stackFacts } from './model/stack-facts.ts';

/** Of the stack that the settings say: it is synthesized for this. */
export async function factsOfSettings(config: VoicemailConfig): Promise<StackFacts> {
  const folder = mkdtempSync(join(tmpdir(), 'voicemail-cost-'));
  try {
    const file = join(await assemblyIn(folder, config), `${stackNameOf(config)}.template.json`);
    return stackFacts(JSON.parse(readFileSync(file, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Throws InputError for a file that is no template of ours. */
export function factsOfFile(file: string): StackFacts {
  return understood(file, 'a CloudFormation template of Voicemail Express, as JSON', stackFacts);
}

/** Throws InputError for a file that has no prices. */
export function pricesFor(region: string, file = PRICES_FILE): Prices {
  return understood(file, 'a price list such as cli/cost/model/prices.json', (list) =>
    pricesIn(JSON.stringify(list), region),
  );
}

function understood<Found>(file: string, what: string, read: (json: unknown) => Found): Found {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError(`${file} is not ${what}: ${error.message}`);
    if (error instanceof z.ZodError) {
      const [issue] = error.issues;
      const where = issue?.path.join('.') ?? '';
      throw new InputError(`${file} is not ${what}: ${where}: ${issue?.message ?? ''}`);
    }
    throw error;
  }
}
