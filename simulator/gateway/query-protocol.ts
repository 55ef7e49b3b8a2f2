import { XMLBuilder } from 'fast-xml-parser';
import { type ApiRequest, AwsError, type Permission, type Service } from '../service.ts';

/** One operation of a service that speaks AWS Query. */
export interface QueryOperation {
  /** As AWS spells it: `DescribeStacks`. */
  readonly name: string;
  readonly needs: (input: URLSearchParams) => readonly Permission[];
  /** Returns the content of `<DescribeStacksResult>`: a list is an object with its items under `member`. */
  readonly answer: (input: URLSearchParams, request: ApiRequest) => Result | Promise<Result>;
}

type Result = Readonly<Record<string, unknown>>;

const XML = { 'content-type': 'text/xml' };
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });

/**
 * A service that speaks AWS Query: `POST /`, a form with `Action` and `Version` in, XML out.
 * Source: Smithy, "AWS query protocol".
 */
export function queryService({
  name,
  version,
  namespace,
  operations,
}: {
  name: string;
  version: string;
  namespace: string;
  operations: readonly QueryOperation[];
}): Service {
  return {
    name,
    operations: operations.map((operation) => operation.name),
    find(request) {
      const input = formIn(request);
      if (input.get('Version') !== version) return undefined;
      const operation = operations.find((one) => one.name === input.get('Action'));
      return (
        operation && {
          name: operation.name,
          needs: (asked) => operation.needs(formIn(asked)),
          answer: async (asked) => ({
            status: 200,
            headers: XML,
            body: builder.build({
              [`${operation.name}Response`]: {
                '@xmlns': namespace,
                [`${operation.name}Result`]: await operation.answer(formIn(asked), asked),
                ResponseMetadata: { RequestId: asked.requestId },
              },
            }),
          }),
        }
      );
    },
    errorAnswer: (error, { requestId }) => ({
      status: error.status,
      headers: XML,
      body: builder.build({
        ErrorResponse: { '@xmlns': namespace, Error: describe(error), RequestId: requestId },
      }),
    }),
  };
}

/** A list as a form has it: `ActionNames.member.1=…&ActionNames.member.2=…`. */
export function listIn(input: URLSearchParams, name: string): readonly string[] {
  const items: string[] = [];
  for (let index = 1; ; index += 1) {
    const item = input.get(`${name}.member.${index}`);
    if (item === null) return items;
    items.push(item);
  }
}

/** Query says `AccessDenied` and `ExpiredToken` where the JSON protocols say `AccessDeniedException`. */
const WITHOUT_EXCEPTION = ['AccessDeniedException', 'ExpiredTokenException'];

function describe({ code, status, message }: AwsError): Record<string, string> {
  return {
    Type: status < 500 ? 'Sender' : 'Receiver',
    Code: WITHOUT_EXCEPTION.includes(code) ? code.replace('Exception', '') : code,
    Message: message,
  };
}

function formIn({ method, body }: ApiRequest): URLSearchParams {
  return new URLSearchParams(method === 'POST' ? body.toString('utf8') : '');
}
