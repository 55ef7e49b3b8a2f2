import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsError } from '../service.ts';
import type { SimulatedS3 } from '../services/s3/s3.ts';
import type { CodePlace } from '../template/resource-kind.ts';
import { TemplateError } from '../template/template-error.ts';
import { unzip, ZipError } from './unzip.ts';

/**
 * Unpacks the code of functions from S3, each archive once. Throws TemplateError in Lambda's words if there is
 * none.
 */
export function codeFromS3(
  s3: Pick<SimulatedS3, 'get'>,
  folder: string,
): (code: CodePlace) => Promise<string> {
  const unpacked = new Map<string, string>();
  return async ({ bucket, key }) => {
    const archive = await archiveIn(s3, { bucket, key });
    const hash = createHash('sha256').update(archive).digest('hex');
    const known = unpacked.get(hash);
    if (known !== undefined) return known;
    const target = await mkdtemp(join(folder, 'code-'));
    try {
      await unzip(archive, target);
    } catch (error) {
      if (!(error instanceof ZipError)) throw error;
      throw new TemplateError(`Could not unzip uploaded file ${bucket}/${key}: ${error.message}`, {
        cause: error,
      });
    }
    unpacked.set(hash, target);
    return target;
  };
}

async function archiveIn(s3: Pick<SimulatedS3, 'get'>, { bucket, key }: CodePlace): Promise<Buffer> {
  try {
    return (await s3.get(bucket, key)).body;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new TemplateError(
      `Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`,
      { cause: error },
    );
  }
}
