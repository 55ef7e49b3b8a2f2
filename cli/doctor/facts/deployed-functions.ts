import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { fact, type Look } from '../look.ts';
import { stackResources, type StackResource } from './stack.ts';

/** A Lambda function of the stack, as it is now. */
interface DeployedFunction {
  readonly name: string;
  /** False: the stack has it, and Lambda does not. */
  readonly isThere: boolean;
  /** `nodejs24.x` */
  readonly runtime?: string;
  /** The most that run at once, where somebody set it; 0: it does not run. */
  readonly reservedConcurrency?: number;
}

/** The functions of the stack. One call for each: there are ten or so, and a list of the account's could be long. */
export const deployedFunctions = fact(async (look): Promise<readonly DeployedFunction[]> => {
  const resources = await stackResources(look);
  const functions = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  return Promise.all(functions.map((one) => functionOf(one, look)));
});

async function functionOf({ physicalId: name }: StackResource, look: Look): Promise<DeployedFunction> {
  const lambda = look.client(LambdaClient);
  const command = new GetFunctionCommand({ FunctionName: name });
  try {
    const { Configuration, Concurrency } = await look.ask('lambda:GetFunction', () => lambda.send(command));
    const reserved = Concurrency?.ReservedConcurrentExecutions;
    return {
      name,
      isThere: true,
      ...(Configuration?.Runtime !== undefined && { runtime: Configuration.Runtime }),
      ...(reserved !== undefined && { reservedConcurrency: reserved }),
    };
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return { name, isThere: false };
    throw error;
  }
}
