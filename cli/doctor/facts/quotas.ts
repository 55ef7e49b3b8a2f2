import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  type ServiceQuota,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import type { Look } from '../look.ts';

/** A quota by its service and code: `connect`, `L-E704D621`. */
export interface QuotaKey {
  readonly service: string;
  readonly code: string;
}

interface QuotaValues {
  readonly name: string;
  /** What the account has. */
  readonly value: number;
  /** AWS's default. */
  readonly usual: number;
}

/** Throws AWS's NoSuchResourceException for a code that does not exist. */
export async function quotaValues(key: QuotaKey, look: Look): Promise<QuotaValues> {
  const [applied, usual] = await Promise.all([appliedQuota(key, look), defaultQuota(key, look)]);
  const most = usual?.Value ?? 0;
  return {
    name: applied?.QuotaName ?? usual?.QuotaName ?? key.code,
    value: applied?.Value ?? most,
    usual: most,
  };
}

/** Undefined: the account has no value of its own, so that the default holds. */
async function appliedQuota({ service, code }: QuotaKey, look: Look): Promise<ServiceQuota | undefined> {
  const quotas = look.client(ServiceQuotasClient);
  const command = new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code });
  try {
    const { Quota } = await look.ask('servicequotas:GetServiceQuota', () => quotas.send(command));
    return Quota;
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchResourceException') return undefined;
    throw error;
  }
}

async function defaultQuota({ service, code }: QuotaKey, look: Look): Promise<ServiceQuota | undefined> {
  const quotas = look.client(ServiceQuotasClient);
  const command = new GetAWSDefaultServiceQuotaCommand({ ServiceCode: service, QuotaCode: code });
  const { Quota } = await look.ask('servicequotas:GetAWSDefaultServiceQuota', () => quotas.send(command));
  return Quota;
}
