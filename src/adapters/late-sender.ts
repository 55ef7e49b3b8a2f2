import { timeLimits } from './time-limits.ts';

/**
 * As `sqsSender`, for functions that a person waits for: the client of SQS is loaded with the first message, so that
 * nobody who wants something else waits for it.
 */
export function lateSender(queueUrl: string): (message: unknown) => Promise<void> {
  let loaded: ReturnType<typeof load> | undefined;
  return async (message) => {
    loaded ??= load(queueUrl);
    await (
      await loaded
    )(message);
  };
}

async function load(queueUrl: string) {
  const [{ SQSClient }, { sqsSender }] = await Promise.all([
    import('@aws-sdk/client-sqs'),
    import('./sqs-messages.ts'),
  ]);
  return sqsSender(new SQSClient(timeLimits('sqs', 'visit')), queueUrl);
}
