import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { AwsError } from '../../../service.ts';
import { refuseOther, required } from '../input.ts';
import type { IamParts } from '../parts.ts';
import { describePolicy } from '../policy-book.ts';
import { identityPolicy } from '../policy-document.ts';
import { principalId } from '../principal-id.ts';

const NAME = 'CreatePolicy';
const LONGEST_NAME = 128;

/** A policy of the account, which is read again as it was made. It cannot be attached to anybody here. */
export function createPolicy({ clock, identities: { account }, policies }: IamParts): QueryOperation {
  return {
    name: NAME,
    needs: (input) => {
      const resource = `policy${input.get('Path') ?? '/'}${input.get('PolicyName') ?? ''}`;
      return [
        { action: 'iam:CreatePolicy', resource: `arn:${account.partition}:iam::${account.id}:${resource}` },
      ];
    },
    answer(input) {
      refuseOther(NAME, input, ['Tags']);
      const name = required(input, 'PolicyName');
      const path = input.get('Path') ?? '/';
      if (name.length > LONGEST_NAME || !/^[\w+=,.@-]+$/.test(name)) {
        throw invalid('policyName', 'The specified value for policyName is invalid.');
      }
      if (!/^\/(?:[\x21-\x7E]+\/)?$/.test(path)) throw invalid('path', 'It must begin and end with /.');
      const document = identityPolicy(required(input, 'PolicyDocument'));
      const description = input.get('Description');
      const policy = {
        path,
        name,
        id: principalId('ANPA', `${account.id}/${name}`),
        madeAt: new Date(clock.now()).toISOString(),
        version: 'v1',
        document,
      };
      const arn = policies.add({ ...policy, ...(description !== null && { description }) });
      // GetPolicy alone tells its description.
      return { Policy: describePolicy(policy, arn, 0) };
    },
  };
}

function invalid(member: string, why: string): AwsError {
  const message = `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${why}`;
  return new AwsError('ValidationError', 400, message);
}
