/** The routing profile of every new instance. Agents have it if the world names no other. */
export const BASIC_ROUTING_PROFILE = {
  id: 'e4e4e4e4-0000-4000-8000-00000000e101',
  name: 'Basic Routing Profile',
};

/** The security profile that every agent has. */
export const SECURITY_PROFILE_ID = '5e5e0000-0000-4000-8000-0000000005e5';

/** When everything in the instance was last changed: 2026-01-01, epoch milliseconds. */
export const LAST_MODIFIED_MS = 1_767_225_600_000;

/** Contacts that an agent can have at once by channel, if the routing profile does not say. */
export const CONCURRENCY = { VOICE: 1, TASK: 10, CHAT: 2 };
