import type { Context } from 'aws-lambda';

/** The context that Lambda passes besides the event. */
export const CONTEXT: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'under-test',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:under-test',
  memoryLimitInMB: '512',
  awsRequestId: '5f5f5f5f-0000-4000-8000-00000000f001',
  logGroupName: '/aws/lambda/under-test',
  logStreamName: 'test',
  getRemainingTimeInMillis: () => 30_000,
  done() {},
  fail() {},
  succeed() {},
};
