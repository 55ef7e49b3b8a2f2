import { LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import { fact } from '../look.ts';
import { ownNamesBegin } from './own-names.ts';

/** An event source mapping from the contact record stream. */
export interface RecordReader {
  readonly functionName: string;
  readonly uuid: string;
  /**
   * `ours`: of this stack. `another stack`: of another deployment of Voicemail Express. `python`: of the Python
   * product of that name. By the function's name: each of them calls its functions in its own way.
   */
  readonly owner: 'ours' | 'another stack' | 'python' | 'somebody';
  /** `Enabled`, `Disabled`, `Creating` … */
  readonly state: string;
  /** `OK`, `No records processed`, `PROBLEM: Function call failed` … */
  readonly lastResult: string;
}

export const recordReaders = fact(async (look): Promise<readonly RecordReader[]> => {
  const pages = paginateListEventSourceMappings(
    { client: look.client(LambdaClient) },
    { EventSourceArn: look.config.contactRecordStreamArn },
  );
  return look.ask('lambda:ListEventSourceMappings', async () => {
    const readers: RecordReader[] = [];
    for await (const { EventSourceMappings = [] } of pages) {
      for (const {
        UUID = '',
        FunctionArn = '',
        State = '',
        LastProcessingResult = '',
      } of EventSourceMappings) {
        const [, functionName = FunctionArn] = /:function:([^:]+)/.exec(FunctionArn) ?? [];
        const owner = ownerOf(functionName, ownNamesBegin(look));
        readers.push({ functionName, uuid: UUID, owner, state: State, lastResult: LastProcessingResult });
      }
    }
    return readers;
  });
});

/** `VoicemailExpress-contactrecordsFunction1A2B3C4D-…`; `VMX3-KVStoS3-acme`. */
function ownerOf(functionName: string, ownNames: string): RecordReader['owner'] {
  if (/contactrecords/i.test(functionName)) {
    return functionName.startsWith(ownNames) ? 'ours' : 'another stack';
  }
  return /^VMX3?[-_]/i.test(functionName) ? 'python' : 'somebody';
}
