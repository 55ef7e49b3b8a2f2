import type { Account } from './account.ts';
import type { AccountState } from './world/account-state.ts';

/** The account of the sample instance, and of every service that is made without one. */
export const LAPTOP_ACCOUNT: Account = { id: '111122223333', region: 'us-east-1', partition: 'aws' };

/** An account that is ready for a stack. */
export const SAMPLE_STATE: AccountState = { bootstrap: { version: 32 } };
