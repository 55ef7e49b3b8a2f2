import { homeOf } from '../../infra/arns.ts';
import { stackNameOf } from '../../infra/config.ts';
import { type Command, EXIT, type Terminal } from '../command.ts';
import { PLACE_USAGE, placeSettings } from '../place.ts';
import { actualOf } from './actual.ts';
import { type Actual, PRICE_OF_REQUESTS } from './actual-report.ts';
import { type CostOptions, parseCostOptions, USUAL_VOLUME } from './cost-options.ts';
import { estimate } from './model/estimate.ts';
import type { StackFacts } from './model/stack-facts.ts';
import { reported } from './report.ts';
import { factsOfFile, factsOfSettings, pricesFor } from './stack-template.ts';

/** `vmx cost`: what a deployment costs, before it does. */
export const costCommand = (nowMs: () => number = Date.now): Command => ({
  name: 'cost',
  summary: 'reckon what a deployment costs a month, beside the product in Python',
  usage: `vmx cost [options]

Reckons from the settings what a month costs: before the first call, with each voicemail, and what
Amazon Connect takes for the calls. Beside it is what VMX 2024.09.01, the product in Python, costs.
AWS is not asked, unless with --actual.

  --voicemails N     voicemails a month (default ${USUAL_VOLUME.voicemails}; with --actual, as many as there were)
  --seconds S        length of each (default ${USUAL_VOLUME.seconds})
  --openings N       how often each is heard (default ${USUAL_VOLUME.openings})
  --pricing KIND     Amazon Connect with AI in its price, as new instances have it: ai (default); or basic
  --format FORMAT    table (default), json or csv; the last two have every price with its source
  --json             as --format json
  --template FILE    the stack of this CloudFormation template, in place of the settings
  --region REGION    where that is deployed (default us-east-1)
  --prices FILE      your prices: a file as cli/cost/model/prices.json
  --actual           also what was used, as CloudWatch counted it
  --yes              with --actual, also what was paid: ${PRICE_OF_REQUESTS}
  --period PERIOD    of --actual: month (default), the last whole one; or 30d, the last 30 days
  --stack NAME       of --actual: the deployed stack (default: that of the settings)
${PLACE_USAGE}

Exit code: 0 done, 1 refused by AWS, 2 not used as described here.`,

  run: (args, terminal) => runCost(parseCostOptions(args), terminal, nowMs),
});

async function runCost(options: CostOptions, { out }: Terminal, nowMs: () => number): Promise<number> {
  const { facts, region, actual } = await subjectOf(options, nowMs);
  const prices = pricesFor(region, options.prices);
  const voicemails = options.voicemails ?? actual?.usage.voicemails ?? USUAL_VOLUME.voicemails;
  const volume = { ...options.volume, voicemails };
  const { pricing } = options;
  const told = { facts, region, volume, prices, pricing, ...(actual && { actual }) };
  out(reported({ ...told, estimate: estimate(facts, volume, { prices, pricing }) }, options.format));
  return EXIT.ok;
}

interface Subject {
  readonly facts: StackFacts;
  readonly region: string;
  readonly actual?: Actual;
}

async function subjectOf(options: CostOptions, nowMs: () => number): Promise<Subject> {
  const { template, region = 'us-east-1', isActual, endpoint, stack } = options;
  if (template !== undefined) return { facts: factsOfFile(template), region };
  const { config } = await placeSettings(options);
  const facts = await factsOfSettings(config);
  const home = homeOf(config.instanceArn);
  if (!isActual) return { facts, region: home.region };
  const actual = await actualOf(
    { stackName: stack ?? stackNameOf(config), facts, ...options },
    {
      place: { region: home.region, ...(endpoint !== undefined && { endpoint }) },
      nowMs: nowMs(),
    },
  );
  return { facts, region: home.region, actual };
}
