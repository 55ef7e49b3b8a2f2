import type { Block, Hash, Program } from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import { BLOCKS, helperOf } from './email-template-tree.ts';
import {
  entered,
  type Found,
  isEmpty,
  isTrue,
  resultOf,
  roundsOf,
  type Scope,
  valueOf,
  withNames,
} from './email-template-values.ts';

/** What a block writes: one of its two parts, once for each of the scopes. */
interface Chosen<Within extends Scope> {
  readonly part: Program | undefined;
  readonly scopes: readonly Within[];
}

/** Decides for `{{#if}}`, `{{#unless}}`, `{{#each}}`, `{{#with}}` and `{{#name}}` as Handlebars does. */
export function chosenIn<Within extends Scope>(block: Block, scope: Within): Chosen<Within> {
  const { path, params, hash, program, inverse } = block;
  const names = (program ?? inverse)?.blockParams ?? [];
  const [param] = params;
  const value = param && valueOf(param, scope);
  const yes = { part: program, scopes: [scope] };
  const no = { part: inverse, scopes: [scope] };
  switch (helperOf(path, BLOCKS, scope.named)) {
    case 'if':
      return isTrue(value, includesZero(hash, scope)) ? yes : no;
    case 'unless':
      return isTrue(value, includesZero(hash, scope)) ? no : yes;
    case 'with':
      if (isEmpty(value)) return no;
      return { part: program, scopes: [entered(withNames(scope, names, [value]), value)] };
    case 'each': {
      const scopes = roundsOf(scope, value, names);
      return scopes.length === 0 ? no : { part: program, scopes };
    }
    case undefined:
      return chosenFor(resultOf(block, scope), { yes, no }, scope);
  }
}

/** `{{#name}}`: each of a list, or what the value is; nothing for false and a missing value. */
function chosenFor<Within extends Scope>(
  value: Found,
  { yes, no }: { yes: Chosen<Within>; no: Chosen<Within> },
  scope: Within,
): Chosen<Within> {
  if (value === true) return yes;
  if (value === false || value === null || value === undefined) return no;
  if (!Array.isArray(value)) return { part: yes.part, scopes: [entered(scope, value)] };
  const scopes = roundsOf(scope, value, []);
  return scopes.length === 0 ? no : { part: yes.part, scopes };
}

function includesZero(hash: Hash | undefined, scope: Scope): boolean {
  return (hash?.pairs ?? []).some(({ value }) => Boolean(valueOf(value, scope)));
}
