import type { AlarmState } from '../../happenings.ts';

/** Whether a composite alarm is in ALARM, by the state of the alarms that its rule names. */
export type AlarmRule = (stateOf: (name: string) => AlarmState | undefined) => boolean;

/** A rule that cannot be read. */
export class AlarmRuleError extends Error {
  override readonly name = 'AlarmRuleError';
}

const TOKEN =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|([^\s()"]+))\s*\)|(AND|OR|NOT|TRUE|FALSE|\(|\)))/y;
const STATES: readonly AlarmState[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA'];

interface Token {
  /** `AND`, `(` …, or the state that an alarm is asked for. */
  readonly word: string;
  /** The alarm's name; of an ARN, the name in it. */
  readonly alarm?: string;
}

/**
 * Reads `ALARM("a") AND NOT (OK("b") OR FALSE)`. NOT binds more than AND, and AND more than OR.
 * Throws AlarmRuleError. Source: CloudWatch API reference, PutCompositeAlarm, AlarmRule.
 */
export function alarmRule(text: string): AlarmRule {
  const tokens = tokensOf(text);
  let at = 0;
  const isNext = (word: string) => tokens[at]?.word === word && tokens[at]?.alarm === undefined;
  const takes = (word: string) => isNext(word) && (at += 1) > 0;

  function either(): AlarmRule {
    const parts = [both()];
    while (takes('OR')) parts.push(both());
    return (stateOf) => parts.some((part) => part(stateOf));
  }

  function both(): AlarmRule {
    const parts = [one()];
    while (takes('AND')) parts.push(one());
    return (stateOf) => parts.every((part) => part(stateOf));
  }

  function one(): AlarmRule {
    if (takes('NOT')) {
      const part = one();
      return (stateOf) => !part(stateOf);
    }
    if (takes('(')) {
      const inside = either();
      if (!takes(')')) throw new AlarmRuleError(`a bracket is not closed: ${text}`);
      return inside;
    }
    if (takes('TRUE')) return () => true;
    if (takes('FALSE')) return () => false;
    const { word, alarm } = tokens[at++] ?? {};
    const state = STATES.find((name) => name === word);
    if (alarm === undefined || state === undefined) throw new AlarmRuleError(`not a rule: ${text}`);
    return (stateOf) => stateOf(alarm) === state;
  }

  const rule = either();
  if (at < tokens.length) throw new AlarmRuleError(`not a rule: ${text}`);
  return rule;
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const [, state, quoted, plain, word] = TOKEN.exec(text) ?? [];
    const alarm = quoted ?? plain;
    if (word !== undefined) tokens.push({ word });
    else if (state !== undefined && alarm !== undefined) {
      tokens.push({ word: state, alarm: alarm.replace(/^arn:.*:alarm:/, '') });
    } else throw new AlarmRuleError(`not a rule from character ${from + 1} on: ${text}`);
  }
  return tokens;
}
