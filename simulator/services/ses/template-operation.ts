import type { RestOperation } from '../../gateway/protocols.ts';
import { sesArn } from './configuration-sets.ts';
import { findText } from './input.ts';
import type { SesParts } from './parts.ts';

const COLLECTION = '/v2/email/templates';

/** Method and path of an operation on templates. */
export const TEMPLATE_PATHS = {
  all: COLLECTION,
  one: `${COLLECTION}/{TemplateName}`,
  render: `${COLLECTION}/{TemplateName}/render`,
} as const;

/** An operation on the template that the path or the body names. */
export function templateOperation(
  { account }: Pick<SesParts, 'account'>,
  operation: Pick<RestOperation, 'name' | 'method' | 'path' | 'answer'>,
): RestOperation {
  return {
    ...operation,
    needs({ params, input }) {
      const name = params['TemplateName'] ?? findText(input, 'TemplateName') ?? '';
      return [{ action: `ses:${operation.name}`, resource: sesArn(account, 'template', name) }];
    },
  };
}
