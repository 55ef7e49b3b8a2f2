import type { S3Operation, S3Parts } from '../parts.ts';
import { answerRead, readNeeds } from '../read-object.ts';

export function headObject(s3: S3Parts): S3Operation {
  return { name: 'HeadObject', needs: readNeeds(s3), answer: (call) => answerRead(s3, call, 'head-only') };
}
