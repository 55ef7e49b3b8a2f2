import type { JsonOperation } from '../../gateway/protocols.ts';
import { describeParameters } from './operations/describe-parameters.ts';
import { getParameter } from './operations/get-parameter.ts';
import { getParametersByPath } from './operations/get-parameters-by-path.ts';
import { getParameters } from './operations/get-parameters.ts';
import type { SsmParts } from './parts.ts';

/** Everything that can be asked of Systems Manager over the wire. */
export function ssmOperations(parts: SsmParts): readonly JsonOperation[] {
  return [describeParameters(parts), getParameter(parts), getParameters(parts), getParametersByPath(parts)];
}
