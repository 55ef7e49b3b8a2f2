import { callerIdentity } from '../../aws/caller-identity.ts';
import { fact } from '../look.ts';

/** Whose credentials the doctor has. Its ARN can name a person: never show it. */
export const caller = fact(callerIdentity);
