import type { Check } from './check.ts';
import { accountChecks } from './lanes/account.ts';
import { alarmChecks } from './lanes/alarms.ts';
import { flowChecks } from './lanes/flows.ts';
import { instanceChecks } from './lanes/instance.ts';
import { mailChecks } from './lanes/mail.ts';
import { routingChecks } from './lanes/routing.ts';
import { stackChecks } from './lanes/stack.ts';
import { streamChecks } from './lanes/streams.ts';

/** Everything that `vmx doctor` looks at, in the order in which it is reported. */
export const CHECKS: readonly Check[] = [
  ...accountChecks,
  ...instanceChecks,
  ...streamChecks,
  ...routingChecks,
  ...mailChecks,
  ...flowChecks,
  ...stackChecks,
  ...alarmChecks,
];
