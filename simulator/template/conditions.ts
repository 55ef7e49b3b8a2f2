import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../gateway/protocols.ts';
import { resolve } from './resolve.ts';
import type { Scope } from './scope.ts';
import { TemplateError } from './template-error.ts';

/**
 * Whether a condition holds: `{ "Fn::Equals": [a, b] }`, `Fn::Not`, `Fn::And`,
 * `Fn::Or` or `{ "Condition": name }`. Throws TemplateError for anything else.
 *
 * Source: CloudFormation user guide, "Condition functions".
 */
export function holds(condition: unknown, scope: Scope): boolean {
  const [name = '', argument] = isJsonObject(condition) ? (Object.entries(condition)[0] ?? []) : [];
  if (name === 'Condition' && typeof argument === 'string') return scope.condition(argument);
  if (Array.isArray(argument)) {
    const parts: readonly unknown[] = argument;
    switch (name) {
      case 'Fn::Equals':
        return isDeepStrictEqual(resolve(parts[0], scope), resolve(parts[1], scope));
      case 'Fn::Not':
        return !holds(parts[0], scope);
      case 'Fn::And':
        return parts.every((part) => holds(part, scope));
      case 'Fn::Or':
        return parts.some((part) => holds(part, scope));
      default:
    }
  }
  throw new TemplateError(`${scope.where}: ${name || 'this'} is not a condition the simulator knows`);
}
