import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { pageIn, shown } from '../input.ts';
import type { SsmParts } from '../parts.ts';

const MOST = 50;

/** DescribeParameters: all but their values. Filters are not simulated. Source: AWS Systems Manager API reference. */
export function describeParameters({ parameters, account }: SsmParts): JsonOperation {
  return {
    name: 'DescribeParameters',
    needs: () => [{ action: 'ssm:DescribeParameters', resource: '*' }],
    answer(input) {
      if (input['Filters'] !== undefined || input['ParameterFilters'] !== undefined) {
        const message = 'The simulator does not filter parameters.';
        throw new AwsError('UnknownOperationException', 501, message);
      }
      const { items, told } = pageIn(parameters, input, { of: 'parameters', most: MOST });
      const described = items.map((one) => {
        const { Value: _, ...rest } = shown(one, account);
        return { ...rest, Tier: 'Standard', Policies: [] };
      });
      return { Parameters: described, ...told };
    },
  };
}
