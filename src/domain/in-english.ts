import english from 'zod/v4/locales/en.js';

/**
 * For `safeParse` of what comes from outside: says what is wrong and what is allowed. Without it, zod/mini says
 * `Invalid input` and nothing else.
 */
export const IN_ENGLISH = { error: english().localeError };
