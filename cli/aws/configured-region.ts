import { STSClient } from '@aws-sdk/client-sts';

/** The Region of AWS_REGION, or of the profile. Undefined if neither names one. */
export async function configuredRegion(): Promise<string | undefined> {
  try {
    return await new STSClient({}).config.region();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Region is missing')) return undefined;
    throw error;
  }
}
