import type { RestOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { mappingConfiguration } from '../mapping-configuration.ts';
import type { LambdaParts } from '../parts.ts';

/** However many are asked for. Source: Lambda API reference, ListEventSourceMappings. */
const MOST_ITEMS = 100;
const MOST_ASKED = 10_000;

/** All mappings, or those from one source, to one function, or both. */
export function listEventSourceMappings({ mappings, account }: LambdaParts): RestOperation {
  return {
    name: 'ListEventSourceMappings',
    method: 'GET',
    path: '/2015-03-31/event-source-mappings',
    needs: () => [{ action: 'lambda:ListEventSourceMappings', resource: '*' }],
    answer({ query }) {
      const source = query.get('EventSourceArn');
      const name = query.get('FunctionName');
      const found = mappings
        .all()
        .filter(
          ({ eventSourceArn, functionArn }) =>
            (source === null || source === eventSourceArn) &&
            (name === null || name === functionArn || functionArn.endsWith(`:function:${name}`)),
        );
      const most = Number(query.get('MaxItems') ?? MOST_ITEMS);
      if (!Number.isInteger(most) || most < 1 || most > MOST_ASKED) {
        throw invalid(`MaxItems must be 1 to ${MOST_ASKED}.`);
      }
      const start = Number(query.get('Marker') ?? 0);
      if (!Number.isInteger(start) || start < 0 || start > found.length) throw invalid('Invalid Marker.');
      const end = start + Math.min(most, MOST_ITEMS);
      return {
        EventSourceMappings: found.slice(start, end).map((one) => mappingConfiguration(one, account)),
        ...(end < found.length && { NextMarker: String(end) }),
      };
    },
  };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', 400, message, { Type: 'User' });
}
