/** What the account may send as where the options name nothing else. */
export const SAMPLE_IDENTITIES = { 'example.com': true };
