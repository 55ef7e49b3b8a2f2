import type { RestOperation } from '../../../gateway/protocols.ts';
import { mappingArn } from '../mapping-configuration.ts';
import { requireDescribable } from '../input.ts';
import type { LambdaParts } from '../parts.ts';

/** ListTags: of a function, as the template has them. Tags of mappings are not simulated. */
export function listTags(parts: LambdaParts): RestOperation {
  return {
    name: 'ListTags',
    method: 'GET',
    path: '/2017-03-31/tags/{Resource}',
    needs: ({ params: { Resource: resource = '' } }) => [{ action: 'lambda:ListTags', resource }],
    answer({ params: { Resource: arn = '' } }) {
      if (isMapping(arn, parts)) return { Tags: {} };
      return { Tags: requireDescribable({ FunctionName: arn }, parts).details?.tags ?? {} };
    },
  };
}

function isMapping(arn: string, { mappings, account }: LambdaParts): boolean {
  return mappings.all().some(({ uuid }) => mappingArn(uuid, account) === arn);
}
