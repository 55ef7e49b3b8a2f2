import { fromAws } from './aws-errors.ts';

/** What an AWS call answers; what it throws, translated. `operation` as in IAM: `s3:PutObject`. */
export async function awsCall<Answer>(operation: string, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    throw fromAws(error, operation);
  }
}
