/** The default identities of the account. */
export const SAMPLE_IDENTITIES = { 'example.com': true };
