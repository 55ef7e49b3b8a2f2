import { apiAnswer, type RestOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { invalid } from '../input.ts';
import { mappingArn, mappingConfiguration } from '../mapping-configuration.ts';
import type { LambdaParts } from '../parts.ts';

/**
 * UpdateEventSourceMapping: whether it reads. A mapping that is enabled again goes on where it stopped. Other
 * settings come from the template, and cannot be changed here.
 */
export function updateEventSourceMapping({ mappings, account }: LambdaParts): RestOperation {
  return {
    name: 'UpdateEventSourceMapping',
    method: 'PUT',
    path: '/2015-03-31/event-source-mappings/{UUID}',
    needs: ({ params: { UUID: uuid = '' } }) => [
      { action: 'lambda:UpdateEventSourceMapping', resource: mappingArn(uuid, account) },
    ],
    answer({ params: { UUID: uuid = '' }, input }) {
      mappings.require(uuid);
      const { Enabled: isEnabled, FunctionName: name, ...others } = input;
      const [other] = Object.keys(name === undefined ? others : { FunctionName: name, ...others });
      if (other !== undefined) {
        const message = `The simulator changes Enabled of a mapping, and not ${other}`;
        throw new AwsError('UnknownOperationException', 501, message);
      }
      if (typeof isEnabled !== 'boolean') throw invalid('Enabled must be true or false.');
      mappings.enable(uuid, isEnabled);
      const configuration = mappingConfiguration(mappings.require(uuid), account);
      return apiAnswer({
        status: 202,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...configuration, State: isEnabled ? 'Enabling' : 'Disabling' }),
      });
    },
  };
}
