import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { LAPTOP_ACCOUNT } from '../simulator/sample-account.ts';
import { parsePolicyDocument, policyEvaluator } from '../simulator/gateway/policy.ts';
import { withContext } from '../simulator/gateway/principals.ts';
import { type Case, CASES, PRINCIPAL_ARN } from './compare-iam/cases.ts';

/** Compares policy evaluators: see compare-iam.sh, which installs the other one into a folder. */
const [, , folder = ''] = process.argv;
const path = join(folder, 'node_modules/@cloud-copilot/iam-simulate/dist/esm/index.js');
const { runSimulation } = z
  .looseObject({ runSimulation: z.custom<RunSimulation>((value) => typeof value === 'function') })
  .parse(await import(pathToFileURL(path).href));

type RunSimulation = (simulation: object, options: object) => Promise<unknown>;

const Outcome = z.looseObject({
  resultType: z.string(),
  overallResult: z.string().optional(),
  errors: z.unknown().optional(),
});

async function theirs({ statements, action, resource, context }: Case): Promise<string> {
  const document = { Version: '2012-10-17', Statement: JSON.parse(JSON.stringify(statements)) };
  const outcome = Outcome.parse(
    await runSimulation(
      {
        request: {
          principal: PRINCIPAL_ARN,
          action,
          resource: { resource, accountId: LAPTOP_ACCOUNT.id },
          contextVariables: { 'aws:PrincipalArn': PRINCIPAL_ARN, ...context },
        },
        identityPolicies: [{ name: 'policy', policy: document }],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    ),
  );
  return outcome.overallResult ?? `${outcome.resultType}: ${JSON.stringify(outcome.errors)}`;
}

const DECISIONS = {
  allowed: 'Allowed',
  'explicitly-denied': 'ExplicitlyDenied',
  'no-statement-allows': 'ImplicitlyDenied',
  'beyond-boundary': 'ImplicitlyDenied',
};

function ours({ statements, action, resource, context }: Case): string {
  const evaluate = policyEvaluator(parsePolicyDocument({ Statement: statements }));
  // A request over the wire has all of these keys; a case says which it has.
  const { context: usual = {} } = withContext({ action, resource }, LAPTOP_ACCOUNT, PRINCIPAL_ARN);
  const known = { 'aws:PrincipalArn': usual['aws:PrincipalArn'] ?? '', ...context };
  return DECISIONS[evaluate({ action, resource, context: known })];
}

let unexplained = 0;
let agreed = 0;
for (const one of CASES) {
  const [mine, other] = [ours(one), await theirs(one)];
  const isSame = mine === other;
  if (isSame) agreed += 1;
  else if (one.difference === undefined) unexplained += 1;
  const verdict = isSame ? 'same' : `theirs: ${other}; ${one.difference ?? 'NOT EXPLAINED'}`;
  console.log(`${one.about.padEnd(36)} ${mine.padEnd(16)} ${verdict}`);
}
console.log(`${CASES.length} cases: ${agreed} the same, ${CASES.length - agreed} different`);
if (unexplained > 0) process.exitCode = 1;
