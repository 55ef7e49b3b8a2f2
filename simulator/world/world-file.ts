import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { FlowDocumentError, parseFlow } from '../../flows/language/document.ts';
import type { AccountOptions } from '../options.ts';
import type { World } from '../services/connect/world.ts';
import { worldSchema, type WrittenWorld } from './world-schema.ts';

/** What `startSimulator` gets of the account. */
export type WorldFile = Pick<AccountOptions, 'world' | 'state' | 'email'>;

/** A world file that cannot be read, or that describes no account: one line for each thing that is wrong. */
export class WorldFileError extends Error {
  override readonly name = 'WorldFileError';
}

/**
 * Reads an account and its Amazon Connect instance from a JSON file; flows may lie in files beside it.
 * `samples/worlds/` has some. Throws WorldFileError, which names the file, the member and what is allowed.
 */
export function readWorldFile(file: string): WorldFile {
  const parsed = worldSchema.safeParse(jsonIn(file));
  if (!parsed.success) throw failure(file, parsed.error.issues.map(lineOf));
  const { instance, account, email } = parsed.data;
  const flows = instance.flows.map((flow) => ({ ...flow, document: documentOf(flow, file) }));
  const world: World = { ...instance, flows };
  return { world, ...(account && { state: account }), ...(email && { email }) };
}

function documentOf({ name, document }: WrittenWorld['instance']['flows'][number], worldFile: string) {
  const isFile = typeof document === 'string';
  const place = isFile ? join(dirname(worldFile), document) : worldFile;
  try {
    return parseFlow(isFile ? textOf(place) : JSON.stringify(document));
  } catch (error) {
    if (!(error instanceof FlowDocumentError)) throw error;
    throw failure(place, [`the flow "${name}": ${error.message}`], error);
  }
}

function jsonIn(file: string): unknown {
  const text = textOf(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw failure(file, [`not JSON: ${error instanceof Error ? error.message : String(error)}`], error);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw failure(file, [`cannot be read: ${error instanceof Error ? error.message : String(error)}`], error);
  }
}

function lineOf({ path, message }: z.core.$ZodIssue): string {
  return `${path.map(String).join('.') || 'the file'}: ${message}`;
}

function failure(file: string, lines: readonly string[], cause?: unknown): WorldFileError {
  return new WorldFileError([`${file} describes no world:`, ...lines].join('\n  '), { cause });
}
