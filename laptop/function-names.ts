import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SimulatedAccount } from '../simulator/simulator.ts';
import { TemplateError } from '../simulator/template/template-error.ts';

const ENTRIES = join(import.meta.dirname, '../src/main/*.ts');

/** The names of our functions in all stacks that are deployed now, by their logical ids. */
export function functionNames({
  stackNames,
  deployed,
}: Pick<SimulatedAccount, 'stackNames' | 'deployed'>): ReadonlyMap<string, string> {
  const names = globSync(ENTRIES).map((file) => basename(file, '.ts'));
  const pairs = stackNames().flatMap((stack) => names.map((name) => [idOf(stack, name), name] as const));
  return new Map(pairs.flatMap(([id, name]) => (id === undefined ? [] : [[id, name] as const])));

  /** Undefined: the stack has no such function, or is not complete. */
  function idOf(stack: string, name: string): string | undefined {
    try {
      return deployed(stack).idOf('AWS::Lambda::Function', name);
    } catch (error) {
      if (error instanceof TemplateError) return undefined;
      throw error;
    }
  }
}
