import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { aimsUri } from '@aimwell/contract/processes/extension';
import type { ProcessDefinition } from '@aimwell/core/processes/define/definition';
import { layout } from '@aimwell/core/processes/define/layout';
import { writeProcess } from '@aimwell/core/processes/define/write';
import { aiOnboarding } from './processes/ai-onboarding.ts';
import { aimsLifeCycle } from './processes/aims-life-cycle.ts';
import { certification } from './processes/certification.ts';
import { riskTreatment } from './processes/risk-treatment.ts';
import { soaApproval } from './processes/soa-approval.ts';

/** Writes catalog/processes/ from the definitions in scripts/processes/: npm run processes */
const target = fileURLToPath(new URL('../catalog/processes/', import.meta.url));

/** The maps that come with the product, in the order of the list. */
export const shippedProcesses: readonly ProcessDefinition[] = [aimsLifeCycle, aiOnboarding, riskTreatment, soaApproval, certification];

/** Every file of the folder by name. */
export const processFiles = (): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    shippedProcesses.map((definition) => [`${definition.key}.bpmn`, writeProcess(definition, layout(definition), { aims: aimsUri })]),
  ),
  'index.json': `${JSON.stringify(
    shippedProcesses.map(({ key, name, description, register, clauses }) => ({
      key,
      name,
      description,
      register: register ?? null,
      clauses,
      file: `${key}.bpmn`,
    })),
    null,
    2,
  )}\n`,
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(target, { recursive: true });
  for (const [name, content] of Object.entries(processFiles())) await writeFile(`${target}${name}`, content);
}
