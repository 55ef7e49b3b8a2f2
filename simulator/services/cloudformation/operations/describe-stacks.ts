import { createHash } from 'node:crypto';
import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { AwsError } from '../../../service.ts';
import type { CloudFormationParts, DeployedStack } from '../parts.ts';

/** DescribeStacks: one stack by name or id, or all. Source: CloudFormation API reference. */
export function describeStacks({ stacks, account }: CloudFormationParts): QueryOperation {
  const arnOf = (name: string, id: string) =>
    `arn:${account.partition}:cloudformation:${account.region}:${account.id}:stack/${name}/${id}`;
  const idOf = ({ stackName }: DeployedStack) => arnOf(stackName, uuidFor(stackName));
  return {
    name: 'DescribeStacks',
    needs(input) {
      const wanted = input.get('StackName');
      const resource = wanted === null ? '*' : wanted.startsWith('arn:') ? wanted : arnOf(wanted, '*');
      return [{ action: 'cloudformation:DescribeStacks', resource }];
    },
    answer(input) {
      const wanted = input.get('StackName');
      const found = stacks().filter(
        (stack) => wanted === null || wanted === stack.stackName || wanted === idOf(stack),
      );
      if (wanted !== null && found.length === 0) {
        throw new AwsError('ValidationError', 400, `Stack with id ${wanted} does not exist`);
      }
      const member = found.map((stack) => ({
        StackId: idOf(stack),
        StackName: stack.stackName,
        CreationTime: new Date(stack.createdAtMs).toISOString(),
        StackStatus: 'CREATE_COMPLETE',
        Outputs: {
          member: Object.entries(stack.outputs).map(([OutputKey, OutputValue]) => ({
            OutputKey,
            OutputValue,
          })),
        },
      }));
      return { Stacks: { member } };
    },
  };
}

/** The last part of a stack's id: the same for the same name. */
function uuidFor(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
