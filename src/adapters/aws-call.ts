import { fromAws } from './aws-errors.ts';

/** Returns the answer of an AWS call, and translates its errors. `operation` as in IAM: `s3:PutObject`. */
export async function awsCall<Answer>(operation: string, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    throw fromAws(error, operation);
  }
}
