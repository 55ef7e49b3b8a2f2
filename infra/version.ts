import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** The version of Voicemail Express in this folder, as package.json has it: `0.2.0`. */
export const VERSION: string = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))).version;

/** The runtime that Lambda runs the functions of this version with. */
export const LAMBDA_RUNTIME = 'nodejs24.x';

/** What the description of every stack of Voicemail Express says. */
export const STACK_DESCRIPTION = 'Voicemail Express for Amazon Connect';
