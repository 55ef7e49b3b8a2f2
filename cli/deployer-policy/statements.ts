/** One statement of a policy, spelled as IAM spells it. */
interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** Some actions on some resources. */
export interface Need extends Pick<Statement, 'Condition'> {
  readonly actions: readonly string[];
  /** ARNs, with `*`. */
  readonly on: readonly string[];
}

/** Characters of a managed policy without white space. Source: IAM User Guide, "IAM and AWS STS quotas". */
export const LONGEST_POLICY = 6_144;

/** One statement for each set of resources, in as few policies as their length allows. */
export function policiesFor(needs: readonly Need[]): readonly PolicyDocument[] {
  const groups = Map.groupBy(needs, ({ on, Condition }) => JSON.stringify([on.toSorted(), Condition]));
  const statements = [...groups.values()].flatMap(([first, ...others]): readonly Statement[] => {
    if (!first) return [];
    const { on, Condition } = first;
    const actions = new Set([first, ...others].flatMap((need) => need.actions));
    const common = { Resource: on.toSorted(), ...(Condition && { Condition }) };
    return [{ Effect: 'Allow', Action: [...actions].toSorted(), ...common }];
  });
  const policies: Statement[][] = [[]];
  for (const statement of statements) {
    const last = policies.at(-1);
    if (last && lengthOf([...last, statement]) <= LONGEST_POLICY) last.push(statement);
    else policies.push([statement]);
  }
  return policies.map(documentOf);
}

function documentOf(statements: readonly Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

function lengthOf(statements: readonly Statement[]): number {
  return JSON.stringify(documentOf(statements)).replaceAll(/\s/g, '').length;
}
