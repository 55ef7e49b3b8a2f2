import { contactAttributes } from '../../src/domain/contact-attributes.ts';
import * as fc from 'fast-check';

/** Part of every text from outside: no log line must contain it. It cannot be part of a contact id. */
export const CANARY = 'Zz9_canary';

const NASTY = [
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\u202Eright to left\u2066',
  '\u0000\u0007\u001B[31m\u007F\uFFFE\uFFFF',
  '\uD800 alone \uDC00',
  '😀👩‍👩‍👧‍👦🇩🇪',
  '{{caller}} ${caller} %s %n',
  '../../../etc/passwd',
  'arn:aws:connect:us-east-1:999999999999:instance/x/queue/y',
  '+15555550142',
  '\r\nX-Injected: yes\r\n',
  '1e999',
  'a'.repeat(3000),
  '😀'.repeat(5000),
];

/** Hostile text, always with the canary. */
export const hostileText: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(...NASTY),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ maxLength: 60 }),
  )
  .map((text) => `${text}${CANARY}`);

const plainName = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'vmx3_lost', 'state');
const hostileName = fc.oneof(plainName, hostileText);

/** As JSON parses it: `__proto__` is a member like any other. */
function dictionaryOf<Value>(value: fc.Arbitrary<Value>, keys = hostileName) {
  return fc.array(fc.tuple(keys, value), { maxLength: 8 }).map((members) => Object.fromEntries(members));
}

/** Any JSON value, with the canary in every text. */
export const hostileJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(hostileText, fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    dictionaryOf(tie('value')),
  ),
})).value;

const OURS = contactAttributes().flatMap(([name]) => (name === 'vmx3_flag' ? [] : [name]));

/** Contact attributes, ours among them, with any values. */
export const hostileAttributes: fc.Arbitrary<Record<string, string>> = fc
  .tuple(dictionaryOf(hostileText), dictionaryOf(hostileText, fc.constantFrom(...OURS)))
  .map(([theirs, ours]) => ({ ...theirs, ...ours, vmx3_flag: '1' }));

/** What to change in some members of an object that is otherwise valid: new values by name. */
export function changesTo(members: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  const changes = dictionaryOf(hostileJson, fc.oneof(fc.constantFrom(...members), hostileName));
  return fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: changes });
}
